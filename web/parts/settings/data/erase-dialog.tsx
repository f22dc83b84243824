import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { Button } from '../../../kit/button.tsx';
import { Dialog } from '../../../kit/dialog.tsx';
import { messengerName } from '../../../kit/mark.tsx';
import type { PersonId, StoredModel } from '../../../settings-models/stored.ts';
import { t } from '../../../words/words.ts';
import { useAct } from '../kit/act.ts';
import { Field } from '../kit/field.tsx';
import { keepFocus } from '../kit/focus.ts';
import { tell } from '../kit/notice.tsx';

interface Props {
  readonly stored: StoredModel;
  readonly person: PersonId;
  readonly onClose: () => void;
}

/** Says what goes and what stays, and begins once the id was typed again: a press alone is too fast for this. */
export function EraseDialog({ stored, person, onClose }: Props): JSX.Element {
  const typed = useSignal('');
  const { isBusy, problem, run, forget } = useAct();
  const close = () => {
    onClose();
    keepFocus();
  };
  const erase = async () => {
    const isBegun = await run(async () => {
      if (typed.value.trim() !== person.chatId) throw new Error(t('stored.typed-other'));
      await stored.erase(person);
    });
    if (!isBegun) return;
    tell(t('stored.begun'));
    void stored.erasures.reload();
    close();
  };
  return (
    <Dialog title={t('stored.erase-title')} onClose={close}>
      <form
        class="settings-form"
        onSubmit={(event) => {
          event.preventDefault();
          void erase();
        }}
      >
        <div class="settings-prose">
          <p>
            <b>
              {messengerName(person.chatType)} · <bdi>{person.chatId}</bdi>
            </b>
          </p>
          <p>{t('stored.goes')}</p>
          <p>{t('stored.stays')}</p>
          <p>
            <b>{t('stored.for-good')}</b>
          </p>
        </div>
        <Field
          label={t('stored.type-again')}
          value={typed.value}
          problem={problem}
          isFirst
          onText={(text) => {
            typed.value = text;
            forget();
          }}
        />
        <div class="settings-buttons">
          <Button look="main" type="submit" aria-disabled={isBusy}>
            {t('stored.erase-do')}
          </Button>
          <Button onClick={close}>{t('settings.cancel')}</Button>
        </div>
      </form>
    </Dialog>
  );
}
