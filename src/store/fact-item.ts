import * as z from 'zod/mini';
import type { Fact } from '#domain/fact';
import { UnreadableItemError } from '#store/errors';

const author = z.object({
  id: z.optional(z.string()),
  name: z.optional(z.string()),
  username: z.optional(z.string()),
});

const content = z.object({
  type: z.enum([
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
  ]),
  text: z.optional(z.string()),
  raw: z.optional(z.string()),
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
    quotes: z.optional(z.string()),
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
