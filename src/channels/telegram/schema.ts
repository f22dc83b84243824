import * as z from 'zod/mini';
import { lenient } from '#calls/lenient';
import { UnreadableWebhookError } from '#channels/errors';

/** Seconds up to the last valid `Date`, because later stages may turn times into dates. */
export const unixTime = z.int().check(z.positive(), z.maximum(8.64e12));

// Telegram's ids have a few dozen characters. They become parts of keys, and a key holds 1024 bytes.
const opaqueId = z.string().check(z.minLength(1), z.maxLength(256));

/** https://core.telegram.org/bots/api#user */
export const user = z.object({
  id: z.int(),
  first_name: lenient(z.string()),
  last_name: lenient(z.string()),
  username: lenient(z.string()),
});

/** https://core.telegram.org/bots/api#chat; of a private chat, the names are the client's. */
const chat = z.object({
  id: z.int(),
  type: z.string(),
  first_name: lenient(z.string()),
  last_name: lenient(z.string()),
  username: lenient(z.string()),
});

/** A thread id alone may also name a chain of replies. https://github.com/tdlib/telegram-bot-api/issues/356 */
const topic = {
  message_thread_id: lenient(z.int().check(z.positive())),
  is_topic_message: lenient(z.boolean()),
};

/** https://core.telegram.org/bots/api#message, as far as it is read; all other fields are kept. */
export const messageSchema = z.looseObject({
  message_id: z.int().check(z.nonnegative()),
  date: unixTime,
  edit_date: lenient(unixTime),
  chat,
  from: lenient(user),
  text: lenient(z.string()),
  caption: lenient(z.string()),
  media_group_id: lenient(opaqueId),
  is_from_offline: lenient(z.boolean()),
  ...topic,
});

/** A message in a chat of a business account: the same fields, and the connection that it came by. */
export const businessMessageSchema = z.extend(messageSchema, { business_connection_id: opaqueId });

/**
 * https://core.telegram.org/bots/api#businessconnection; servers before Bot API 9.0 send `can_reply` beside `rights`.
 */
export const businessConnectionSchema = z.object({
  id: opaqueId,
  user: z.object({ id: z.int() }),
  date: unixTime,
  is_enabled: z.boolean(),
  can_reply: lenient(z.boolean()),
  rights: lenient(z.object({ can_reply: lenient(z.boolean()) })),
});

/** Far more than Telegram sends. A length is checked before the elements, each of which may have a fault. */
const MOST_ELEMENTS = 10_000;

/** https://core.telegram.org/bots/api#businessmessagesdeleted */
export const deletedMessagesSchema = z.object({
  business_connection_id: opaqueId,
  chat,
  message_ids: z.array(z.int()).check(z.maxLength(MOST_ELEMENTS)),
});

/** https://core.telegram.org/bots/api#callbackquery; of an inaccessible message only the chat is known. */
export const callbackQuerySchema = z.looseObject({
  id: opaqueId,
  from: user,
  message: z.optional(z.looseObject({ chat, business_connection_id: lenient(opaqueId), ...topic })),
});

/** https://core.telegram.org/bots/api#messagereactionupdated */
export const reactionSchema = z.object({
  chat,
  message_id: z.int(),
  user: lenient(user),
  date: unixTime,
  new_reaction: z.array(z.object({ type: z.string(), emoji: lenient(z.string()) })).check(z.maxLength(MOST_ELEMENTS)),
});

/** https://core.telegram.org/bots/api#chatmemberupdated, of the bot itself */
export const membershipSchema = z.object({
  chat,
  from: user,
  date: unixTime,
  new_chat_member: z.object({ status: z.string() }),
});

/** https://core.telegram.org/bots/api#update: at most one other key says what happened. */
export const updateSchema = z.looseObject({ update_id: z.int() });

export type TelegramUser = z.infer<typeof user>;
export type TelegramBusinessConnection = z.infer<typeof businessConnectionSchema>;
export type TelegramChat = z.infer<typeof chat>;
export type TelegramMessage = z.infer<typeof messageSchema>;
export type TelegramCallbackQuery = z.infer<typeof callbackQuerySchema>;
export type TelegramDeletedMessages = z.infer<typeof deletedMessagesSchema>;
export type TelegramReaction = z.infer<typeof reactionSchema>;
export type TelegramMembership = z.infer<typeof membershipSchema>;

/**
 * Reads a part of a webhook. Throws `UnreadableWebhookError` with the path of the first wrong field, never its content.
 */
export function readWebhook<T extends z.ZodMiniType>(schema: T, place: string, value: unknown): z.infer<T> {
  const read = schema.safeParse(value);
  if (read.success) return read.data;
  throw new UnreadableWebhookError([place, ...(read.error.issues[0]?.path ?? [])].join('.'));
}

/** What every method answers: https://core.telegram.org/bots/api#making-requests */
export const answerSchema = z.object({
  ok: z.boolean(),
  result: z.optional(z.unknown()),
  error_code: lenient(z.int()),
  description: lenient(z.string()),
  parameters: lenient(z.object({ retry_after: lenient(z.number().check(z.positive())) })),
});

/** The result of `getMe`. */
export const botSchema = z.object({
  id: z.int(),
  username: lenient(z.string().check(z.regex(/^\w{1,64}$/))),
  first_name: lenient(z.string()),
});

/** The result of `getWebhookInfo`. The address is empty if no webhook is set. */
export const webhookInfoSchema = z.object({
  url: lenient(z.string()),
  allowed_updates: lenient(z.array(z.string())),
});

/** The result of `getUpdates`. */
export const updatesSchema = z.array(updateSchema);

/** The result of `editMessageText`, of which only the time is read. */
export const editedMessageSchema = z.object({ edit_date: lenient(unixTime) });

/** The result of the methods that send. */
export const sentMessageSchema = z.object({ message_id: z.int() });
