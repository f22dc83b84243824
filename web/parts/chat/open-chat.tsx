import type { App } from '../../models.ts';
import { Chat } from './chat.tsx';

/** The open conversation, if there is one. */
export function OpenChat({ app }: { readonly app: App }) {
  const thread = app.thread.value;
  return thread ? <Chat key={thread.key} app={app} thread={thread} onBack={() => app.close()} /> : null;
}
