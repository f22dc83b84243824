import type { JSX } from 'preact';
import { useEffect } from 'preact/hooks';
import { announce } from '../../kit/announce.tsx';
import { Button } from '../../kit/button.tsx';
import { Icon } from '../../kit/icon.tsx';
import type { App } from '../../models.ts';
import { t } from '../../words/words.ts';
import { usePresence } from './presence-of.ts';
import { setStatus } from './set-status.ts';

/** Says that Konvert has set the user away, who answered nobody for a while, and how to be back (T11). */
export function SetAway({ app }: { app: App }): JSX.Element | null {
  const presence = usePresence(app);
  const now = presence?.status.value;
  const isShown = now?.status === 'away' && now.by === 'konvert';
  const words = isShown ? t('waits.set-away', { reason: t('waits.set-away-reason') }) : '';
  useEffect(() => {
    if (isShown) announce(words);
  }, [isShown]);
  if (!presence || !isShown) return null;
  return (
    <section class="set-away" aria-label={words}>
      <Icon name="alert" />
      <p>
        <b>{words}</b> {t('waits.set-away-means')}
      </p>
      <Button look="main" onClick={() => void setStatus(app, presence, 'on')}>
        {t('waits.here')}
      </Button>
    </section>
  );
}
