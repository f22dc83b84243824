import * as z from 'zod/mini';
import type { Content } from '#domain/message';
import { schemaOf } from '#schema-of';
import { contentSchema } from '#store/chats/fact-item';
import { UnreadableItemError } from '#store/dynamo/errors';
import { OUTCOME_PREFIX } from '#store/dynamo/stream';

/** What became of a message. It stands beside the fact and never on it, so that it may come first. */
export interface Outcome {
  readonly status?: 'sent' | 'error';
  /** The attempt that ended with this status. */
  readonly attempt?: number;
  /** The messenger's id of our message. */
  readonly providerId?: string;
  readonly error?: FailureReason;
  /** When we stored the status, or the last receipt. Earlier releases did not note it. */
  readonly statusAt?: number;
  /** When we made the call that sent it. Watermarks that are older say nothing of it. */
  readonly calledAt?: number;
  /** When we stored that the attempt was sent, if a receipt refused it later. */
  readonly sentAt?: number;
  /** When we first heard that it was delivered. Absent if it was read before. */
  readonly deliveredAt?: number;
  /** When we first heard that it was read, or played. */
  readonly readAt?: number;
  /** The messenger failed to deliver it. That ends the attempt, whatever else is heard of it. */
  readonly failed?: Failure;
  /** Of a chat's watermarks: our messages up to then (epoch ms, the messenger's clock) were delivered, or read. */
  readonly deliveredUpTo?: number;
  readonly readUpTo?: number;
  /** The same by the numbers that the messenger gives the messages of the chat. */
  readonly deliveredUpToNumber?: number;
  readonly readUpToNumber?: number;
  /** The key of our reply. */
  readonly reply?: string;
  /** The key of the echo that came with the same id. With `reply` it is our own send that came back. */
  readonly echo?: string;
  /** The key of the message, if an edit told it and it is no reply of ours. */
  readonly fact?: string;
  readonly edit?: Edit;
  readonly reaction?: Reaction;
  readonly deletedAt?: number;
}

/** Why the messenger refused a message. `reason` is a word of the compatible API, the others are the messenger's. */
export interface FailureReason {
  readonly code: string;
  readonly description: string;
  readonly reason?: string;
}

/** What a receipt said that failed, and when, by the messenger's clock (epoch ms). */
export interface Failure extends FailureReason {
  readonly at: number;
}

/** The latest of its kind, by the messenger's clock. `sequence` orders those of the same time. */
export interface Latest {
  readonly at: number;
  readonly sequence?: number;
}

/** What a message says now. */
export interface Edit extends Latest {
  readonly content: Content;
}

/** The client's present reaction to a message. */
export interface Reaction extends Latest {
  readonly emojis: readonly string[];
}

const why = { code: z.string(), description: z.string(), reason: z.exactOptional(z.string()) };

const latest = { at: z.number(), sequence: z.exactOptional(z.number()) };

const outcomeSchema = schemaOf<Outcome>()(
  z.object({
    status: z.exactOptional(z.enum(['sent', 'error'])),
    attempt: z.exactOptional(z.number()),
    providerId: z.exactOptional(z.string()),
    error: z.exactOptional(z.object(why)),
    statusAt: z.exactOptional(z.number()),
    calledAt: z.exactOptional(z.number()),
    sentAt: z.exactOptional(z.number()),
    deliveredAt: z.exactOptional(z.number()),
    readAt: z.exactOptional(z.number()),
    failed: z.exactOptional(z.object({ ...why, at: z.number() })),
    deliveredUpTo: z.exactOptional(z.number()),
    readUpTo: z.exactOptional(z.number()),
    deliveredUpToNumber: z.exactOptional(z.number()),
    readUpToNumber: z.exactOptional(z.number()),
    reply: z.exactOptional(z.string()),
    echo: z.exactOptional(z.string()),
    fact: z.exactOptional(z.string()),
    edit: z.exactOptional(z.object({ ...latest, content: contentSchema })),
    reaction: z.exactOptional(z.object({ ...latest, emojis: z.array(z.string()) })),
    deletedAt: z.exactOptional(z.number()),
  }),
);

/** The sort key of the outcome of the message with that id. */
export function outcomeKey(id: string): string {
  return `${OUTCOME_PREFIX}${id}`;
}

/** The outcome that an item of `messages` holds; throws `UnreadableItemError` if it holds something else. */
export function readOutcome(item: Record<string, unknown>): Outcome {
  const parsed = outcomeSchema.safeParse(item);
  if (!parsed.success) throw new UnreadableItemError('messages', { cause: parsed.error });
  return parsed.data;
}
