import { useSignal } from '@preact/signals';
import type { ComponentChildren, JSX } from 'preact';
import { useEffect } from 'preact/hooks';
import { announce, LiveRegion } from '../../kit/announce.tsx';
import { listenForCommands, useCommand } from '../../kit/commands.ts';
import { Icon } from '../../kit/icon.tsx';
import { later } from '../../kit/later.tsx';
import { Toasts } from '../../kit/toasts.tsx';
import type { App } from '../../models.ts';
import { timeOfDay } from '../../words/times.ts';
import { t } from '../../words/words.ts';
import { previewWords } from '../chat/kind-words.ts';
import { DemoDoor, DemoPanel } from '../demo/demo-door.tsx';
import { ListPane } from '../list/pane.tsx';
import { focusSearch } from '../search/search.tsx';
import { SetAway, Status } from '../waits/doors.tsx';
import { followAddress } from './address.ts';
import { showBadge } from './badge.ts';
import { MainMenu } from './main-menu.tsx';
import { sound, startSound } from './sound.ts';
import { VersionLine } from './version-line.tsx';
import { followKeyboard } from './viewport.ts';
import { neighbour, nextUnanswered, openLine, walkPanes } from './walk.ts';

const ShortcutsDialog = later(async () => (await import('./shortcuts-dialog.tsx')).ShortcutsDialog);

/** The page of somebody who is signed in: the list beside the open chat, one of them on a phone. */
export function Shell({ app, children }: { app: App; children: ComponentChildren }): JSX.Element {
  const showsShortcuts = useSignal(false);
  const isDemo = useSignal(false);
  const isOpen = app.thread.value !== undefined;
  useShortcuts(app, () => {
    showsShortcuts.value = true;
  });
  useEffect(() => startPage(app), [app]);
  return (
    <main class={`shell${isOpen ? ' has-chat' : ''}${isDemo.value ? ' has-demo' : ''}`}>
      <SetAway app={app} />
      {!isOpen && <h1 class="hidden-words">Konvert</h1>}
      <div class="shell-list">
        <ListPane
          app={app}
          menu={
            <>
              <MainMenu app={app} showsShortcuts={showsShortcuts} />
              <Status app={app} />
            </>
          }
        >
          <ConnectionLine app={app} />
          <VersionLine page={app} />
          <SoundChip />
          {app.me.demo && <DemoDoor isOpen={isDemo} />}
        </ListPane>
      </div>
      <div class="shell-chat">{isOpen ? children : <NoChat app={app} />}</div>
      {app.me.demo && <DemoPanel isOpen={isDemo} />}
      <Toasts app={app} />
      <LiveRegion />
      {showsShortcuts.value && (
        <ShortcutsDialog
          onClose={() => {
            showsShortcuts.value = false;
          }}
        />
      )}
    </main>
  );
}

/** What lives as long as the page, and is nothing to look at. */
function startPage(app: App): () => void {
  const ends = [followAddress(app, parent !== window), showBadge(app), listenForCommands(), followKeyboard()];
  startSound(app);
  app.onClientMessage((chat, isOpen) => {
    const waiting = app.counter.peek()?.counterV2 ?? 0;
    if (isOpen) announce(`${chat.name}: ${previewWords(chat.preview)}`);
    else if (waiting > 0) announce(t('shell.waiting', { count: waiting }));
  });
  return () => {
    for (const end of ends) end();
  };
}

function useShortcuts(app: App, showShortcuts: () => void): void {
  const lines = () => app.list.lines.peek();
  const openKey = () => app.thread.peek()?.key;
  useCommand('next', () => openLine(app, neighbour(lines(), openKey(), 1)));
  useCommand('previous', () => openLine(app, neighbour(lines(), openKey(), -1)));
  useCommand('next-unanswered', () => openLine(app, nextUnanswered(lines(), openKey())));
  useCommand('search', focusSearch);
  useCommand('shortcuts', showShortcuts);
  useCommand('next-pane', () => walkPanes(1));
  useCommand('previous-pane', () => walkPanes(-1));
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

/** A press anywhere unlocks the sound; this says so. */
function SoundChip(): JSX.Element | null {
  return sound.value !== 'locked' ? null : (
    <button type="button" class="sound-chip">
      <Icon name="sound-off" />
      {t('shell.sound-off')}
    </button>
  );
}

function NoChat({ app }: { app: App }): JSX.Element {
  return (
    <div class="shell-empty">
      <Icon name="envelope" />
      {app.list.lines.value.length > 0 && <p>{t('shell.no-chat')}</p>}
    </div>
  );
}
