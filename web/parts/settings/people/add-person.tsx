import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { Button } from '../../../kit/button.tsx';
import type { PeopleModel } from '../../../settings-models/people.ts';
import { t } from '../../../words/words.ts';
import { useAct } from '../kit/act.ts';
import { Card } from '../kit/card.tsx';
import { Field } from '../kit/field.tsx';
import { focusProblem } from '../kit/focus.ts';
import { tell } from '../kit/notice.tsx';

/** As many characters as the API takes. */
export const LONGEST_NAME = 150;
const LONGEST_ID = 64;

/** Somebody new. The focus stays, because a company has more than one. */
export function AddPerson({ people }: { people: PeopleModel }): JSX.Element {
  const name = useSignal('');
  const id = useSignal('');
  const { problem, run, forget } = useAct();
  const add = async () => {
    const wanted = name.value.trim();
    const isDone = await run(async () => {
      if (wanted === '') throw new Error(t('people.name-missing'));
      await people.add(wanted, id.value.trim());
    });
    if (!isDone) return focusProblem();
    // Who is quick writes the next one while the answer is on its way.
    if (name.value.trim() === wanted) {
      name.value = '';
      id.value = '';
    }
    tell(t('people.added', { name: wanted }));
  };
  // What was written is refused for its id only where there is one.
  const isOfId = problem !== '' && id.value.trim() !== '' && name.value.trim() !== '';
  return (
    <Card title={t('people.add')}>
      <form
        class="settings-form"
        onSubmit={(event) => {
          event.preventDefault();
          void add();
        }}
      >
        <Field
          label={t('people.name')}
          value={name.value}
          problem={isOfId ? '' : problem}
          maxLength={LONGEST_NAME}
          onText={(text) => {
            name.value = text;
            forget();
          }}
        />
        <Field
          label={`${t('people.id')} (${t('settings.optional')})`}
          value={id.value}
          hint={t('people.id-hint')}
          problem={isOfId ? problem : ''}
          maxLength={LONGEST_ID}
          onText={(text) => {
            id.value = text;
            forget();
          }}
        />
        <div class="settings-buttons">
          <Button look="main" type="submit">
            {t('people.add-do')}
          </Button>
        </div>
      </form>
    </Card>
  );
}
