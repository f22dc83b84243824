import * as z from 'zod/mini';
import { shortHash } from '#domain/hash';
import { DAY_MS } from '#domain/schedule';
import { timeKey, timeOf } from '#domain/time-key';
import { type CountedWait, OUTCOMES, type WaitAuthor, type WaitOutcome } from '#domain/waits';
import { schemaOf } from '#schema-of';
import { UnreadableItemError } from '#store/dynamo/errors';

/** The row of a wait that has ended. It names nothing of the client. */
export interface WaitRow extends CountedWait {
  /** Its place among those of the channel: the time of its first message and a hash. */
  readonly place: string;
  /** The version of the chat from which it follows. */
  readonly version: number;
}

interface StoredWait {
  readonly ch: string;
  readonly s: string;
  readonly end: number;
  readonly how: WaitOutcome;
  readonly by: WaitAuthor['by'];
  readonly user?: string;
  readonly to?: string;
  readonly since?: number;
  readonly first?: true;
  readonly v: number;
}

const itemSchema = schemaOf<StoredWait>()(
  z.object({
    ch: z.string(),
    s: z.string(),
    end: z.number(),
    how: z.enum(OUTCOMES),
    by: z.enum(['user', 'crm', 'phone']),
    user: z.exactOptional(z.string()),
    to: z.exactOptional(z.string()),
    since: z.exactOptional(z.number()),
    first: z.exactOptional(z.literal(true)),
    v: z.number(),
  }),
);

/** Longer than any period that may be asked for. */
export const KEPT_MS = 401 * DAY_MS;

/** The beginning of the oldest day in UTC of which no wait is gone yet (epoch ms). */
export function keptFrom(now: number): number {
  return Math.ceil((now - KEPT_MS) / DAY_MS) * DAY_MS;
}

/** The place of the wait that begins with that message at that time (epoch ms). */
export function waitPlace(chatKey: string, messageKey: string, startedAt: number): string {
  return timeKey(startedAt, shortHash(`${chatKey} ${messageKey}`));
}

/** The item of a wait, with the epoch second after which it may go. */
export function waitItem({ channelId, place, ...row }: WaitRow): Record<string, unknown> {
  const { startedAt, endedAt, outcome, author, responsible, isFirst, version } = row;
  const item: StoredWait = {
    ch: channelId,
    s: place,
    end: endedAt,
    how: outcome,
    by: author.by,
    ...(author.by === 'user' && { user: author.userId }),
    ...(responsible && { to: responsible.userId, since: responsible.since }),
    ...(isFirst && { first: true }),
    v: version,
  };
  return { ...item, ttl: Math.ceil((startedAt + KEPT_MS) / 1000) };
}

/** The wait that an item holds; throws `UnreadableItemError` if it holds none. */
export function readWait(item: Record<string, unknown>): WaitRow {
  const parsed = itemSchema.safeParse(item);
  if (!parsed.success) throw new UnreadableItemError('waits', { cause: parsed.error });
  const { ch, s, end, how, by, user = '', to, since, first, v } = parsed.data;
  return {
    channelId: ch,
    place: s,
    startedAt: timeOf(s),
    endedAt: end,
    outcome: how,
    author: by === 'user' ? { by, userId: user } : { by },
    ...(to !== undefined && since !== undefined && { responsible: { userId: to, since } }),
    isFirst: first === true,
    version: v,
  };
}
