import type { ReadonlySignal } from '@preact/signals';
import type { JSX } from 'preact';
import { useMemo } from 'preact/hooks';
import { startClock } from '../../kit/clock.ts';
import { later } from '../../kit/later.tsx';
import { reloadPage } from '../../kit/reload.ts';
import type { App, PageState } from '../../models.ts';
import { OpenChat } from '../chat/open-chat.tsx';
import { SignedOutScreen } from '../login/signed-out.tsx';
import { Shell } from './shell.tsx';

const Settings = later(
  async () => {
    const { prepareSettings, Settings } = await import('../settings/settings.tsx');
    await prepareSettings();
    return Settings;
  },
  () => <SignedOutScreen state={{ kind: 'failed', retry: () => void reloadPage() }} />,
);

/** The page, or what stands in its place while nobody is signed in. */
export function Page({ state }: { state: ReadonlySignal<PageState> }): JSX.Element {
  const { value: shown } = state;
  switch (shown.kind) {
    case 'signed-in':
      return <Inbox app={shown.app} />;
    case 'settings':
      return <Settings settings={shown.settings} />;
    default:
      return <SignedOutScreen state={shown} />;
  }
}

function Inbox({ app }: { app: App }): JSX.Element {
  useMemo(() => startClock(Date.parse(app.me.time)), [app]);
  return (
    <Shell app={app}>
      <OpenChat app={app} />
    </Shell>
  );
}
