import { inOrder, type PassedOver } from './rotation.ts';

/** Somebody from whom a client was returned, and when (epoch ms). */
export type Had = readonly [userId: string, at: number];

/** The user who gets a returned client. */
export interface NextReturn {
  readonly userId: string;
  /** The user's place in the order of returns, the first being 1. */
  readonly place: number;
  readonly passedOver: readonly PassedOver[];
}

/** Who gets a returned client: a user; nobody who is on now; or nobody at all in this wait (T6). */
export type NextUser =
  | (NextReturn & { readonly outcome: 'next' })
  | { readonly outcome: 'nobody-on'; readonly passedOver: readonly PassedOver[] }
  | { readonly outcome: 'nobody-left'; readonly passedOver: readonly PassedOver[] };

/** Who receives clients of a channel. */
export interface Receivers {
  /** Those with the switch on who may write, whether they are on or not. */
  readonly all: readonly string[];
  /** Those of them who are on. */
  readonly on: readonly string[];
  /** The order of returns as it is stored: the longest without one first. */
  readonly order: readonly string[];
  /** The users who receive nobody now, each with the reason. */
  readonly passedOver: readonly PassedOver[];
  /** Those who have or had the client in this wait. */
  readonly not: ReadonlySet<string>;
}

/** Who receives clients, before and after a change. */
export interface ChangedReceivers {
  readonly before: readonly string[];
  readonly now: readonly string[];
  /** Those who receive nobody now, and will again: they are away, or the channel is closed. */
  readonly out: readonly string[];
}

/**
 * The order of returns after a change of who receives clients: the longest without a return first. Who joins or comes back
 * takes a place behind all others (T5). Those who come back together, as in the morning, stay in their order among themselves.
 * For that, those who are out stand behind all who receive.
 */
export function changedReturns(order: readonly string[], { before, now, out }: ChangedReceivers): string[] {
  const staying = order.filter((userId) => now.includes(userId) && before.includes(userId));
  const coming = inOrder(
    order,
    now.filter((userId) => !staying.includes(userId)),
  );
  return [...staying, ...coming, ...inOrder(order, out)];
}

/**
 * The order after a return to that user, who stands behind all others who receive (`on`): nobody else loses or gains a place
 * before another (T5). Those who are out stay behind, or they would come back in the morning before who had worked longer.
 */
export function afterReturn(order: readonly string[], userId: string, on: readonly string[]): string[] {
  const others = order.filter((one) => one !== userId);
  const isOn = (one: string) => on.includes(one);
  return [...others.filter(isOn), userId, ...others.filter((one) => !isOn(one))];
}

/** Who gets a client that is returned: who is on, has not had the client, and has waited longest for a return (T5). */
export function nextUser({ all, on, order, passedOver, not }: Receivers): NextUser {
  const left = inOrder(order, on);
  const had = left.filter((userId) => not.has(userId));
  const skipped = [...passedOver, ...had.map((userId) => ({ userId, reason: 'HAD_THIS_CLIENT' }))];
  const index = left.findIndex((userId) => !not.has(userId));
  const userId = left[index];
  if (userId !== undefined) return { outcome: 'next', userId, place: index + 1, passedOver: skipped };
  const anybody = all.some((one) => !not.has(one));
  return { outcome: anybody ? 'nobody-on' : 'nobody-left', passedOver: skipped };
}

/** Those from whom the client was returned since the oldest of their waits began, at `since` (epoch ms). */
export function hadSince(had: readonly Had[] | undefined, since: number): Had[] {
  return (had ?? []).filter(([, at]) => at >= since);
}
