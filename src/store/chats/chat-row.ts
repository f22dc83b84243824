import * as z from 'zod/mini';
import type { Chat } from '#domain/chat';
import type { Places } from '#domain/list';
import { type ChatId, chatOfKey } from '#domain/message';
import type { Belonging } from '#domain/ownership';
import type { LinkedId } from '#domain/person-ids';
import { visibleName } from '#domain/profile';
import { readableSeen } from '#domain/seen';
import type { TimedChat, Timer } from '#domain/timer';
import type { NoFields } from '#no-fields';
import { schemaOf } from '#schema-of';
import { seenSchema } from '#store/chats/fact-item';
import { lengthenKeys, shortenKeys } from '#store/chats/short-keys';
import { UnreadableItemError } from '#store/dynamo/errors';

const optionalString = z.exactOptional(z.string());
const optionalNumber = z.exactOptional(z.number());

const profileSchema = z.object({ key: z.string(), name: optionalString, username: optionalString });

/** Version 0.1.0 stored the client's name with their newest message, and no profile. */
interface StoredChat extends Chat {
  readonly client?: NonNullable<Chat['client']> & { readonly name?: string };
}

const chatSchema = schemaOf<StoredChat>()(
  z.object({
    openKey: optionalString,
    unansweredSince: optionalNumber,
    unansweredCount: z.number(),
    lastMessageAt: z.number(),
    lastKey: z.string(),
    preview: z.string(),
    lastBy: z.exactOptional(z.enum(['team', 'refused'])),
    imported: z.exactOptional(z.literal(true)),
    wordKey: z.string(),
    noReplyNeeded: z.exactOptional(
      z.object({ key: z.string(), userId: optionalString, at: z.number(), reason: optionalString }),
    ),
    stillOwed: z.exactOptional(z.object({ userId: optionalString, at: z.number() })),
    client: z.exactOptional(
      z.object({ key: z.string(), name: optionalString, via: optionalString, topic: optionalString }),
    ),
    profile: z.exactOptional(profileSchema),
    seen: seenSchema,
  }),
);

function readChat({ client: stored, ...chat }: StoredChat): Chat {
  if (!stored) return chat;
  const { name, ...client } = stored;
  const seen = visibleName(name);
  return { ...chat, client, ...(seen !== undefined && !chat.profile && { profile: { key: client.key, name: seen } }) };
}

/**
 * Ids are short in a chat, because most messages write it: the id, when it was told, and 1 if it took another's place, or
 * 2 if it is somebody else's by now.
 */
const idsSchema = z.array(z.tuple([z.string(), z.number(), z.optional(z.literal([1, 2]))]));

const timerSchema = z.object({
  of: z.number(),
  leavesAt: optionalNumber,
  back: z.exactOptional(z.literal(true)),
  liftedAt: optionalNumber,
  told: optionalNumber,
  reminded: optionalNumber,
  stands: z.exactOptional(z.literal(true)),
  resumedAt: optionalNumber,
});

const belongingSchema = {
  viewers: z.array(z.string()),
  contact: z.exactOptional(z.object({ id: z.string(), name: z.string() })),
};

const rowSchema = z.object({
  c: z.string(),
  account: z.string(),
  ver: z.number(),
  ...belongingSchema,
  v: optionalString,
  told: z.exactOptional(z.boolean()),
  left: optionalString,
  turns: z.exactOptional(z.boolean()),
  /** Absent in a stub. */
  chat: z.exactOptional(chatSchema),
  u: optionalString,
  r: optionalString,
  placedAt: optionalNumber,
  begin: optionalNumber,
  ids: z.exactOptional(idsSchema),
  e: optionalNumber,
  spoken: z.exactOptional(z.boolean()),
  nobodysAt: optionalNumber,
  t: z.exactOptional(timerSchema),
  g: optionalNumber,
});

/** A chat that a change of its contact made before its first message was folded. */
export interface Stub extends ChatId, Belonging {
  readonly key: string;
  readonly account: string;
  /** Grows with every write. The fold saves only if it is the one that was loaded. */
  readonly version: number;
}

/** A stored chat: its state, and the fields that the store adds. */
export interface ChatRow extends Stub {
  readonly chat: Chat;
  readonly places: Places;
  /** The partition of the viewers' indexes in which the chat stands. */
  readonly scope: string;
  /** Whether the address was told, since it last became unowned, that the client wrote. Stored as `told`. */
  readonly reported: boolean;
  /**
   * The newest client message when the address became unowned, or when the unowned client was answered. A newer message
   * is news to the address. Stored as `left`.
   */
  readonly reportedUpTo?: string | undefined;
  /**
   * Whether the channel gives new clients out in turn, or once did. Only then is a new message of an unowned client
   * news again after an answer. Stored as `turns`.
   */
  readonly rotates: boolean;
  /** What was said before that time is erased, and no part of the chat (epoch ms, the messenger's clock). */
  readonly begin?: number | undefined;
  /** The ids of the person that the chat has linked, the newest first. */
  readonly ids?: readonly LinkedId[];
  /** When Konvert had the wait that the chat is in (epoch ms). Stored as `e`. */
  readonly enteredAt?: number | undefined;
  /** Whether a person has answered in the chat, since its client last became nobody's. */
  readonly spoken?: boolean | undefined;
  /** When its client became nobody's for the last time (epoch ms). What was answered before is forgotten. */
  readonly nobodysAt?: number | undefined;
  /** What was done about the wait that the chat is in. Stored as `t`. */
  readonly timer?: Timer | undefined;
  /**
   * Since when a reply in the chat is noticed before it is stored, because the client may leave by another chat of theirs
   * (epoch ms). A reply removes it. Stored as `g`.
   */
  readonly guardedAt?: number | undefined;
}

/** Whether the row is a chat and no longer a stub. */
export function isChat(row: ChatRow | Stub): row is ChatRow {
  return 'chat' in row;
}

/** The wait that the chat is in, as the rules of waiting see it. */
export function waitIn({ chat, enteredAt, timer }: ChatRow): TimedChat {
  const { openKey, unansweredSince } = chat;
  return { openKey, unansweredSince, enteredAt, timer };
}

/** All attributes of a chat except its key and version. A save always writes all of them. */
export function attributesOf(row: ChatRow): Record<string, unknown> {
  const { key: _, chatType: _type, chatId: _id, version: _version, ...stored } = row;
  const { channelId, account, viewers, contact, chat, places, scope, reported, reportedUpTo, rotates, ...more } =
    stored;
  const { begin, ids, enteredAt, spoken, nobodysAt, timer, guardedAt, ...rest } = more;
  const { unanswered, rest: restPlace, placedAt, ...otherPlaces } = places;
  rest satisfies NoFields;
  otherPlaces satisfies NoFields;
  return {
    account,
    viewers,
    contact,
    chat: shortenKeys(chat),
    ch: channelId,
    v: scope,
    u: unanswered,
    r: restPlace,
    placedAt,
    told: reported || undefined,
    left: reportedUpTo,
    turns: rotates || undefined,
    begin,
    ids: ids && shortIds(ids),
    e: enteredAt,
    spoken: spoken || undefined,
    nobodysAt,
    t: timer,
    g: guardedAt,
  };
}

/** All attributes of a stub except its key and version. */
export function stubAttributesOf({ account, viewers, contact }: Pick<Stub, 'account'> & Belonging) {
  return { account, viewers, contact };
}

/** The chat or stub that an item holds; throws `UnreadableItemError` if it holds neither. */
export function readRow(item: Record<string, unknown>): ChatRow | Stub {
  const parsed = rowSchema.safeParse(item);
  if (!parsed.success) throw new UnreadableItemError('chats', { cause: parsed.error });
  const {
    c,
    account,
    ver,
    viewers,
    contact,
    v,
    told,
    left,
    turns,
    chat: short,
    u,
    r,
    placedAt,
    begin,
    ids,
    e,
    spoken,
    nobodysAt,
    t,
    g,
    ...rest
  } = parsed.data;
  rest satisfies NoFields;
  const stub = { ...chatOfKey(c), key: c, account, version: ver, viewers, ...(contact && { contact }) };
  if (!short || r === undefined || v === undefined) return stub;
  const chat = lengthenKeys(short);
  const places = {
    rest: r,
    ...(u !== undefined && { unanswered: u }),
    ...(placedAt !== undefined && { placedAt }),
  };
  return {
    ...stub,
    chat: { ...readChat(chat), seen: readableSeen(chat.seen) },
    places,
    scope: v,
    reported: told === true,
    reportedUpTo: left,
    rotates: turns === true,
    ...(begin !== undefined && { begin }),
    ...(ids && { ids: ids.map((id) => readId(stub.chatType, id)) }),
    ...(e !== undefined && { enteredAt: e }),
    ...(spoken && { spoken }),
    ...(nobodysAt !== undefined && { nobodysAt }),
    ...(t && { timer: t }),
    ...(g !== undefined && { guardedAt: g }),
  };
}

function readId(chatType: string, [chatId, at, state]: z.infer<typeof idsSchema>[number]): LinkedId {
  return { chatType, chatId, at, ...(state === 1 && { became: true }), ...(state === 2 && { gone: true }) };
}

/** The ids of a chat as they are stored. */
export function shortIds(ids: readonly LinkedId[]): unknown[] {
  return ids.map(({ chatId, at, became, gone }) => [chatId, at, ...(gone ? [2] : became ? [1] : [])]);
}
