import * as z from 'zod/mini';
import type { Fact } from '#domain/fact';
import { UnreadableItemError } from '#store/dynamo/errors';

const author = z.object({
  id: z.optional(z.string()),
  name: z.optional(z.string()),
  username: z.optional(z.string()),
});

const contentType = z.enum([
  'text',
  'image',
  'audio',
  'video',
  'document',
  'vcard',
  'geo',
  'unsupported',
  'missing_call',
  'unknown',
  'system',
]);

const optionalText = z.optional(z.string());
const optionalNumber = z.optional(z.number());

const content = z.object({
  type: contentType,
  kind: optionalText,
  text: optionalText,
  media: z.optional(
    z.object({
      fileId: optionalText,
      name: optionalText,
      mimeType: optionalText,
      size: optionalNumber,
      durationSeconds: optionalNumber,
      emoji: optionalText,
    }),
  ),
  location: z.optional(
    z.object({ latitude: z.number(), longitude: z.number(), title: optionalText, address: optionalText }),
  ),
  vcards: z.optional(
    z.array(
      z.object({ name: optionalText, phone: optionalText, isSender: z.optional(z.boolean()), text: optionalText }),
    ),
  ),
  poll: z.optional(z.object({ question: z.string(), options: z.array(z.string()) })),
  forwarded: z.optional(z.object({ from: optionalText, at: optionalNumber })),
  quoted: z.optional(
    z.object({
      providerId: optionalText,
      time: optionalNumber,
      type: z.optional(contentType),
      kind: optionalText,
      text: optionalText,
      authorName: optionalText,
    }),
  ),
  albumId: optionalText,
  referral: optionalText,
  raw: optionalText,
});

/** What was seen, as it is stored in answers and in chats. */
export const seenSchema = z.object({
  from: z.string(),
  low: z.string(),
  upTo: z.string(),
  at: z.number(),
  ids: z.array(z.string()),
});

const stored = { key: z.string(), storedAt: z.number(), author };

const factSchema = z.discriminatedUnion('kind', [
  z.object({ ...stored, kind: z.literal('client'), opens: z.boolean(), content, via: z.optional(z.string()) }),
  z.object({ ...stored, kind: z.literal('echo'), content }),
  z.object({
    ...stored,
    kind: z.literal('reply'),
    content,
    covers: z.optional(seenSchema),
    attempt: z.number(),
    refused: z.optional(z.number()),
    via: z.optional(z.string()),
  }),
  z.object({
    ...stored,
    kind: z.literal('no-reply-needed'),
    reason: z.optional(z.string()),
    covers: seenSchema,
    withdrawnAt: z.optional(z.number()),
  }),
]);

/** The fact that an item of `messages` holds; throws `UnreadableItemError` where it holds none. */
export function readFact(item: Record<string, unknown>): Fact {
  const parsed = factSchema.safeParse({ ...item, key: item.k });
  if (!parsed.success) throw new UnreadableItemError('messages', { cause: parsed.error });
  return parsed.data as Fact;
}

/** The item of a fact; `changedAt` is set by every write that rings, for the watchdog. */
export function factItem(chatKey: string, { key, ...fact }: Fact): Record<string, unknown> {
  return { c: chatKey, k: key, ...fact, changedAt: fact.storedAt };
}
