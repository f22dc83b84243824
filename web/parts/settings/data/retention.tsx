import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { MOST_DAYS } from '../../../../src/domain/retention-days.ts';
import { Button } from '../../../kit/button.tsx';
import type { OptionsModel } from '../../../settings-models/options.ts';
import { t } from '../../../words/words.ts';
import { useAct } from '../kit/act.ts';
import { useAsk } from '../kit/ask.tsx';
import { Card } from '../kit/card.tsx';
import { Choice } from '../kit/choice.tsx';
import { Field } from '../kit/field.tsx';
import { focusProblem } from '../kit/focus.ts';
import { tell } from '../kit/notice.tsx';

const USUAL = [90, 180, 365, 1095, 1825];
const FOR_EVER = '';
const OTHER = 'other';

/** How long messages are kept. `days` is what holds now; null is for ever. */
export function Retention({ options, days }: { options: OptionsModel; days: number | null }): JSX.Element {
  const isUsual = days === null || USUAL.includes(days);
  const chosen = useSignal(days === null ? FOR_EVER : isUsual ? `${days}` : OTHER);
  const typed = useSignal(isUsual ? '' : `${days}`);
  const { isBusy, problem, run, forget } = useAct();
  const { ask, dialog } = useAsk();

  const wanted = () => {
    if (chosen.value === FOR_EVER) return null;
    const text = chosen.value === OTHER ? typed.value.trim() : chosen.value;
    const number = Number(text);
    if (!/^\d{1,5}$/.test(text) || number < 1 || number > MOST_DAYS)
      throw new Error(t('stored.days-wrong', { most: MOST_DAYS }));
    return number;
  };
  const save = async () => {
    const isSaved = await run(async () => {
      const retentionDays = wanted();
      const store = async () => {
        await options.change({ retentionDays });
        tell(t('settings.saved'));
      };
      const isShorter = retentionDays !== null && (days === null || retentionDays < days);
      if (!isShorter) return store();
      ask({
        title: t('stored.shorter', { days: retentionDays }),
        text: <p>{t('stored.shorter-means', { days: retentionDays })}</p>,
        yes: t('stored.shorter-do'),
        act: store,
      });
    });
    if (!isSaved) focusProblem();
  };
  return (
    <Card title={t('stored.retention')} hint={t('stored.retention-hint')}>
      <form
        class="settings-form"
        onSubmit={(event) => {
          event.preventDefault();
          void save();
        }}
      >
        <Choice
          label={t('stored.keep')}
          value={chosen.value}
          options={[
            { value: FOR_EVER, label: t('stored.for-ever') },
            ...USUAL.map((count) => ({ value: `${count}`, label: t('stored.days', { count }) })),
            { value: OTHER, label: t('stored.other') },
          ]}
          problem={chosen.value === OTHER ? '' : problem}
          onChoose={(value) => {
            chosen.value = value;
            forget();
          }}
        />
        {chosen.value === OTHER && (
          <Field
            label={t('stored.days-typed')}
            value={typed.value}
            problem={problem}
            maxLength={5}
            onText={(text) => {
              typed.value = text;
              forget();
            }}
          />
        )}
        <div class="settings-buttons">
          <Button look="main" type="submit" aria-disabled={isBusy}>
            {t('settings.save')}
          </Button>
        </div>
      </form>
      {dialog}
    </Card>
  );
}
