import { isDeepStrictEqual } from 'node:util';
import { GetCommand, PutCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import type { Chat } from '#domain/chat';
import { shortHash } from '#domain/hash';
import { type Places, placesOf } from '#domain/list';
import { chatOfKey } from '#domain/message';
import { chatHashOf } from '#domain/message-id';
import { drawsTurns } from '#domain/new-clients';
import { type Belonging, isUnowned } from '#domain/ownership';
import type { LinkedId } from '#domain/person-ids';
import type { ChannelSettings } from '#domain/settings';
import { enteredAt, type Timer, timerOf, waitOf } from '#domain/timer';
import { batchGet } from '#store/dynamo/batch-get';
import { type StoreDeps, tableName } from '#store/dynamo/client';
import { ifStill, setting, transact, type Write } from '#store/dynamo/transaction';
import { createCandidates } from './candidates.ts';
import { attributesOf, type ChatRow, isChat, readRow, type Stub, stubAttributesOf, waitIn } from './chat-row.ts';
import { viewerId, viewerScope } from './scopes.ts';

export { type ChatRow, isChat, type Stub, waitIn } from './chat-row.ts';

/** What a new chat takes over from its address and its channel. */
export interface Announced extends Belonging {
  readonly account: string;
  readonly settings: Roles;
  /** Whether the channel gives new clients out in turn. */
  readonly rotates: boolean;
  /** Whether Konvert made the contact for the client. A CRM may have pushed it since. */
  readonly isOwnContact?: boolean;
  /** What was said before that time is erased (epoch ms, the messenger's clock). */
  readonly begin?: number | undefined;
}

/** What a fold learned beside the chat. */
export interface Learned {
  readonly ids?: readonly LinkedId[] | undefined;
  readonly isSpoken?: boolean | undefined;
  /** When the message that has been open longest was stored (epoch ms). */
  readonly storedAt?: number | undefined;
  /** When the first of all open messages was stored (epoch ms). */
  readonly hadAt?: number | undefined;
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

  /** The chat as it is now; a stub if no message has made it yet. */
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

  /** The chats as they are now, without those that are gone. They come in any order. */
  async function getAll(chatKeys: readonly string[]): Promise<ChatRow[]> {
    return [...(await loadAll(chatKeys)).values()].filter(isChat);
  }

  /** Stores the way from a message id to the chat. Repeating it changes nothing. */
  async function nameByHash(chatKey: string): Promise<void> {
    await client.send(new PutCommand({ TableName: table, Item: { c: `m#${chatHashOf(chatKey)}`, s: chatKey } }));
  }

  /** The chats that a message id may be of, by the hash in it. Mostly there is one. */
  async function keysByHash(chatHash: string): Promise<string[]> {
    const { Items = [] } = await client.send(
      new QueryCommand({
        TableName: table,
        KeyConditionExpression: 'c = :hash',
        ExpressionAttributeValues: { ':hash': `m#${chatHash}` },
        ConsistentRead: true,
      }),
    );
    return Items.map(({ s }) => String(s));
  }

  /**
   * Saves what a fold computed, if the chat is still as it was loaded in `before`; undefined if it is not. `announced`
   * is given for a chat that is not made yet, and if the address was told that the client wrote. The viewers and the
   * contact of a stub count before those of `announced`. `more` is written in the same transaction; `ids` are those that
   * the chat has linked, if there are new ones, and `isSpoken` says that a person has answered.
   */
  async function save(
    chatKey: string,
    chat: Chat,
    before: ChatRow | Stub | undefined,
    announced: Announced | undefined,
    more: readonly Write[] = [],
    { ids, isSpoken, ...had }: Learned = {},
  ): Promise<ChatRow | undefined> {
    const old = before && isChat(before) ? before : undefined;
    const made = old ?? make(chatKey, before as Stub | undefined, announced);
    const places = placesOf(chat, shortHash(chatKey), old?.places, clock.now());
    const rotates = made.rotates || announced?.rotates === true;
    const isAnswered = rotates && isUnowned(made) && chat.openKey === undefined;
    const { timer, ...kept } = made;
    const begun = enteredAt({ ...chat, ...had }, old && waitIn(old), clock.now());
    const row: ChatRow = {
      ...kept,
      version: made.version + 1,
      chat,
      enteredAt: begun,
      ...(timer && timer.of === begun && { timer }),
      spoken: made.spoken || isSpoken,
      places,
      rotates,
      reported: made.reported || (announced !== undefined && chat.client !== undefined),
      reportedUpTo: isAnswered ? chat.client?.key : announced ? undefined : old?.reportedUpTo,
      ...(ids && { ids }),
    };
    const moved = places.unanswered !== old?.places.unanswered || places.rest !== old?.places.rest;
    const beside = moved ? furtherViewers(row).map((viewer) => besideOf(row, viewer)) : [];
    return (await transact(client, [saving(row), ...beside, ...more], clock.deadline(SAVE_MS))) ? row : undefined;
  }

  function make(chatKey: string, stub: Stub | undefined, announced: Announced | undefined) {
    if (!announced) throw new Error('A chat that was there is gone');
    const { settings, rotates, account, viewers, contact, begin } = announced;
    const belonging = { account, viewers, ...(contact && { contact }) };
    const made = { ...chatOfKey(chatKey), key: chatKey, version: 0, ...belonging, ...stub };
    const { id: scope } = viewerScope(made.account, made.channelId, made.viewers, settings);
    return { ...made, reported: false, rotates, scope, begin, spoken: false, timer: undefined };
  }

  /**
   * The writes that give the chat to `next`, also if it is a stub or not there yet. None if the chat belongs to `next`
   * already.
   */
  function giving(
    chatKey: string,
    before: ChatRow | Stub | undefined,
    account: string,
    next: Belonging,
    settings: Roles,
  ): Write[] {
    if (before && isDeepStrictEqual(belongingOf(before), belongingOf(next))) return [];
    if (!before || !isChat(before)) {
      const stub = stubAttributesOf({ account, ...next });
      return [changeOf(chatKey, before?.version ?? 0, stub)];
    }
    const { contact: _, ...rest } = before;
    const { viewers, contact } = next;
    const scope = viewerScope(account, before.channelId, viewers, settings).id;
    const gone = furtherViewers(before).filter((viewer) => !furtherViewers(next).includes(viewer));
    const come = furtherViewers(next).filter((viewer) => !furtherViewers(before).includes(viewer));
    const moved = scope !== before.scope || gone.length > 0 || come.length > 0;
    const row: ChatRow = {
      ...rest,
      version: before.version + 1,
      viewers,
      ...(contact && { contact }),
      // An unowned client becomes a new client as soon as they write again.
      ...(isUnowned(next) && forgotten(before)),
      ...(viewers[0] !== before.viewers[0] && { timer: unmarked(before.timer) }),
      ...(moved && { scope, places: placedNow(before.places) }),
    };
    return [
      saving(row),
      ...gone.map((viewer) => ({ Delete: { TableName: table, Key: { c: chatKey, s: besideKey(viewer) } } })),
      ...come.map((viewer) => besideOf(row, viewer)),
    ];
  }

  /** What becomes of a chat whose client is nobody's: their next message is news, and nobody has answered them. */
  function forgotten({ chat }: ChatRow): Partial<ChatRow> {
    return { reported: false, reportedUpTo: chat.client?.key, spoken: false, nobodysAt: clock.now() };
  }

  /**
   * Moves the chat to the scope that the settings give it, and notes whether its channel draws turns. False if the chat
   * is no longer as it was read; then nothing is changed.
   */
  async function place(row: ChatRow, settings: ChannelSettings): Promise<boolean> {
    const scope = viewerScope(row.account, row.channelId, row.viewers, settings).id;
    const begins = drawsTurns(settings) && isUnowned(row) && !row.rotates;
    if (scope === row.scope && !begins) return true;
    const placed: ChatRow = {
      ...row,
      version: row.version + 1,
      ...(scope !== row.scope && { scope, places: placedNow(row.places) }),
      ...(begins && { rotates: true }),
      ...(begins && row.chat.openKey === undefined && { reportedUpTo: row.chat.client?.key }),
    };
    return transact(client, [saving(placed)], clock.deadline(SAVE_MS));
  }

  /**
   * The places with a new `placedAt`: readers of the rest must not skip an unanswered chat that has just moved
   * (`wasAmongUnanswered`).
   */
  function placedNow(places: Places): Places {
    return places.unanswered === undefined ? places : { ...places, placedAt: clock.now() };
  }

  /** The write of the whole chat, if the stored version is the one before. */
  function saving(row: ChatRow): Write {
    return changeOf(row.key, row.version - 1, attributesOf(row));
  }

  /** The write of attributes of the chat, if its version is still `loaded`; 0 if it was not there. */
  function changeOf(chatKey: string, loaded: number, attributes: Readonly<Record<string, unknown>>): Write {
    const change = setting({ ...attributes, ver: loaded + 1 }, ifStill('ver', loaded));
    return { Update: { TableName: table, Key: { c: chatKey, s: CHAT }, ...change } };
  }

  /** The write of a new timer and guard, if the chat is otherwise still as it was read. */
  function timing({ key, version, timer, guardedAt }: ChatRow): Write {
    return changeOf(key, version, { t: timer, g: guardedAt });
  }

  /** The write that marks the chat of a late client with its wait. None if it is marked already, or waits no more. */
  function lateness(row: ChatRow): Write[] {
    const of = waitOf(waitIn(row));
    return of === undefined || timerOf(waitIn(row)) ? [] : [timing({ ...row, timer: { of } })];
  }

  /** The check that the chat is still as it was read. */
  function unchanged({ key, version }: Stub): Write {
    return { ConditionCheck: { TableName: table, Key: { c: key, s: CHAT }, ...ifStill('ver', version) } };
  }

  /** The row of a further viewer beside the chat: the same places, in that viewer's partition. */
  function besideOf({ key, account, places }: ChatRow, viewer: string): Write {
    const { unanswered: u, rest: r } = places;
    return { Put: { TableName: table, Item: { c: key, s: besideKey(viewer), v: viewerId(account, viewer), u, r } } };
  }

  return {
    load,
    loadAll,
    get,
    getAll,
    nameByHash,
    keysByHash,
    save,
    giving,
    timing,
    lateness,
    unchanged,
    place,
    ...createCandidates(deps),
  };
}

/** The timer without its mark: another user has the client now. */
function unmarked(timer: Timer | undefined): Timer | undefined {
  if (!timer) return undefined;
  const { leavesAt: _, liftedAt: _lifted, back: _back, ...kept } = timer;
  return kept;
}

function besideKey(viewer: string): string {
  return `viewer#${viewer}`;
}

/** All viewers but the first have rows of their own beside the chat. */
function furtherViewers({ viewers }: Belonging): readonly string[] {
  return viewers.slice(1);
}

function belongingOf({ viewers, contact }: Belonging) {
  return { viewers, contact };
}
