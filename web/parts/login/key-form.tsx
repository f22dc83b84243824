import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { wordsOfError } from '../../core/words-of-error.ts';
import { Button } from '../../kit/button.tsx';
import { t } from '../../words/words.ts';

/** The API key opens the links of all users. It is sent once and kept nowhere, so the field is no password to save. */
export function KeyForm({ linkByKey }: { linkByKey: (key: string) => Promise<string> }): JSX.Element {
  const key = useSignal('');
  const problem = useSignal('');
  const isBusy = useSignal(false);
  const open = async () => {
    isBusy.value = true;
    problem.value = '';
    try {
      const link = await linkByKey(key.value.trim());
      key.value = '';
      location.assign(link);
    } catch (error) {
      problem.value = wordsOfError(error);
      isBusy.value = false;
    }
  };
  return (
    <form
      class="login-form"
      onSubmit={(event) => {
        event.preventDefault();
        void open();
      }}
    >
      <label>
        <span>{t('login.key')}</span>
        <input
          class="field"
          type="password"
          autocomplete="off"
          required
          maxLength={200}
          aria-describedby="key-help"
          value={key.value}
          onInput={(event) => {
            key.value = event.currentTarget.value;
          }}
        />
      </label>
      <p id="key-help" class="login-note" role={problem.value ? 'alert' : undefined}>
        {problem.value ? t('login.key-refused', { why: problem.value }) : t('login.key-help')}
      </p>
      <Button look="main" type="submit" disabled={isBusy.value}>
        {t('login.open')}
      </Button>
    </form>
  );
}
