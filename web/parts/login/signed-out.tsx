import type { ComponentChildren, JSX } from 'preact';
import { Button } from '../../kit/button.tsx';
import { Icon, type IconName } from '../../kit/icon.tsx';
import { later } from '../../kit/later.tsx';
import { useSlow } from '../../kit/slow.ts';
import type { SignedOut } from '../../models.ts';
import { t } from '../../words/words.ts';

const KeyForm = later(async () => (await import('./key-form.tsx')).KeyForm);

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
