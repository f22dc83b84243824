import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { isSameRule } from '../../../core/waiting-rule.ts';
import { Button } from '../../../kit/button.tsx';
import type { Waiting, WouldReturn } from '../../../settings-models/waiting.ts';
import { t } from '../../../words/words.ts';
import { useAct } from '../kit/act.ts';
import { Problem } from '../kit/note.tsx';
import { wouldWords } from './words.ts';

/** What the rule would have done over the last days, before it is on. The answer is of the rule that was asked about. */
export function DryRun({
  rule,
  wouldReturn,
}: {
  rule: Waiting;
  wouldReturn: (rule: Waiting) => Promise<WouldReturn>;
}): JSX.Element {
  const answer = useSignal<{ readonly rule: Waiting; readonly would: WouldReturn } | undefined>(undefined);
  const { isBusy, problem, run } = useAct();
  const ask = () =>
    run(async () => {
      answer.value = { rule, would: await wouldReturn(rule) };
    });
  const shown = answer.value && isSameRule(answer.value.rule, rule) ? wouldWords(answer.value.would) : [];
  return (
    <div class="rule-would">
      <Button aria-disabled={isBusy} onClick={() => void ask()}>
        {t('rule.would')}
      </Button>
      <p class="settings-hint">{t('rule.would-hint')}</p>
      <div role="status">
        {shown.map((words) => (
          <p key={words}>{words}</p>
        ))}
      </div>
      <Problem words={problem} />
    </div>
  );
}
