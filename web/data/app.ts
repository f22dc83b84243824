import { computed, signal } from '@preact/signals';
import { ownPrefix } from '../core/drafts.ts';
import { firstChat } from '../core/first-chat.ts';
import { isNews } from '../core/news.ts';
import { randomId } from '../core/random-id.ts';
import { Lines } from '../core/threads.ts';
import { isTouch } from '../kit/touch.ts';
import { type App, type Chat, type ChatId, chatOfKey, keyOf, type Me, type ThreadModel } from '../models.ts';
import { t } from '../words/words.ts';
import { answerOf, wordsOf } from './api.ts';
import { createChat, type OwnChat } from './chat.ts';
import type { Context } from './context.ts';
import { createDesk } from './desk.ts';
import { Drafts } from './draft.ts';
import { createDraftServer } from './draft-server.ts';
import { createList } from './list.ts';
import { createLooks } from './looks.ts';
import { parentOf, type Told } from './parent.ts';
import { createPush } from './push.ts';
import { RowStore } from './row-store.ts';
import { createSearch } from './search.ts';
import { createSender, type Sender } from './sender.ts';
import type { Session } from './session.ts';
import { createFileShelf, deviceShelf, tabShelf } from './storage.ts';
import { startSync } from './sync.ts';
import { joinTabs } from './tabs.ts';
import { createThread } from './thread.ts';
import { createToasts } from './toasts.ts';
import { watchOwnPage } from './version.ts';

/** A reload of the tab goes on with what the tab has left. */
const TAB = 'konvert/tab';

/** The page of a user, and its end. */
export interface RunningApp extends App {
  /** The session is over: nothing is asked for any more, and what was written is kept. */
  stop(): void;
}

/** The page of the user who is signed in. */
export function createApp(session: Session, me: Me): RunningApp {
  const { api } = session;
  const now = () => Date.now();
  const userId = me.user?.id ?? '';
  session.isOf(userId);
  const rows = new RowStore(api);
  const prefix = ownPrefix(me.accountId, userId);
  const files = createFileShelf();
  const tab = tabShelf.get(TAB) ?? randomId();
  tabShelf.set(TAB, tab);
  const tabs = joinTabs(prefix, tab, (news) => {
    if (news.t === 'draft') drafts.reload(news.key, news.written);
    else session.forget();
  });
  const drafts = new Drafts({
    shelf: deviceShelf,
    files,
    prefix,
    now,
    server: createDraftServer(api),
    isSending: (key) => sender.items.peek().some(({ reply }) => keyOf(reply.chat) === key),
    kept: (key, written) => tabs.tell({ t: 'draft', key, written }),
  });
  const context: Context = {
    api,
    me,
    userId,
    rows,
    drafts,
    shelf: deviceShelf,
    files,
    tabs,
    tab,
    prefix,
    now,
    newId: randomId,
  };
  // A deal is opened and made by the page around the frame, if the link says that it listens.
  const parent = parentOf(window);
  const askParent = me.scope.useDealsEvents && parent ? (told: Told) => parent.tell(told) : undefined;
  const entityOf = ({ channelId, chatType, chatId }: ChatId) => ({
    channelId,
    chatType,
    chatId,
    userId,
    integrationId: me.accountId,
  });
  const lines = new Lines();
  const list = createList(context, lines, {
    answered(chat) {
      toast(t('data.no-reply-needed', { name: chat.name }), () => void chatOf(chat).undoNoReplyNeeded());
    },
    refused: (description) => toast(description),
  });
  const chats = new Map<string, OwnChat>();
  const thread = signal<ThreadModel | undefined>(undefined);
  const { toasts, toast, dismiss } = createToasts();
  const revision = signal(0);
  const hearers: ((chat: Chat, isOpen: boolean) => void)[] = [];
  let lastInputAt = now();

  const chatOf = (id: ChatId): OwnChat => {
    const key = keyOf(id);
    const known = chats.get(key);
    if (known) return known;
    const made = createChat(context, () => sender, chatOfKey(key), {
      sent: look,
      tellWriting: (writer) => sync.tellWriting(writer),
    });
    chats.set(key, made);
    return made;
  };
  const sender: Sender = createSender(context, chatOf);
  const openChat = () => {
    const open = thread.peek()?.active.peek();
    return open && chats.get(open.key);
  };
  const isVisible = () => document.visibilityState === 'visible';

  rows.onRow((key, row, before) => {
    if (row) lines.put(row);
    else lines.remove(key);
    revision.value++;
    queueChange();
    sync?.count();
    const isOpen = openChat()?.key === key;
    // In a hidden page it is read when it is looked at.
    if (isOpen && row?.version !== before?.version) chats.get(key)?.refresh();
    if (row && isNews(row, before, Date.parse(me.time))) {
      for (const heard of hearers) heard(row, isOpen);
    }
  });
  let isQueued = false;
  const queueChange = () => {
    if (isQueued) return;
    isQueued = true;
    queueMicrotask(() => {
      isQueued = false;
      list.changed();
    });
  };

  const sync = startSync(context, list, {
    attention: () => ({ isVisible: isVisible(), lastInputAt }),
    openChat: () => openChat()?.id,
    connected() {
      sender.hurry();
      void version.look();
    },
    gone: (id) => void forget(id),
    heardWriting: (id, name) => chats.get(keyOf(id))?.heardWriting(name),
    isPhone: isTouch(),
    connect: (url) => new WebSocket(url),
  });

  const version = watchOwnPage(() => !drafts.isEmpty || sender.items.peek().length > 0);
  const looks = createLooks(openChat, isVisible, now);
  function look(chat: OwnChat): void {
    sync.ring(chat.id);
    if (chat === openChat()) looks.sent();
  }

  const opened = (chat: OwnChat) => {
    chat.visible(isVisible());
    chat.opened();
    sync.ring(chat.id);
    looks.opened();
  };
  for (const event of ['pointermove', 'pointerdown', 'keydown']) {
    addEventListener(
      event,
      () => {
        lastInputAt = now();
      },
      { capture: true, passive: true },
    );
  }
  document.addEventListener('visibilitychange', () => {
    for (const chat of chats.values()) chat.visible(isVisible());
    sync.visible(isVisible());
    if (!isVisible()) keepAll();
    // Also what a tab that was closed has left.
    else sender.hurry();
  });
  addEventListener('online', () => {
    sync.wake();
    sender.hurry();
  });
  addEventListener('pageshow', ({ persisted }) => persisted && sync.wake());
  const keepAll = () => drafts.keepAll();
  addEventListener('pagehide', keepAll);
  // A notice was clicked while the page was there already.
  navigator.serviceWorker?.addEventListener('message', ({ data }) => {
    if (typeof data?.key === 'string') open(chatOfKey(data.key));
  });

  const push = createPush(context, sync.tellVisible, () => toast(t('push.failed')));
  // The user has opened nothing yet: only then does anything open by itself.
  const ended = list.state.subscribe((state) => {
    if (state !== 'ready') return;
    const first = firstChat(
      me,
      list.lines.peek().flatMap(({ chats }) => chats),
    );
    if (first && !thread.peek()) open(first);
    queueMicrotask(() => ended());
  });

  return {
    me,
    list,
    search: createSearch(context, lines),
    thread,
    open,
    close,
    counter: sync.counter,
    connection: sync.connection,
    toasts,
    toast,
    dismiss,
    onClientMessage: (heard) => void hearers.push(heard),
    async signOut() {
      keepAll();
      tabs.tell({ t: 'signed-out' });
      await push.turnOff();
      await session.signOut();
    },
    ...createDesk(context),
    push,
    presence: async () => (await import('./presence.ts')).presenceOf(context, list, thread, toast),
    isOld: version.isOld,
    reload: () => location.reload(),
    stop() {
      keepAll();
      sync.end();
      sender.end();
      looks.end();
      version.end();
    },
    openDeal(chat, deal) {
      const responsibleUserName = me.user?.name ?? '';
      if (askParent) {
        const { link, ...rest } = deal;
        const entity = { ...rest, ...(link && { link }), responsibleUserName };
        askParent({ type: 'WZ_OPEN_ENTITY', data: { ...entityOf(chat), entity } });
      } else if (deal.link) window.open(deal.link, '_blank', 'noopener,noreferrer');
    },
    async createDeal(chat) {
      if (askParent) return askParent({ type: 'WZ_CREATE_ENTITY', data: entityOf(chat) });
      const { channelId, chatType, chatId } = chat;
      const params = { path: { channelId, chatType, chatId } };
      const answer = await answerOf(api.POST('/v1/chats/{channelId}/{chatType}/{chatId}/deals', { params }));
      if (answer.kind !== 'ok') toast(wordsOf(answer));
    },
  };

  function open(id: ChatId): void {
    const chat = chatOf(id);
    openChat()?.left();
    const row = chat.row.peek();
    const present = thread.peek();
    if (row && present?.key === row.thread) {
      present.active.value = chat;
    } else {
      lines.pin(row?.thread);
      list.changed();
      const known = computed(() => {
        revision.value;
        const of = chat.row.value?.thread;
        return of === undefined ? [] : lines.chatsOf(of).map(chatOf);
      });
      const inCard = me.scope.filter?.find(({ chatType, chatId }) => chatType === id.chatType && chatId === id.chatId);
      thread.value = createThread(row?.thread ?? chat.key, chat, known, inCard?.name ?? id.chatId);
    }
    opened(chat);
  }

  function close(): void {
    openChat()?.left();
    thread.value = undefined;
    lines.pin(undefined);
    list.changed();
  }

  /** Nothing stays here of a chat that was erased, unless its client has begun another one since. */
  async function forget(id: ChatId): Promise<void> {
    const key = keyOf(id);
    if (!(await rows.fetch(id)) || rows.row(key).peek()) return;
    drafts.of(key).forget();
    if (openChat()?.key === key) {
      close();
      toast(t('chat.erased'), undefined, true);
    }
    chats.delete(key);
  }
}
