import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { Button } from '../../../kit/button.tsx';
import { Dialog } from '../../../kit/dialog.tsx';
import type { PeopleModel, Person } from '../../../settings-models/people.ts';
import { t } from '../../../words/words.ts';
import { useAct } from '../kit/act.ts';
import { Field } from '../kit/field.tsx';
import { tell } from '../kit/notice.tsx';
import { LONGEST_NAME } from './add-person.tsx';

/** Another name for somebody. */
export function RenameDialog({
  people,
  person: { id, name },
  onClose,
}: {
  people: PeopleModel;
  person: Person;
  onClose: () => void;
}): JSX.Element {
  const wanted = useSignal(name);
  const { problem, run } = useAct();
  const save = async () => {
    const next = wanted.value.trim();
    const isDone = await run(async () => {
      if (next === '') throw new Error(t('people.name-missing'));
      if (next !== name) await people.rename(id, next);
    });
    if (!isDone) return;
    onClose();
    tell(t('people.renamed', { name: next }));
  };
  return (
    <Dialog title={t('people.rename-title', { name })} onClose={onClose}>
      <form
        class="settings-form"
        onSubmit={(event) => {
          event.preventDefault();
          void save();
        }}
      >
        <Field
          label={t('people.name')}
          value={wanted.value}
          problem={problem}
          maxLength={LONGEST_NAME}
          isFirst
          onText={(text) => {
            wanted.value = text;
          }}
        />
        <div class="settings-buttons">
          <Button look="main" type="submit">
            {t('settings.save')}
          </Button>
          <Button onClick={onClose}>{t('settings.cancel')}</Button>
        </div>
      </form>
    </Dialog>
  );
}
