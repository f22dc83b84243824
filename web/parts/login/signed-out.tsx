import { useSignal } from '@preact/signals';
import type { ComponentChildren, JSX } from 'preact';
import { wordsOfError } from '../../core/words-of-error.ts';
import { Button } from '../../kit/button.tsx';
import { Icon, type IconName } from '../../kit/icon.tsx';
import { useSlow } from '../../kit/slow.ts';
import type { SignedOut } from '../../models.ts';
import { t } from '../../words/words.ts';

/** What stands in the place of the page, with what to do about it. */
export function SignedOutScreen({ state }: { state: SignedOut }): JSX.Element | null {
  const isSlow = useSlow(state.kind === 'signing-in');
  switch (state.kind) {
    case 'signing-in':
      return isSlow ? (
        <Screen icon="clock">
          <p role="status">{t('login.signing-in')}</p>
        </Screen>
      ) : null;
    case 'link-expired':
      return (
        <Screen icon="link" title={t('login.expired')}>
          <p>{t(state.inFrame ? 'login.open-again' : 'login.ask-again')}</p>
          <p class="login-note">{t('login.drafts-kept')}</p>
        </Screen>
      );
    case 'no-link':
      return (
        <Screen icon="envelope" title={t('login.title')}>
          {state.hasEnded && <p role="status">{t('login.ended')}</p>}
          <p>{t('login.ask-again')}</p>
          <KeyForm linkByKey={state.linkByKey} />
        </Screen>
      );
    case 'failed':
      return (
        <Screen icon="alert" title={t('login.failed')}>
          <p>{state.description ?? t('data.no-answer')}</p>
          <Button look="main" onClick={() => state.retry()}>
            {t('kit.retry')}
          </Button>
        </Screen>
      );
    default:
      return state satisfies never;
  }
}

/** The API key opens the links of all users. It is sent once and kept nowhere, so the field is no password to save. */
function KeyForm({ linkByKey }: { linkByKey: (key: string) => Promise<string> }): JSX.Element {
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

function Screen({
  icon,
  title,
  children,
}: {
  icon: IconName;
  title?: string;
  children: ComponentChildren;
}): JSX.Element {
  return (
    <main class="login">
      <div class="login-card">
        <span class="login-icon">
          <Icon name={icon} />
        </span>
        {title && <h1>{title}</h1>}
        {children}
      </div>
    </main>
  );
}
