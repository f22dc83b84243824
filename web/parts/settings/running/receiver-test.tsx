import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { Button } from '../../../kit/button.tsx';
import type { AnswerToEvents, ReceiverAnswer, ReceiverModel } from '../../../settings-models/running.ts';
import { number } from '../../../words/times.ts';
import { t } from '../../../words/words.ts';
import { useAct } from '../kit/act.ts';
import { Card } from '../kit/card.tsx';
import { useEvery } from '../kit/every.ts';
import { Problem } from '../kit/note.tsx';
import { Ready } from '../kit/ready.tsx';
import { endWords } from './call-words.ts';
import { Exactly } from './shown.tsx';

const EVERY_MS = 5_000;

/** Calls the stored address once, and shows what it has answered lately. */
export function ReceiverTest({ model }: { model: ReceiverModel }): JSX.Element {
  const last = useSignal<ReceiverAnswer | undefined>(undefined);
  const { isBusy, problem, run } = useAct();
  useEvery(
    () => model.answers.reload(),
    () => EVERY_MS,
  );
  const call = () =>
    run(async () => {
      last.value = undefined;
      last.value = await model.test();
      await model.answers.reload();
    });
  return (
    <>
      <Card title={t('webhook.test')} hint={t('webhook.test-how')}>
        <div class="running-call">
          <Button aria-disabled={isBusy} onClick={() => void call()}>
            {t(isBusy ? 'webhook.testing' : 'webhook.test-start')}
          </Button>
          <div role="status">{last.value && <End of={last.value} good="running-good" at={last.value.at} />}</div>
        </div>
        <Problem words={problem} />
      </Card>
      <Card title={t('webhook.answers')}>
        <Ready of={model.answers}>
          {(answers) =>
            answers.length === 0 ? <p class="running-none">{t('webhook.no-answers')}</p> : <Answers answers={answers} />
          }
        </Ready>
      </Card>
    </>
  );
}

function Answers({ answers }: { answers: readonly AnswerToEvents[] }): JSX.Element {
  return (
    <table class="running-table">
      <thead>
        <tr>
          <th>{t('webhook.at')}</th>
          <th>{t('webhook.result')}</th>
          <th>{t('webhook.count')}</th>
        </tr>
      </thead>
      <tbody>
        {answers.map((answer) => (
          <tr key={`${answer.at} ${answer.tookMs} ${answer.events}`}>
            <td>
              <Exactly at={answer.at} />
            </td>
            <td>
              <End of={answer} />
            </td>
            <td>{answer.events === 0 ? t('webhook.was-test') : number(answer.events)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** How a call ended, how long it took and, if it is given, when it was. */
function End({ of, good, at }: { of: ReceiverAnswer; good?: string; at?: string }): JSX.Element {
  return (
    <p>
      <span class={isTaken(of) ? good : 'running-late'}>{endWords(of)}</span>{' '}
      <span class="running-took">
        {tookWords(of.tookMs)}
        {at && (
          <>
            {' · '}
            <Exactly at={at} />
          </>
        )}
      </span>
    </p>
  );
}

function isTaken({ status }: ReceiverAnswer): boolean {
  return status !== undefined && status >= 200 && status < 300;
}

function tookWords(ms: number): string {
  return ms < 1000 ? t('webhook.ms', { ms: number(ms) }) : t('webhook.s', { s: number(Math.round(ms / 100) / 10) });
}
