import { computed, signal } from '@preact/signals';
import {
  type App,
  type Chat,
  type ChatId,
  type ChatModel,
  type Entry,
  keyOf,
  type Me,
  type Message,
  type ThreadModel,
} from '../../web/models.ts';

/** What was asked of the models, in order. */
export type Calls = [name: string, ...values: unknown[]][];

const CHANNELS: Me['channels'] = [
  {
    channelId: 'sales',
    name: 'Sales',
    transport: 'wapi',
    chatTypes: ['whatsapp'],
    state: 'active',
    role: 'seller',
    writers: ['anna', 'ivan'],
  },
  {
    channelId: 'bot',
    name: 'Bot',
    transport: 'telegram',
    chatTypes: ['telegram'],
    state: 'active',
    role: 'seller',
    writers: ['anna', 'ivan'],
  },
  {
    channelId: 'second',
    name: 'Support',
    transport: 'wapi',
    chatTypes: ['whatsapp'],
    state: 'active',
    role: 'manager',
    writers: ['anna'],
  },
];

/** A page of somebody who is signed in, with one conversation open. Nothing leaves it: `calls` says what was asked. */
export function fakeApp(thread: ThreadModel, calls: Calls = []): App {
  const toasts = signal<App['toasts']['value']>([]);
  return {
    me: {
      user: { id: 'anna', name: 'Анна' },
      accountId: 'a',
      scope: { kind: 'global' },
      channels: CHANNELS,
      users: [
        { id: 'anna', name: 'Анна' },
        { id: 'ivan', name: 'Иван' },
      ],
      options: { notifyHeadsAboutAllMessages: true },
      doorbell: null,
      time: new Date().toISOString(),
    },
    thread: signal(thread),
    toasts,
    toast: (text: string, undo?: () => void) => {
      calls.push(['toast', text]);
      toasts.value = [...toasts.peek(), { id: toasts.peek().length, text, ...(undo && { undo }) }];
    },
    dismiss: (id: number) => {
      toasts.value = toasts.peek().filter((toast) => toast.id !== id);
    },
    close: () => calls.push(['close']),
    open: (chat: ChatId) => calls.push(['open', keyOf(chat)]),
    quickReplies: async () => [
      { id: '1', title: 'Приветствие', text: 'Здравствуйте! Чем могу помочь?' },
      { id: '2', title: 'Доставка', text: 'Доставляем завтра с 10 до 18.' },
    ],
    saveQuickReplies: async (...values: unknown[]) => void calls.push(['saveQuickReplies', ...values]),
    templates: async () => [],
    openDeal: (...values: unknown[]) => calls.push(['openDeal', ...values]),
    createDeal: async (...values: unknown[]) => void calls.push(['createDeal', ...values]),
  } as unknown as App;
}

/** A chat with these messages. */
export function fakeChat(id: ChatId, messages: readonly Message[], row: Partial<Chat> = {}, calls: Calls = []) {
  const said = signal<readonly Entry[]>(messages.map((message) => entryOf(id, message)));
  const shown = signal<Chat | undefined>({
    ...id,
    name: 'Мария',
    contactId: null,
    responsibleUserId: 'anna',
    unanswered: false,
    unansweredSince: null,
    unansweredCount: 0,
    noReplyNeeded: null,
    lastMessageAt: new Date().toISOString(),
    preview: '',
    seenUpTo: '',
    version: 1,
    mayWrite: true,
    thread: 't',
    ...row,
  } as Chat);
  const state = signal<ChatModel['state']['value']>('ready');
  const hasOlder = signal(false);
  const writing = signal<string | undefined>(undefined);
  const call =
    (name: string) =>
    async (...values: unknown[]): Promise<void> =>
      void calls.push([name, ...values]);
  const chat = {
    id,
    key: keyOf(id),
    row: shown,
    state,
    mayWrite: computed(() => shown.value?.mayWrite ?? true),
    entries: said,
    hasOlder,
    loadOlder: call('loadOlder'),
    loadUntil: async () => false,
    draft: { text: signal(''), quoted: signal<Message | undefined>(undefined), files: signal<readonly File[]>([]) },
    notice: signal(undefined),
    endInView: (isInView: boolean) => calls.push(['endInView', isInView]),
    send: (anyway?: boolean) => calls.push(['send', chat.draft.text.peek(), anyway ?? false]),
    sendTemplate: call('sendTemplate'),
    answerAsked: call('answerAsked'),
    cancelUpload: call('cancelUpload'),
    retry: call('retry'),
    noReplyNeeded: call('noReplyNeeded'),
    undoNoReplyNeeded: call('undoNoReplyNeeded'),
    setStillOwed: call('setStillOwed'),
    handOver: call('handOver'),
    assignments: async () => [],
    deals: async () => [
      { id: '1', name: 'Диван «Осло», серый', closed: false },
      { id: '2', name: 'Кресло', closed: true },
    ],
    writing,
    tellWriting: call('tellWriting'),
    refresh: call('refresh'),
  };
  return chat as unknown as ChatModel & {
    readonly entries: typeof said;
    readonly row: typeof shown;
    readonly state: typeof state;
    readonly hasOlder: typeof hasOlder;
    readonly writing: typeof writing;
  };
}

/** A conversation of these chats, of which the first is written in. */
export function fakeThread(chats: readonly [ChatModel, ...ChatModel[]], name = 'Мария'): ThreadModel {
  const active = signal(chats[0]);
  const isMerged = signal(false);
  const merged = computed(() => chats.flatMap((chat) => chat.entries.value));
  return {
    key: 't',
    name: signal(name),
    chats: signal(chats),
    active,
    isMerged,
    entries: computed(() => (isMerged.value ? merged.value : active.value.entries.value)),
    hasOlder: computed(() => active.value.hasOlder.value),
    loadOlder: () => active.peek().loadOlder(),
  };
}

/** A message as a line of a history. */
export function entryOf(chat: ChatId, message: Message): Entry {
  return { kind: 'message', key: message.messageId, chat, message };
}
