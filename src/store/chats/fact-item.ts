import * as z from 'zod/mini';
import type { Fact, Seen, Sends } from '#domain/fact';
import type { Author, Content } from '#domain/message';
import { CONTENT_TYPES } from '#domain/message';
import { boundCovers } from '#domain/seen';
import { schemaOf } from '#schema-of';
import { UnreadableItemError } from '#store/dynamo/errors';

const profile = z.object({ name: z.exactOptional(z.string()), username: z.exactOptional(z.string()) });

const author = schemaOf<Author>()(
  z.object({
    id: z.exactOptional(z.string()),
    name: z.exactOptional(z.string()),
    username: z.exactOptional(z.string()),
  }),
);

const contentType = z.enum(CONTENT_TYPES);

const optionalText = z.exactOptional(z.string());
const optionalNumber = z.exactOptional(z.number());

const media = z.object({
  fileId: optionalText,
  file: optionalText,
  name: optionalText,
  mimeType: optionalText,
  size: optionalNumber,
  durationSeconds: optionalNumber,
  emoji: optionalText,
});

/** The content of a message, as facts and edits store it. */
export const contentSchema = schemaOf<Content>()(
  z.object({
    type: contentType,
    kind: optionalText,
    text: optionalText,
    media: z.exactOptional(media),
    furtherMedia: z.exactOptional(z.array(media)),
    location: z.exactOptional(
      z.object({ latitude: z.number(), longitude: z.number(), title: optionalText, address: optionalText }),
    ),
    vcards: z.exactOptional(
      z.array(
        z.object({
          name: optionalText,
          phone: optionalText,
          isSender: z.exactOptional(z.boolean()),
          text: optionalText,
        }),
      ),
    ),
    poll: z.exactOptional(z.object({ question: z.string(), options: z.array(z.string()) })),
    forwarded: z.exactOptional(z.object({ from: optionalText, at: optionalNumber })),
    quoted: z.exactOptional(
      z.object({
        providerId: optionalText,
        time: optionalNumber,
        type: z.exactOptional(contentType),
        kind: optionalText,
        text: optionalText,
        authorName: optionalText,
      }),
    ),
    albumId: optionalText,
    referral: optionalText,
    pressed: optionalText,
    raw: optionalText,
  }),
);

/** What a writer has seen, as answers and chats store it. */
export const seenSchema = schemaOf<Seen>()(
  z.object({
    from: z.string(),
    low: z.string(),
    upTo: z.string(),
    at: z.number(),
    ids: z.array(z.string()),
  }),
);

const isTrue = z.exactOptional(z.literal(true));

/** What a reply sends beside its content, as facts store it. */
const sendsSchema = schemaOf<Sends>()(
  z.object({
    buttons: z.exactOptional(
      z.object({
        place: z.enum(['inline', 'reply']),
        rows: z.array(z.array(z.object({ text: z.string(), payload: optionalText, url: optionalText }))),
        oneTime: isTrue,
        removes: isTrue,
      }),
    ),
    template: z.exactOptional(
      z.object({
        templateId: z.string(),
        name: z.string(),
        language: z.string(),
        values: z.array(z.string()),
        payloads: z.exactOptional(z.array(z.string())),
      }),
    ),
  }),
);

const stored = { key: z.string(), storedAt: z.number(), author };
const personIds = z.exactOptional(z.array(z.object({ chatType: z.string(), chatId: z.string() })));
const told = { ...stored, fromEdit: isTrue, history: isTrue, standby: isTrue, ids: personIds };

const factSchema = schemaOf<Fact>()(
  z.discriminatedUnion('kind', [
    z.object({
      ...told,
      kind: z.literal('client'),
      opens: z.boolean(),
      content: contentSchema,
      via: optionalText,
      topic: optionalText,
      became: personIds,
    }),
    z.object({
      ...told,
      kind: z.literal('echo'),
      content: contentSchema,
      by: z.exactOptional(z.enum(['automatic', 'us'])),
      ours: optionalText,
      from: optionalText,
      client: z.exactOptional(profile),
    }),
    z.object({
      ...stored,
      kind: z.literal('reply'),
      content: contentSchema,
      covers: z.exactOptional(seenSchema),
      attempt: z.number(),
      attemptAt: optionalNumber,
      refused: z.exactOptional(z.number()),
      crmMessageId: optionalText,
      fromPage: z.exactOptional(z.literal(true)),
      via: optionalText,
      topic: optionalText,
      sends: z.exactOptional(sendsSchema),
    }),
    z.object({
      ...stored,
      kind: z.literal('no-reply-needed'),
      reason: z.exactOptional(z.string()),
      covers: seenSchema,
      withdrawnAt: z.exactOptional(z.number()),
    }),
    z.object({
      ...stored,
      kind: z.literal('still-owed'),
      of: z.string(),
      withdrawnAt: z.exactOptional(z.number()),
    }),
  ]),
);

/**
 * The fact that an item of `messages` holds, its `covers` within what its writer can have seen; throws
 * `UnreadableItemError` if it holds none.
 */
export function readFact(item: Record<string, unknown>): Fact {
  const parsed = factSchema.safeParse({ ...item, key: item.k });
  if (!parsed.success) throw new UnreadableItemError('messages', { cause: parsed.error });
  const fact = parsed.data;
  if (!('covers' in fact) || fact.covers === undefined) return fact;
  return { ...fact, covers: boundCovers(fact.covers, fact) };
}

/** The item of a fact. Every write that rings sets `changedAt`, for the watchdog. */
export function factItem(chatKey: string, { key, ...fact }: Fact): Record<string, unknown> {
  return { c: chatKey, k: key, ...fact, changedAt: fact.storedAt };
}
