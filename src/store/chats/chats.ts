import { isDeepStrictEqual } from 'node:util';
import { GetCommand, PutCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod/mini';
import type { Chat } from '#domain/chat';
import { shortHash } from '#domain/hash';
import { type Places, placesOf } from '#domain/list';
import { type ChatId, chatOfKey } from '#domain/message';
import { chatHashOf } from '#domain/message-id';
import { drawsTurns } from '#domain/new-clients';
import type { ChannelSettings } from '#domain/settings';
import { isInPool } from '#domain/sight';
import { seenSchema } from '#store/chats/fact-item';
import { batchGet } from '#store/dynamo/batch-get';
import { type StoreDeps, tableName } from '#store/dynamo/client';
import { UnreadableItemError } from '#store/dynamo/errors';
import { ifStill, setting, transact, type Write } from '#store/dynamo/transaction';

const optionalString = z.optional(z.string());
const optionalNumber = z.optional(z.number());

const chatSchema = z.object({
  openKey: optionalString,
  unansweredSince: optionalNumber,
  unansweredCount: z.number(),
  lastMessageAt: z.number(),
  lastKey: z.string(),
  preview: z.string(),
  wordKey: z.string(),
  noReplyNeeded: z.optional(
    z.object({ key: z.string(), userId: optionalString, at: z.number(), reason: optionalString }),
  ),
  client: z.optional(z.object({ key: z.string(), name: optionalString, via: optionalString })),
  seen: seenSchema,
});

const contactSchema = z.object({ id: z.string(), name: z.string() });

const rowSchema = z.object({
  c: z.string(),
  account: z.string(),
  ver: z.number(),
  viewers: z.array(z.string()),
  contact: z.optional(contactSchema),
  v: optionalString,
  told: z.optional(z.boolean()),
  left: optionalString,
  turns: z.optional(z.boolean()),
  /** Absent in a stub, which a change of a contact makes before the first message is folded. */
  chat: z.optional(chatSchema),
  u: optionalString,
  r: optionalString,
  placedAt: optionalNumber,
});

/** Whose chat it is: what it takes over from its address. */
export interface Belonging {
  /** The responsible users of the contact and of its open deals, the contact's first; empty when nobody. */
  readonly viewers: readonly string[];
  /** The contact that has the chat's address; absent while nobody knows the client. */
  readonly contact?: { readonly id: string; readonly name: string };
}

/** A stored chat: its state, and what the store adds to it. */
export interface ChatRow extends ChatId, Belonging {
  readonly key: string;
  readonly account: string;
  /** Grows with every write; the fold saves on condition of it. */
  readonly version: number;
  readonly chat: Chat;
  readonly places: Places;
  /** The partition of the viewers' indexes in which the chat stands. */
  readonly scope: string;
  /** Whether the address was told that the client wrote since it was last nobody's. */
  readonly told: boolean;
  /** The newest client message when the address became nobody's, or was answered as that: one that is newer is news to it. */
  readonly left?: string | undefined;
  /** Whether the channel gives new clients out in turn, or did: what nobody's client writes after an answer is news then. */
  readonly turns: boolean;
}

/** A chat that a change of its contact announced, and that no message has made yet. */
export type Stub = Omit<ChatRow, 'chat' | 'places' | 'scope' | 'told' | 'left' | 'turns'>;

/** A partition of a pair of indexes: a channel, or a viewer. */
export interface Scope {
  readonly kind: 'channel' | 'viewer';
  readonly id: string;
}

/** What a chat that no message has made yet takes over when it is made. */
export interface Announced extends Belonging {
  readonly account: string;
  readonly settings: Roles;
  readonly turns: boolean;
}

/** A candidate for a list: the chat, and its place in the block that was asked for. */
export interface Candidate {
  readonly key: string;
  readonly place: string;
}

type Roles = Pick<ChannelSettings, 'userRoles'>;

export type Chats = ReturnType<typeof createChats>;

const CHAT = '-';
/** A save that arrives long after its `placedAt` would hide the chat from readers of the rest (`wasAmongUnanswered`). */
const SAVE_MS = 3_000;

/** Chats and their places in lists. */
export function createChats(deps: StoreDeps) {
  const { client, clock } = deps;
  const table = tableName(deps, 'chats');

  /** The chat as it is now; a stub where no message has made it yet. */
  async function load(chatKey: string): Promise<ChatRow | Stub | undefined> {
    const { Item } = await client.send(
      new GetCommand({ TableName: table, Key: { c: chatKey, s: CHAT }, ConsistentRead: true }),
    );
    return Item && readRow(Item);
  }

  /** The chat as it is now; undefined before its first message was folded. */
  async function get(chatKey: string): Promise<ChatRow | undefined> {
    const row = await load(chatKey);
    return row && isChat(row) ? row : undefined;
  }

  /** The chats as they are now, stubs too, by their keys. */
  async function loadAll(chatKeys: readonly string[]): Promise<Map<string, ChatRow | Stub>> {
    const items = await batchGet(
      client,
      table,
      chatKeys.map((c) => ({ c, s: CHAT })),
    );
    return new Map(items.map(readRow).map((row) => [row.key, row]));
  }

  /** The chats as they are now, without those that are gone; the order is not kept. */
  async function getAll(chatKeys: readonly string[]): Promise<ChatRow[]> {
    return [...(await loadAll(chatKeys)).values()].filter(isChat);
  }

  /** Lets a message id lead to the chat. Repeating it changes nothing. */
  async function nameByHash(chatKey: string): Promise<void> {
    await client.send(new PutCommand({ TableName: table, Item: { c: `m#${chatHashOf(chatKey)}`, s: chatKey } }));
  }

  /**
   * Saves what a fold computed, if the chat is still as `before` was loaded; undefined where it is not. `announced` is
   * what a chat takes over that no message had made yet, or whose address was told that the client wrote; a stub knows
   * better whose it is.
   */
  async function save(
    chatKey: string,
    chat: Chat,
    before: ChatRow | Stub | undefined,
    announced: Announced | undefined,
  ): Promise<ChatRow | undefined> {
    const old = before && isChat(before) ? before : undefined;
    const made = old ?? make(chatKey, before as Stub | undefined, announced);
    const places = placesOf(chat, shortHash(chatKey), old?.places, clock.now());
    const told = made.told || (announced !== undefined && chat.client !== undefined);
    const turns = made.turns || announced?.turns === true;
    const isAnswered = turns && isNobodys(made) && chat.openKey === undefined;
    const left = isAnswered ? chat.client?.key : announced ? undefined : old?.left;
    const row: ChatRow = { ...made, chat, places, told, left, turns, version: made.version + 1 };
    const { unanswered: u, rest: r, placedAt } = places;
    const change = changeOf(chatKey, made.version, {
      chat,
      u,
      r,
      placedAt,
      ...(told && !old?.told && { told }),
      ...(left !== old?.left && { left }),
      ...(turns && !old?.turns && { turns }),
      ...(!old && { ...belongingOf(row), account: row.account, ch: row.channelId, v: row.scope }),
    });
    const moved = u !== old?.places.unanswered || r !== old?.places.rest;
    const beside = moved ? furtherViewers(row).map((viewer) => besideOf(row, viewer)) : [];
    return (await transact(client, [change, ...beside], clock.deadline(SAVE_MS))) ? row : undefined;
  }

  function make(chatKey: string, stub: Stub | undefined, announced: Announced | undefined) {
    if (!announced) throw new Error('A chat that was there is gone');
    const { settings, turns, ...belonging } = announced;
    const made = { ...chatOfKey(chatKey), key: chatKey, version: 0, ...belonging, ...stub };
    return { ...made, told: false, turns, scope: viewerScope(made.account, made.channelId, made.viewers, settings).id };
  }

  /** The writes that give a chat, a stub or one that is not there yet to `next`; none where it is theirs already. */
  function giving(
    chatKey: string,
    before: ChatRow | Stub | undefined,
    account: string,
    next: Belonging,
    settings: Roles,
  ): Write[] {
    if (before && isDeepStrictEqual(belongingOf(before), belongingOf(next))) return [];
    const belonging = belongingOf(next);
    if (!before || !isChat(before)) return [changeOf(chatKey, before?.version ?? 0, { ...belonging, account })];
    const { contact: _, ...rest } = before;
    const { viewers, contact } = next;
    const row = { ...rest, viewers, ...(contact && { contact }) };
    const scope = viewerScope(account, row.channelId, row.viewers, settings).id;
    const gone = furtherViewers(before).filter((viewer) => !furtherViewers(row).includes(viewer));
    const come = furtherViewers(row).filter((viewer) => !furtherViewers(before).includes(viewer));
    const moved = scope !== before.scope || gone.length > 0 || come.length > 0;
    return [
      changeOf(chatKey, before.version, {
        ...belonging,
        // Nobody's client is a new one as soon as they write again.
        ...(isNobodys(next) && { told: undefined, left: before.chat.client?.key }),
        ...(moved && placing(before, scope)),
      }),
      ...gone.map((viewer) => ({ Delete: { TableName: table, Key: { c: chatKey, s: besideKey(viewer) } } })),
      ...come.map((viewer) => besideOf(row, viewer)),
    ];
  }

  /**
   * Moves the chat to where it stands by those settings, and notes whether turns are drawn there, if it is still as it was
   * read; false where it is not.
   */
  async function place(row: ChatRow, settings: ChannelSettings): Promise<boolean> {
    const scope = viewerScope(row.account, row.channelId, row.viewers, settings).id;
    const turns = drawsTurns(settings) && isNobodys(row) && !row.turns;
    if (scope === row.scope && !turns) return true;
    const change = changeOf(row.key, row.version, {
      ...(scope !== row.scope && placing(row, scope)),
      ...(turns && { turns, ...(row.chat.openKey === undefined && { left: row.chat.client?.key }) }),
    });
    return transact(client, [change], clock.deadline(SAVE_MS));
  }

  /** A place of an unanswered chat that changed is news to readers of the rest (`wasAmongUnanswered`). */
  function placing({ places }: ChatRow, scope: string) {
    return { v: scope, ...(places.unanswered !== undefined && { placedAt: clock.now() }) };
  }

  /** Sets attributes of the chat, if it still has the version that was loaded; 0 where it was not there. */
  function changeOf(chatKey: string, loaded: number, attributes: Readonly<Record<string, unknown>>): Write {
    const change = setting({ ...attributes, ver: loaded + 1 }, ifStill('ver', loaded));
    return { Update: { TableName: table, Key: { c: chatKey, s: CHAT }, ...change } };
  }

  /** The row of a further viewer beside the chat: the same places, in their own partition. */
  function besideOf({ key, account, places }: ChatRow, viewer: string): Write {
    const { unanswered: u, rest: r } = places;
    return { Put: { TableName: table, Item: { c: key, s: besideKey(viewer), v: viewerId(account, viewer), u, r } } };
  }

  /**
   * The next candidates of a scope, in the order of that block: only an order, for an index may lag. `after` is the
   * place that the page begins behind.
   */
  async function candidates(
    scope: Scope,
    block: 'unanswered' | 'rest',
    limit: number,
    after: string | undefined,
  ): Promise<{ found: Candidate[]; more: boolean }> {
    const place = block === 'unanswered' ? 'u' : 'r';
    const behind = block === 'unanswered' ? '>' : '<';
    const { Items = [], LastEvaluatedKey } = await client.send(
      new QueryCommand({
        TableName: table,
        IndexName: `${scope.kind}-${block}`,
        KeyConditionExpression: `#scope = :scope${after === undefined ? '' : ` AND ${place} ${behind} :after`}`,
        ExpressionAttributeNames: { '#scope': scope.kind === 'channel' ? 'ch' : 'v' },
        ExpressionAttributeValues: { ':scope': scope.id, ...(after !== undefined && { ':after': after }) },
        ScanIndexForward: block === 'unanswered',
        Limit: limit,
      }),
    );
    return {
      found: Items.map((item) => ({ key: String(item.c), place: String(item[place]) })),
      more: LastEvaluatedKey !== undefined,
    };
  }

  return { load, loadAll, get, getAll, nameByHash, save, giving, place, candidates };
}

/** The partition of the viewers' indexes in which a chat stands: its first viewer's, or its channel's pool (R3). */
export function viewerScope(account: string, channelId: string, viewers: readonly string[], settings: Roles): Scope {
  const [first] = viewers;
  if (first === undefined || isInPool(viewers, settings)) return poolScope(account, channelId);
  return { kind: 'viewer', id: viewerId(account, first) };
}

/** The partition of a channel's pool. */
export function poolScope(account: string, channelId: string): Scope {
  return { kind: 'viewer', id: `${account}#pool#${channelId}` };
}

/** The partition of the chats that a user is responsible for. */
export function viewerId(account: string, userId: string): string {
  return `${account}#user#${userId}`;
}

function besideKey(viewer: string): string {
  return `viewer#${viewer}`;
}

/** All but the first have rows of their own beside the chat. */
function furtherViewers({ viewers }: Belonging): readonly string[] {
  return viewers.slice(1);
}

function belongingOf({ viewers, contact }: Belonging) {
  return { viewers, contact };
}

/** Whether the chat belongs to no contact and nobody is responsible for it. */
export function isNobodys({ contact, viewers }: Belonging): boolean {
  return !contact && viewers.length === 0;
}

/** Whether a message made the chat already. */
export function isChat(row: ChatRow | Stub): row is ChatRow {
  return 'chat' in row;
}

function readRow(item: Record<string, unknown>): ChatRow | Stub {
  const parsed = rowSchema.safeParse(item);
  if (!parsed.success) throw new UnreadableItemError('chats', { cause: parsed.error });
  const { c, account, ver, viewers, contact, v, told, left, turns, chat, u, r, placedAt } = parsed.data;
  const stub = { ...chatOfKey(c), key: c, account, version: ver, viewers, ...(contact && { contact }) };
  if (!chat || r === undefined || v === undefined) return stub;
  const places = {
    rest: r,
    ...(u !== undefined && { unanswered: u }),
    ...(placedAt !== undefined && { placedAt }),
  };
  return { ...stub, chat: chat as Chat, places, scope: v, told: told === true, left, turns: turns === true };
}
