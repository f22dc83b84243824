import { chatOfKey } from './message.ts';

/** The ids by which the rows of an account are known. */
export interface OwnedIds {
  readonly account: string;
  /** Of its channels, deleted ones too. */
  readonly channels: ReadonlySet<string>;
  /** Of its API keys, not the keys themselves. */
  readonly keys: ReadonlySet<string>;
  /** Of its connection to a CRM. */
  readonly connections: ReadonlySet<string>;
  /** Of erasures of its people. */
  readonly erasures: ReadonlySet<string>;
}

/** The tables that hold rows of accounts. */
export type OwnedTable =
  | 'messages'
  | 'chats'
  | 'addresses'
  | 'directory'
  | 'dispensers'
  | 'assignments'
  | 'waits'
  | 'outbox'
  | 'files'
  | 'pages'
  | 'accounts';

type Item = Readonly<Record<string, unknown>>;

/** Whether the row of the table is one of the account. It looks at ids in their places, and never at what somebody wrote. */
export function isOwned(table: OwnedTable, item: Item, ids: OwnedIds): boolean {
  return RULES[table](item, ids);
}

const RULES: Readonly<Record<OwnedTable, (item: Item, ids: OwnedIds) => boolean>> = {
  messages: ({ c }, ids) => isOfChat(c, ids),
  chats: ({ c, s }, ids) => isOfChat(text(c).startsWith('m#') ? s : c, ids),
  addresses: ({ a }, { account }) => first(a) === account,
  directory: ({ p }, { account }) => first(p) === account,
  dispensers: ({ ch }, { channels }) => channels.has(text(ch)),
  assignments: ({ a }, { account }) => a === account || text(a).startsWith(`person#${account}#`),
  // The days of a channel have a partition of their own.
  waits: ({ ch }, { channels }) => channels.has(text(ch).split('#').at(-1) ?? ''),
  files: ({ account }, ids) => account === ids.account,
  outbox: isOfOutbox,
  pages: isOfPages,
  accounts: isOfAccounts,
};

/** Lanes and claims that are named by a chat or channel. All others are named by an account. */
const OF_CHANNELS: readonly string[] = ['reply', 'press', 'hold'];

function isOfOutbox({ l, account, task }: Item, ids: OwnedIds): boolean {
  if (account === ids.account) return true;
  const [kind = '', ...name] = text(l).split('#');
  if (kind === 'task') return isOfTask((task ?? {}) as Item, ids);
  return OF_CHANNELS.includes(kind) ? ids.channels.has(name[0] ?? '') : name[0] === ids.account;
}

function isOfTask({ account, address, chat, chatKey, channelId }: Item, ids: OwnedIds): boolean {
  return (
    account === ids.account ||
    first(address) === ids.account ||
    isOfChat(chat, ids) ||
    isOfChat(chatKey, ids) ||
    ids.channels.has(text(channelId))
  );
}

function isOfPages({ p, account }: Item, ids: OwnedIds): boolean {
  if (account === ids.account) return true;
  const [kind, name = ''] = text(p).split('#');
  return kind === 'bye' ? ids.keys.has(name) : name === ids.account;
}

function isOfAccounts({ p, s, account, log, erasureId }: Item, ids: OwnedIds): boolean {
  const [kind = '', name = ''] = text(p).split('#');
  switch (kind) {
    case 'account':
    case 'audit':
    case 'erasures':
      return name === ids.account;
    case 'channel':
      return ids.channels.has(name);
    case 'key':
      return account === ids.account;
    case 'use':
      return ids.keys.has(name);
    case 'crm':
      return account === ids.account || ids.connections.has(name);
    case 'crms':
      return s === ids.account;
    case 'route':
    case 'tended':
    case 'waiting':
      return ids.channels.has(text(s));
    case 'erasure':
      return log === ids.account;
    case 'erased':
      return ids.erasures.has(text(erasureId));
    default:
      return false;
  }
}

function isOfChat(key: unknown, { channels }: OwnedIds): boolean {
  return channels.has(chatOfKey(text(key)).channelId);
}

function first(key: unknown): string {
  return text(key).split('#', 1)[0] ?? '';
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
