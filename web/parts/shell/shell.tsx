import type { ComponentChildren, JSX } from 'preact';
import { Toasts } from '../../kit/toasts.tsx';
import type { App } from '../../models.ts';
import { timeOfDay } from '../../words/times.ts';
import { t } from '../../words/words.ts';
import { ListPane } from '../list/pane.tsx';
import { MainMenu } from './main-menu.tsx';

/** The page of somebody who is signed in: the list beside the open chat, one of them on a phone. */
export function Shell({ app, children }: { app: App; children: ComponentChildren }): JSX.Element {
  const isOpen = app.thread.value !== undefined;
  return (
    <div class={`shell${isOpen ? ' has-chat' : ''}`}>
      <div class="shell-list">
        <ListPane app={app} menu={<MainMenu app={app} />}>
          <ConnectionLine app={app} />
        </ListPane>
      </div>
      <main class="shell-chat">{isOpen ? children : <p class="shell-empty">{t('shell.no-chat')}</p>}</main>
      <Toasts app={app} />
    </div>
  );
}

/** Says quietly how old the page is, and only once there was no connection for a while. */
function ConnectionLine({ app }: { app: App }): JSX.Element | null {
  const { asOf } = app.connection.value;
  return asOf === undefined ? null : (
    <p class="connection-line" role="status">
      {t('shell.connecting-since', { time: timeOfDay(asOf) })}
    </p>
  );
}
