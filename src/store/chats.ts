import { GetCommand, PutCommand, QueryCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod/mini';
import type { Chat } from '#domain/chat';
import { shortHash } from '#domain/hash';
import { type Places, placesOf } from '#domain/list';
import { type ChatId, chatOfKey } from '#domain/message';
import { chatHashOf } from '#domain/message-id';
import { batchGet } from '#store/batch-get';
import { type StoreDeps, tableName } from '#store/client';
import { isConditionFailure, UnreadableItemError } from '#store/errors';
import { seenSchema } from '#store/fact-item';

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

const rowSchema = z.object({
  c: z.string(),
  account: z.string(),
  ver: z.number(),
  viewers: z.array(z.string()),
  /** Absent in a stub, which a change of a contact makes before the first message is folded. */
  chat: z.optional(chatSchema),
  u: optionalString,
  r: optionalString,
  placedAt: optionalNumber,
});

/** A stored chat: its state, and what the store adds to it. */
export interface ChatRow extends ChatId {
  readonly key: string;
  readonly account: string;
  /** Grows with every write; the fold saves on condition of it. */
  readonly version: number;
  /** Who is responsible, the contact's first; empty when nobody, and the chat is in its channel's pool. */
  readonly viewers: readonly string[];
  readonly chat: Chat;
  readonly places: Places;
}

/** A chat that a change of its contact announced, and that no message has made yet. */
export type Stub = Omit<ChatRow, 'chat' | 'places'>;

/** A partition of a pair of indexes: a channel, or a viewer. */
export interface Scope {
  readonly kind: 'channel' | 'viewer';
  readonly id: string;
}

/** A candidate for a list: the chat, and its place in the block that was asked for. */
export interface Candidate {
  readonly key: string;
  readonly place: string;
}

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

  /** The chats as they are now, without those that are gone; the order is not kept. */
  async function getAll(chatKeys: readonly string[]): Promise<ChatRow[]> {
    const items = await batchGet(
      client,
      table,
      chatKeys.map((c) => ({ c, s: CHAT })),
    );
    return items.map(readRow).filter(isChat);
  }

  /** Lets a message id lead to the chat. Repeating it changes nothing. */
  async function nameByHash(chatKey: string): Promise<void> {
    await client.send(new PutCommand({ TableName: table, Item: { c: `m#${chatHashOf(chatKey)}`, s: chatKey } }));
  }

  /**
   * Saves what a fold computed, if the chat is still as `before` was loaded; undefined where it is not. `viewers` are
   * those of the address, and count only for a chat that has none of its own yet.
   */
  async function save(
    chatKey: string,
    chat: Chat,
    before: ChatRow | Stub | undefined,
    created: { account: string; viewers: readonly string[] },
  ): Promise<ChatRow | undefined> {
    const { channelId } = chatOfKey(chatKey);
    const places = placesOf(
      chat,
      shortHash(chatKey),
      before && isChat(before) ? before.places : undefined,
      clock.now(),
    );
    const viewers = before?.viewers ?? created.viewers;
    const gone = [...(places.unanswered === undefined ? ['u', 'placedAt'] : [])];
    try {
      const { Attributes } = await client.send(
        new UpdateCommand({
          TableName: table,
          Key: { c: chatKey, s: CHAT },
          UpdateExpression: [
            'SET #chat = :chat, ver = :next, ch = :channel, #v = :viewer, r = :rest',
            ', account = if_not_exists(account, :account), viewers = if_not_exists(viewers, :viewers)',
            places.unanswered === undefined ? '' : ', u = :unanswered, placedAt = :placedAt',
            gone.length > 0 ? ` REMOVE ${gone.join(', ')}` : '',
          ].join(''),
          ConditionExpression: before ? 'ver = :loaded' : 'attribute_not_exists(ver)',
          ExpressionAttributeNames: { '#chat': 'chat', '#v': 'v' },
          ExpressionAttributeValues: {
            ':chat': chat,
            ':next': (before?.version ?? 0) + 1,
            ':channel': channelId,
            ':viewer': viewerScope(created.account, channelId, viewers).id,
            ':rest': places.rest,
            ':account': created.account,
            ':viewers': viewers,
            ...(places.unanswered !== undefined && {
              ':unanswered': places.unanswered,
              ':placedAt': places.placedAt,
            }),
            ...(before && { ':loaded': before.version }),
          },
          ReturnValues: 'ALL_NEW',
        }),
        { abortSignal: clock.deadline(SAVE_MS) },
      );
      return readRow(Attributes ?? {}) as ChatRow;
    } catch (error) {
      if (isConditionFailure(error)) return undefined;
      throw error;
    }
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

  return { load, get, getAll, nameByHash, save, candidates };
}

/** The partition of the viewers' indexes in which a chat stands: its first viewer's, or its channel's pool. */
export function viewerScope(account: string, channelId: string, viewers: readonly string[]): Scope {
  const [first] = viewers;
  return { kind: 'viewer', id: first === undefined ? `${account}#pool#${channelId}` : `${account}#${first}` };
}

/** Whether a message made the chat already. */
export function isChat(row: ChatRow | Stub): row is ChatRow {
  return 'chat' in row;
}

function readRow(item: Record<string, unknown>): ChatRow | Stub {
  const parsed = rowSchema.safeParse(item);
  if (!parsed.success) throw new UnreadableItemError('chats', { cause: parsed.error });
  const { c, account, ver, viewers, chat, u, r, placedAt } = parsed.data;
  const stub = { ...chatOfKey(c), key: c, account, version: ver, viewers };
  if (!chat || r === undefined) return stub;
  const places = {
    rest: r,
    ...(u !== undefined && { unanswered: u }),
    ...(placedAt !== undefined && { placedAt }),
  };
  return { ...stub, chat: chat as Chat, places };
}
