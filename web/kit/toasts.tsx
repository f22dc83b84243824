import type { JSX } from 'preact';
import type { App } from '../models.ts';
import { t } from '../words/words.ts';
import { Button, IconButton } from './button.tsx';

/** More would cover what the user is looking at. */
const MOST = 3;

/** What was just done, with the way back. They are taken away after their time by what keeps them. */
export function Toasts({ app }: { app: Pick<App, 'toasts' | 'dismiss'> }): JSX.Element {
  return (
    <div class="toasts" role="status">
      {app.toasts.value.slice(-MOST).map(({ id, text, undo }) => (
        <div key={id} class="toast">
          <span>{text}</span>
          {undo && (
            <Button
              look="quiet"
              onClick={() => {
                undo();
                app.dismiss(id);
              }}
            >
              {t('kit.undo')}
            </Button>
          )}
          <IconButton icon="close" label={t('kit.close')} onClick={() => app.dismiss(id)} />
        </div>
      ))}
    </div>
  );
}
