import type { JSX } from 'preact';
import { navigate } from 'wouter-preact/use-hash-location';
import { Button } from '../../../kit/button.tsx';
import type { CrmConnection, CrmModel } from '../../../settings-models/crm.ts';
import { t } from '../../../words/words.ts';
import { addressOf } from '../address.ts';
import { useAsk } from '../kit/ask.tsx';
import { keepFocus } from '../kit/focus.ts';
import { tell } from '../kit/notice.tsx';
import type { CrmGuide } from './guides/guide.ts';
import { ProblemBox } from './problem-box.tsx';
import { problemOf } from './refusal.ts';
import { useCrmChange } from './use-crm-change.ts';

/** Off for a while, or for good. */
export function Ending({
  model,
  connection: { state },
  guide,
}: {
  model: CrmModel;
  connection: CrmConnection;
  guide: CrmGuide;
}): JSX.Element {
  const { name: crm } = guide;
  const off = useCrmChange(guide);
  const { ask, dialog } = useAsk();
  const remove = async () => {
    const { hash } = location;
    const outcome = await model.remove();
    if (outcome.kind === 'refused') throw new Error(problemOf(guide, outcome.refusal).words);
    tell(t('crm.removed', { crm }));
    // Who has gone elsewhere meanwhile is not led back.
    if (location.hash === hash) navigate(addressOf('crm'));
  };
  return (
    <section class="settings-card">
      {state !== 'disabled' && state !== 'connecting' && (
        <div class="channel-end">
          <p class="settings-hint">{t('crm.disable-what')}</p>
          <Button
            aria-disabled={off.isBusy.value}
            onClick={() => void off.run(() => model.change({ enabled: false })).then(keepFocus)}
          >
            {t('crm.disable')}
          </Button>
          {off.problem.value && <ProblemBox problem={off.problem.value} />}
        </div>
      )}
      <div class="channel-end">
        <p class="settings-hint">{t('crm.remove-what', { crm })}</p>
        <Button
          onClick={() =>
            ask({
              title: t('crm.remove-sure', { crm }),
              text: <p>{t('crm.remove-more', { crm })}</p>,
              yes: t('crm.remove'),
              act: remove,
            })
          }
        >
          {t('crm.remove')}…
        </Button>
      </div>
      {dialog}
    </section>
  );
}
