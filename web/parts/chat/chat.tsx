import { useSignalEffect } from '@preact/signals';
import { useRef } from 'preact/hooks';
import { Button } from '../../kit/button.tsx';
import { later } from '../../kit/later.tsx';
import type { App, ChatModel, ThreadModel } from '../../models.ts';
import { t } from '../../words/words.ts';
import { useDealsPane } from '../briefcase/deals-of.ts';
import { Composer } from '../composer/composer.tsx';
import { DropZone } from '../composer/drop-zone.tsx';
import { ChatHead } from './head.tsx';
import { History } from './history.tsx';

const Briefcase = later(async () => (await import('../briefcase/briefcase.tsx')).Briefcase);

interface Props {
  readonly app: App;
  readonly thread: ThreadModel;
  /** Shows the list again, where there is room for one pane only. */
  readonly onBack: () => void;
}

/** The open conversation: who it is with, what was said, and the place to answer. */
export function Chat({ app, thread, onBack }: Props) {
  const chat = thread.active.value;
  const room = useRef<HTMLDivElement>(null);
  const pane = useDealsPane(app, thread, room);
  useOthers(thread);
  return (
    <div class="chat" ref={room}>
      <section class="chat-main" aria-label={t('chat.with', { name: thread.name.value })}>
        <ChatHead app={app} thread={thread} pane={pane} onBack={onBack} />
        <DropZone app={app} chat={chat}>
          <HistoryOrState app={app} thread={thread} />
          {/* The composer belongs to its chat: another chat has another one. */}
          <Composer key={chat.key} app={app} thread={thread} chat={chat} />
        </DropZone>
      </section>
      {pane.isShown.value && <Briefcase app={app} chat={chat} pane={pane} />}
    </div>
  );
}

/** While all dialogs are shown, the others are read as the active one is: when they change. */
function useOthers(thread: ThreadModel): void {
  const read = useRef<ReadonlyMap<ChatModel, number | undefined>>(new Map());
  useSignalEffect(() => {
    if (!thread.isMerged.value) return;
    const others = thread.chats.value.filter((chat) => chat !== thread.active.value);
    // Each is told by the version of its row.
    const changed = others.map((chat) => [chat, chat.row.value?.version] as const);
    queueMicrotask(() => {
      for (const [chat, version] of changed) if (read.current.get(chat) !== version) chat.refresh();
      read.current = new Map(changed);
    });
  });
}

function HistoryOrState({ app, thread }: Pick<Props, 'app' | 'thread'>) {
  const chat = thread.active.value;
  switch (chat.state.value) {
    case 'loading':
      return <div class="chat-loading" role="status" aria-label={t('chat.loading')} />;
    case 'failed':
      return (
        <div class="chat-empty">
          <p>{t('chat.load-failed')}</p>
          <Button onClick={() => chat.refresh()}>{t('kit.retry')}</Button>
        </div>
      );
    case 'ready':
    case 'lost':
    case 'empty':
      if (thread.entries.value.length === 0) {
        return (
          <div class="chat-empty">
            <p>{t(chat.mayWrite.value ? 'chat.empty-write' : 'chat.empty')}</p>
          </div>
        );
      }
      return <History key={thread.isMerged.value ? `${thread.key} all` : chat.key} app={app} thread={thread} />;
    default:
      return chat.state.value satisfies never;
  }
}
