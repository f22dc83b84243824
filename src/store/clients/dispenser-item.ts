import * as z from 'zod/mini';
import type { Lapse } from '#domain/lapse';
import type { Roster } from '#domain/rotation';
import { UnreadableItemError } from '#store/dynamo/errors';
import { outsideNames } from '#store/dynamo/outside-names';

const rosterSchema = z.object({
  at: z.number(),
  o: z.array(z.string()),
  x: z.array(z.tuple([z.string(), z.string()])),
});

/**
 * Every other attribute is a claim: the name of an address and its turn. The name of an address contains a `#`, the
 * names below do not.
 */
const dispenserSchema = z.catchall(
  z.object({
    ch: z.string(),
    s: z.string(),
    /** The next turn. It and the rosters are there from the first roster on. */
    n: z.optional(z.number()),
    /** The rosters, the newest first: the one in force, and those by which a claim's turn was drawn. */
    r: z.optional(z.array(rosterSchema)),
    /** Grows with every change but a claim. */
    ver: z.optional(z.number()),
    /** The turns of clients who were no longer unowned when their addresses were read, and a time after that read. */
    done: z.optional(z.object({ at: z.number(), turns: z.array(z.number()) })),
    /** The order of returns. Absent before the first roster, and in what an older version stored. */
    q: z.optional(z.array(z.string())),
    /** How many returns in a row each user had, and when the last was. */
    lapses: z.optional(outsideNames(z.tuple([z.number(), z.number()]))),
  }),
  z.number(),
);

/** The rotation of a channel as it is stored. */
export interface Dispenser {
  readonly channelId: string;
  readonly next: number;
  /** The newest first. */
  readonly rosters: readonly Roster[];
  /** The turns of clients, by the names of their addresses in this item. */
  readonly claims: ReadonlyMap<string, number>;
  readonly version: number;
  readonly done?: { readonly at: number; readonly turns: readonly number[] };
  /** The order of returns: the user who has waited longest for one first (T5). */
  readonly returns: readonly string[];
  /** The lapses of users, by their ids (T11). */
  readonly lapses: Lapses;
}

/** The lapses of users, by their ids. */
export type Lapses = Readonly<Record<string, Lapse>>;

/** The key of a channel's rotation. */
export function keyOf(channelId: string) {
  return { ch: channelId, s: '-' };
}

/** The lapses of a user of the rotation. Undefined if they had none. */
export function lapseOf({ lapses }: Dispenser, userId: string): Lapse | undefined {
  return Object.hasOwn(lapses, userId) ? lapses[userId] : undefined;
}

/** The roster as it is stored. */
export function rosterItem({ at, order, passedOver }: Roster) {
  return { at, o: order, x: passedOver.map(({ userId, reason }) => [userId, reason]) };
}

/** The rotation of an item; that of a channel without a roster if there is no item. */
export function readDispenser(channelId: string, item: Record<string, unknown> | undefined): Dispenser {
  const parsed = dispenserSchema.safeParse(item ?? keyOf(channelId));
  if (!parsed.success) throw new UnreadableItemError('dispensers', { cause: parsed.error });
  const { ch, s, n, r = [], ver, done, q, lapses = {}, ...claims } = parsed.data;
  return {
    channelId,
    next: n ?? 1,
    rosters: r.map(({ at, o, x }) => ({
      at,
      order: o,
      passedOver: x.map(([userId, reason]) => ({ userId, reason })),
    })),
    returns: q ?? r[0]?.o ?? [],
    lapses,
    claims: new Map(Object.entries(claims)),
    version: ver ?? 0,
    ...(done && { done }),
  };
}
