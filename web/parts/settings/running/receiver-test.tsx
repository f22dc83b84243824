import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { Button } from '../../../kit/button.tsx';
import type { AnswerToEvents, ReceiverAnswer, ReceiverModel } from '../../../settings-models/running.ts';
import { number } from '../../../words/times.ts';
import { t } from '../../../words/words.ts';
import { useAct } from '../kit/act.ts';
import { Card } from '../kit/card.tsx';
import { Ready } from '../kit/ready.tsx';
import { endWords } from './call-words.ts';
import { useEvery } from './every.ts';
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
        <div class="settings-buttons">
          <Button aria-disabled={isBusy} onClick={() => void call()}>
            {t(isBusy ? 'webhook.testing' : 'webhook.test-start')}
          </Button>
        </div>
        {problem && (
          <p class="settings-problem" role="alert">
            {problem}
          </p>
        )}
        <div role="status">
          {last.value && (
            <p>
              <b class={isTaken(last.value) ? 'running-good' : 'running-late'}>{endWords(last.value)}</b>{' '}
              <span class="settings-hint">
                {tookWords(last.value.tookMs)} · <Exactly at={last.value.at} />
              </span>
            </p>
          )}
        </div>
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
          <tr key={answer.at}>
            <td>
              <Exactly at={answer.at} />
            </td>
            <td>
              <span class={isTaken(answer) ? undefined : 'running-late'}>{endWords(answer)}</span>{' '}
              <span class="settings-hint">{tookWords(answer.tookMs)}</span>
            </td>
            <td>{answer.events === 0 ? t('webhook.was-test') : number(answer.events)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function isTaken({ status }: ReceiverAnswer): boolean {
  return status !== undefined && status >= 200 && status < 300;
}

function tookWords(ms: number): string {
  return ms < 1000 ? t('webhook.ms', { ms: number(ms) }) : t('webhook.s', { s: number(Math.round(ms / 100) / 10) });
}
