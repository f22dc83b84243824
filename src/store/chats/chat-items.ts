import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import { shortHash } from '#domain/hash';
import { mayStandAt, rightPlaces } from '#domain/list';
import { chatHashOf } from '#domain/message-id';
import type { ChannelSettings } from '#domain/settings';
import { batchGet } from '#store/dynamo/batch-get';
import { type StoreDeps, tableName } from '#store/dynamo/client';
import { UnreadableItemError } from '#store/dynamo/errors';
import { scanPage } from '#store/dynamo/scan-page';
import { ifStill, setting, transact, type Write } from '#store/dynamo/transaction';
import { attributesOf, type ChatRow, readRow, type Stub } from './chat-row.ts';
import { viewerId, viewerScope } from './scopes.ts';

/** All that is stored under the key of a chat. */
export interface ChatItems {
  /** Absent if there is none, or if it cannot be read. */
  readonly row?: ChatRow | Stub;
  readonly isUnreadable: boolean;
  /** Whether a chat was saved there, though it may have lost its place. */
  readonly hasState: boolean;
  /** The channel by which the lists of channels find the chat. */
  readonly channel?: unknown;
  /** The rows of further viewers. */
  readonly beside: readonly Beside[];
}

/** The row of a further viewer, as it is stored. */
interface Beside {
  readonly sort: string;
  readonly v?: unknown;
  readonly u?: unknown;
  readonly r?: unknown;
}

type Item = Readonly<Record<string, unknown>>;

const CHAT = '-';
const VIEWER = 'viewer#';
const WAY = 'm#';
/** As for every other save of a chat: a late one would hide it from readers of the rest. */
const SAVE_MS = 3_000;

/** The items of chats as they stand, for a check: it compares each attribute with what has to be there. */
export function createChatItems(deps: StoreDeps) {
  const { client, clock } = deps;
  const table = tableName(deps, 'chats');

  /** What is stored under the key now. */
  async function load(chatKey: string): Promise<ChatItems> {
    const { Items = [] } = await client.send(
      new QueryCommand({
        TableName: table,
        KeyConditionExpression: 'c = :chat',
        ExpressionAttributeValues: { ':chat': chatKey },
        ConsistentRead: true,
      }),
    );
    return itemsIn(Items);
  }

  /** One page of all chats, by their keys, each with what the page holds of it. A page may end within a chat. */
  async function page(
    limit: number,
    after: string | undefined,
  ): Promise<{ chats: ReadonlyMap<string, ChatItems>; next?: string }> {
    const { items, next } = await scanPage(client, { TableName: table, Limit: limit }, after);
    const ofChats = items.filter(({ c }) => !String(c).startsWith(WAY));
    const chats = new Map([...Map.groupBy(ofChats, ({ c }) => String(c))].map(([key, all]) => [key, itemsIn(all)]));
    return { chats, ...(next !== undefined && { next }) };
  }

  /** Those of the chats that have a row, readable or not. */
  async function existing(chatKeys: readonly string[]): Promise<ReadonlySet<string>> {
    const keys = chatKeys.map((c) => ({ c, s: CHAT }));
    const items = await batchGet(client, table, keys, { ConsistentRead: true, ProjectionExpression: 'c' });
    return new Set(items.map(({ c }) => String(c)));
  }

  /**
   * Puts the chat and its further viewers where its state and the roles of its channel want them, if both are still as
   * they were read (`asRead` checks the roles). A row of a viewer who is none any more goes.
   */
  async function putRight(
    row: ChatRow,
    beside: readonly Beside[],
    settings: ChannelSettings,
    asRead: Write,
  ): Promise<boolean> {
    // A new `placedAt`: readers of the rest must not skip an unanswered chat that has just moved.
    const places = rightPlaces(row.places, row.chat, shortHash(row.key), clock.now());
    const scope = viewerScope(row.account, row.channelId, row.viewers, settings).id;
    const next: ChatRow = { ...row, scope, places, version: row.version + 1 };
    const wanted = furtherRows(next);
    const gone = beside.filter(({ sort }) => !wanted.some(({ s }) => s === sort));
    const whole = setting({ ...attributesOf(next), ver: next.version }, ifStill('ver', row.version));
    const writes: Write[] = [
      asRead,
      { Update: { TableName: table, Key: { c: row.key, s: CHAT }, ...whole } },
      ...wanted.map((Item) => ({ Put: { TableName: table, Item } })),
      ...gone.map(({ sort }) => ({ Delete: { TableName: table, Key: { c: row.key, s: sort } } })),
    ];
    return transact(client, writes, clock.deadline(SAVE_MS));
  }

  /**
   * Removes a chat in which nothing was ever said, with all that leads to it, if it is still as it was read. A message
   * that comes meanwhile makes it anew.
   */
  async function remove({ key, version }: Stub, beside: readonly Beside[]): Promise<boolean> {
    return transact(client, [
      { Delete: { TableName: table, Key: { c: key, s: CHAT }, ...ifStill('ver', version) } },
      ...beside.map(({ sort }) => ({ Delete: { TableName: table, Key: { c: key, s: sort } } })),
      { Delete: { TableName: table, Key: { c: `${WAY}${chatHashOf(key)}`, s: key } } },
    ]);
  }

  return { load, page, existing, putRight, remove };
}

/** What is wrong with the places of a chat: its own, and those of its further viewers. */
export function misplaced(
  { channel, beside }: ChatItems,
  row: ChatRow,
  settings: Pick<ChannelSettings, 'userRoles'>,
): { readonly isOwn: boolean; readonly isScope: boolean; readonly isBeside: boolean } {
  const scope = viewerScope(row.account, row.channelId, row.viewers, settings).id;
  const wanted = furtherRows(row);
  const isThere = ({ s, v, u, r }: Item) =>
    beside.some((one) => one.sort === s && one.v === v && one.u === u && one.r === r);
  return {
    isOwn: channel !== row.channelId || !mayStandAt(row.places, row.chat, shortHash(row.key)),
    isScope: row.scope !== scope,
    isBeside: beside.length !== wanted.length || !wanted.every(isThere),
  };
}

function itemsIn(items: readonly Item[]): ChatItems {
  const item = items.find(({ s }) => s === CHAT);
  const beside = items.filter(({ s }) => String(s).startsWith(VIEWER));
  const row = item && readable(item);
  return {
    ...(row && { row }),
    isUnreadable: item !== undefined && !row,
    hasState: item?.chat !== undefined,
    channel: item?.ch,
    beside: beside.map(({ s, v, u, r }) => ({ sort: String(s), v, u, r })),
  };
}

function readable(item: Item): ChatRow | Stub | undefined {
  try {
    return readRow({ ...item });
  } catch (error) {
    if (error instanceof UnreadableItemError) return undefined;
    throw error;
  }
}

function furtherRows({ key, account, viewers, places }: ChatRow): Item[] {
  const { unanswered: u, rest: r } = places;
  return viewers.slice(1).map((viewer) => ({ c: key, s: `${VIEWER}${viewer}`, v: viewerId(account, viewer), u, r }));
}
