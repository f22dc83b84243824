import * as z from 'zod/mini';
import { lenient } from '#calls/lenient';
import { UnreadableWebhookError } from '#channels/errors';

/** Milliseconds up to the last valid `Date`, because later stages turn times into dates. */
const time = z.int().check(z.positive(), z.maximum(8.64e15));

// Ids become parts of keys, and a key holds 1024 bytes. Konvert itself has an outcome that is called by a tilde.
const id = z.string().check(z.regex(/^(?!~$)[!-~]{1,512}$/));

/** A person or a bot: https://dev.max.ru/docs-api/objects/User */
export const userSchema = z.object({
  user_id: z.int(),
  first_name: lenient(z.string()),
  last_name: lenient(z.string()),
  name: lenient(z.string()),
  username: lenient(z.string()),
  is_bot: lenient(z.boolean()),
});

/** Where a message was sent. In a dialog, the person or the bot that it was sent to is `user_id`. */
const recipient = z.object({
  chat_type: z.string(),
  chat_id: lenient(z.int()),
  user_id: lenient(z.int()),
});

/** https://dev.max.ru/docs-api/objects/Message; all other fields are kept. */
export const messageSchema = z.looseObject({
  // Of a post of a channel there is none.
  sender: lenient(userSchema),
  recipient,
  timestamp: time,
  body: lenient(z.looseObject({ mid: id })),
});

/** https://dev.max.ru/docs-api/objects/Update */
export const updateSchema = z.looseObject({
  update_type: z.string().check(z.minLength(1), z.maxLength(64)),
  timestamp: time,
});

/** An update about a message. */
export const messageUpdateSchema = z.extend(updateSchema, { message: messageSchema });

/** Who deleted which message. Of a dialog nothing else is told. */
export const removalSchema = z.extend(updateSchema, {
  message_id: id,
  chat_id: z.int(),
  user_id: z.int(),
});

/** A pressed button. The message is gone if it was deleted meanwhile. */
export const pressSchema = z.extend(updateSchema, {
  callback: z.object({ timestamp: lenient(time), callback_id: id, payload: lenient(z.string()), user: userSchema }),
  message: lenient(messageSchema),
});

/** A notice about a dialog. */
export const noticeSchema = z.extend(updateSchema, { user: userSchema, payload: lenient(z.string()) });

export type MaxUser = z.infer<typeof userSchema>;
export type MaxMessage = z.infer<typeof messageSchema>;
export type MaxUpdate = z.infer<typeof updateSchema>;

/** Reads an update. Throws `UnreadableWebhookError` with the path of the first wrong field, never its content. */
export function readWebhook<T extends z.ZodMiniType>(schema: T, value: unknown): z.infer<T> {
  const read = schema.safeParse(value);
  if (read.success) return read.data;
  throw new UnreadableWebhookError(['update', ...(read.error.issues[0]?.path ?? [])].join('.'));
}

/** What MAX says no with, and how it says that a request succeeded or not. https://dev.max.ru/docs-api */
export const answerSchema = z.object({
  success: lenient(z.boolean()),
  code: lenient(z.string()),
  message: lenient(z.string()),
});

/** The answer to `GET /me`. */
export const botSchema = userSchema;

/** The answer to `GET /subscriptions`. */
export const subscriptionsSchema = z.object({
  subscriptions: z.array(z.object({ url: z.string(), update_types: lenient(z.nullable(z.array(z.string()))) })),
});

/** The answer to a message that was sent. */
export const sentSchema = z.object({ message: z.object({ body: z.object({ mid: id }) }) });

/** The answer to `GET /updates`. */
export const updatesSchema = z.object({ updates: z.array(z.unknown()), marker: z.nullish(z.int()) });

const token = z.string().check(z.minLength(1), z.maxLength(4096));

/** The answer to `POST /uploads`. Only of video and audio it has the token already. */
export const uploadSchema = z.object({ url: z.string().check(z.maxLength(4096)), token: lenient(token) });

/** The answer to an uploaded file, or to an uploaded picture. */
export const uploadedSchema = z.object({
  token: lenient(token),
  photos: lenient(z.record(z.string(), z.object({ token }))),
});

/** The answer to `GET /videos/{token}`. */
export const videoSchema = z.object({ urls: lenient(z.record(z.string(), z.unknown())) });
