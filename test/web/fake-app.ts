import { computed, signal } from '@preact/signals';
import { type App, type Chat, keyOf, type Line, type Me, type Tab, type ThreadModel } from '../../web/models.ts';

/** What a fake page is made of. `now` is the time of all that it shows (epoch ms). */
export interface FakeOptions {
  readonly now: number;
  readonly isRussian?: boolean;
  readonly isDemo?: boolean;
  readonly state?: 'loading' | 'ready' | 'failed';
  readonly isEmpty?: boolean;
  readonly count?: number;
  readonly asOf?: number;
  readonly hidden?: number;
}

type Sketch = readonly [
  name: string,
  preview: string,
  chatType: Chat['chatType'],
  waitedMin: number,
  count: number,
  isOwn?: boolean,
];

const MINUTE = 60_000;
const USER = 'maria';

const SKETCHES: readonly Sketch[] = [
  ['Anna Petrova', 'Hello! Is the oak table still available? I would take it today', 'telegram', 27, 3],
  ['Marcus Weber', 'And how much is the delivery to Leipzig?', 'whatsapp', 18, 1, false],
  ['+49 151 2345 6789', 'Photo', 'whatsapp', 12, 2],
  ['Sofia Rossi', 'Perfect, then I will wait for the invoice 🙏', 'telegram', 7, 1],
  ['Ольга Кузнецова', 'Добрый день! Подскажите, можно забрать заказ завтра после шести?', 'whatsapp', 3, 12],
  ['Ibrahim Al-Farsi', 'مرحبا، هل المنتج متوفر؟', 'telegram', 0.4, 1],
  ['Lena Hoffmann', 'The courier comes between 10 and 12.', 'telegram', -25, 0],
  ['Paul Dubois', 'Thank you, everything arrived!', 'whatsapp', -140, 0],
  ['Katarzyna Wiśniewska', 'The invoice is attached', 'whatsapp', -60 * 9, 0],
  ['Jan de Vries', 'See you on Thursday then', 'telegram', -60 * 28, 0],
  ['Emma Lindqvist', 'Great, ordered the blue one', 'telegram', -60 * 75, 0],
  ['Very Long Company Name, Limited Liability, of Northern Westphalia', 'Voice message', 'whatsapp', -60 * 24 * 12, 0],
];

/** The rows in which the team wrote last. */
const OURS: Readonly<Record<number, NonNullable<Chat['lastBy']>>> = { 6: 'team', 8: 'team', 9: 'refused', 10: 'team' };

const RUSSIAN: readonly Sketch[] = [
  ['Анна Петрова', 'Здравствуйте! Стол из дуба ещё есть? Забрала бы сегодня', 'telegram', 27, 3],
  ['Марк Вебер', 'А сколько стоит доставка в Казань?', 'whatsapp', 18, 1, false],
  ['+7 912 345-67-89', 'Фото', 'whatsapp', 12, 2],
  ['София Росси', 'Отлично, тогда жду счёт 🙏', 'telegram', 7, 1],
  ['Ольга Кузнецова', 'Добрый день! Подскажите, можно забрать заказ завтра после шести?', 'whatsapp', 3, 12],
  ['Ибрагим Аль-Фарси', 'مرحبا، هل المنتج متوفر؟', 'telegram', 0.4, 1],
  ['Елена Гофман', 'Курьер приедет с 10 до 12.', 'telegram', -25, 0],
  ['Павел Дюбуа', 'Спасибо, всё пришло!', 'whatsapp', -140, 0],
  ['Екатерина Вишневская', 'Счёт во вложении', 'whatsapp', -60 * 9, 0],
  ['Ян Демченко', 'Тогда до четверга', 'telegram', -60 * 28, 0],
  ['Эмма Линдквист', 'Супер, заказала синий', 'telegram', -60 * 75, 0],
  ['Общество с ограниченной ответственностью «Северный ветер»', 'Голосовое', 'whatsapp', -60 * 24 * 12, 0],
];

/** A page that asks no server. It is for looking at, and for tests of what the parts show. */
export function fakeApp({
  now,
  isRussian,
  isDemo,
  state = 'ready',
  isEmpty,
  count,
  asOf,
  hidden = 0,
}: FakeOptions): App {
  const sketches = isRussian ? RUSSIAN : SKETCHES;
  const many =
    count === undefined ? sketches : Array.from({ length: count }, (_, index) => sketches[index % sketches.length]!);
  const lines = many.map((sketch, index) => lineOf(sketch, index, now));
  const tab = signal<Tab>('all');
  const thread = signal<ThreadModel | undefined>(undefined);
  const shown = computed(() =>
    isEmpty ? [] : tab.value === 'all' ? lines : lines.filter(({ chats }) => chats[0].unanswered),
  );
  const text = signal('');
  const none = async () => undefined;
  return {
    me: meOf(now, isDemo),
    list: {
      tab,
      state: signal(state),
      lines: shown,
      hidden: signal(hidden),
      hasMore: signal(false),
      loadMore: () => undefined,
      pointerOver: () => undefined,
      touched: () => undefined,
      release: () => undefined,
      draftOf: ({ chatId }) => (chatId === '4' ? (isRussian ? 'Сегодня отправим' : 'We will send it today') : ''),
      noReplyNeeded: none,
      retry: () => undefined,
    },
    search: {
      text,
      state: signal('ready'),
      lines: computed(() =>
        lines.filter(({ chats }) => chats[0].name.toLowerCase().includes(text.value.toLowerCase())),
      ),
    },
    thread,
    open(chat) {
      const line = lines.find(({ chats }) => chats.some((one) => keyOf(one) === keyOf(chat)));
      const active = signal({ id: chat, key: keyOf(chat) });
      thread.value = line && ({ key: line.key, name: signal(line.chats[0].name), active } as unknown as ThreadModel);
    },
    close() {
      thread.value = undefined;
    },
    counter: signal({ counterV2: isEmpty ? 0 : 20, type: isEmpty ? null : 'red', lastMsgDateTime: null }),
    connection: signal(asOf === undefined ? { state: 'socket' } : { state: 'connecting', asOf }),
    toasts: signal([]),
    toast: () => undefined,
    dismiss: () => undefined,
    onClientMessage: () => undefined,
    quickReplies: async () => [],
    saveQuickReplies: none,
    templates: async () => [],
    newLink: async () => `${location.origin}/chat/demo#k=${'x'.repeat(43)}`,
    statistics: () => Promise.reject(new Error('Nobody asks for statistics here')),
    signOut: none,
    isOld: signal(false),
    reload: () => undefined,
    push: { state: signal('off'), choice: signal(undefined), turnOn: none, turnOff: none, choose: async () => true },
    presence: () => new Promise(() => undefined),
    openDeal: () => undefined,
    createDeal: none,
  };
}

function lineOf([name, preview, chatType, waited, count, isOwn = true]: Sketch, index: number, now: number): Line {
  const at = new Date(now - Math.abs(waited) * MINUTE).toISOString();
  const chat: Chat = {
    channelId: `channel-${chatType}`,
    chatType,
    chatId: String(index + 1),
    name,
    contactId: null,
    responsibleUserId: isOwn ? USER : 'ivan',
    unanswered: count > 0,
    unansweredSince: count > 0 ? at : null,
    unansweredCount: count,
    noReplyNeeded: null,
    lastMessageAt: at,
    preview,
    ...(OURS[index] && { lastBy: OURS[index] }),
    seenUpTo: String(index),
    version: 1,
    mayWrite: true,
    isOwn,
    thread: `thread-${index}`,
  };
  const second: Chat = {
    ...chat,
    channelId: 'channel-telegram',
    chatType: 'telegram',
    unansweredCount: 0,
    unanswered: false,
  };
  return { key: chat.thread, chats: index === 2 ? [chat, second] : [chat] };
}

function meOf(now: number, isDemo?: boolean): Me {
  const channel = { state: 'active', role: 'seller' as const, writers: [] };
  return {
    user: { id: USER, name: 'Maria' },
    accountId: 'demo',
    scope: { kind: 'global' },
    channels: [
      { ...channel, channelId: 'channel-telegram', name: 'Demo bot', transport: 'tgapi', chatTypes: ['telegram'] },
      { ...channel, channelId: 'channel-whatsapp', name: 'Demo number', transport: 'wapi', chatTypes: ['whatsapp'] },
    ],
    users: [
      { id: USER, name: 'Maria' },
      { id: 'ivan', name: 'Ivan' },
    ],
    options: { notifyHeadsAboutAllMessages: false },
    doorbell: true,
    ...(isDemo && { demo: true }),
    time: new Date(now).toISOString(),
  };
}
