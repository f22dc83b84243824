/** A user who receives no new clients now, and why. The record of each assignment made meanwhile holds it (D9). */
export interface PassedOver {
  readonly userId: string;
  readonly reason: string;
}

/**
 * The users who receive the new clients of a channel from the turn `at` on: one after the other, in this order (D3).
 */
export interface Roster {
  readonly at: number;
  readonly order: readonly string[];
  /** In the order in which they come in, if they come back together. */
  readonly passedOver: readonly PassedOver[];
}

/** A turn, and the user that it falls to. */
export interface Turn {
  readonly turn: number;
  readonly userId: string;
  /** The user's place in the order, the first being 1. */
  readonly place: number;
  readonly passedOver: readonly PassedOver[];
}

/**
 * The roster from the turn `next` on. The user of that turn comes first, so that nobody gets two clients in a row or
 * waits twice as long. Users who left are gone; users who join or come back take the last places. Those who come back
 * together, as in the morning, stay in their order among themselves: if all were gone, the rotation goes on where it was.
 */
export function changedRoster(
  before: Roster | undefined,
  next: number,
  eligible: readonly string[],
  passedOver: readonly PassedOver[],
): Roster {
  const here = before ? turned(before.order, next - before.at) : [];
  const known = [...here, ...idsOf(before?.passedOver ?? [])];
  const staying = here.filter((userId) => eligible.includes(userId));
  const coming = inOrder(
    known,
    eligible.filter((userId) => !staying.includes(userId)),
  );
  const reasons = new Map(passedOver.map((one) => [one.userId, one]));
  const out = inOrder(known, idsOf(passedOver)).flatMap((userId) => reasons.get(userId) ?? []);
  return { at: next, order: [...staying, ...coming], passedOver: out };
}

/** The users as they stand in the order, and behind them those who do not. */
export function inOrder(order: readonly string[], users: readonly string[]): string[] {
  const known = order.filter((userId) => users.includes(userId));
  return [...known, ...users.filter((userId) => !known.includes(userId))];
}

function idsOf(passedOver: readonly PassedOver[]): string[] {
  return passedOver.map(({ userId }) => userId);
}

/** Whether the roster has exactly these users, and passes the others over for these reasons. */
export function isRoster(
  { order, passedOver: now }: Roster,
  eligible: readonly string[],
  passedOver: readonly PassedOver[],
): boolean {
  const alike = passedOver.every(({ userId, reason }) =>
    now.some((one) => one.userId === userId && one.reason === reason),
  );
  return (
    order.length === eligible.length &&
    order.every((userId) => eligible.includes(userId)) &&
    now.length === passedOver.length &&
    alike
  );
}

/**
 * The users who get the next clients, one after the other, if these are the eligible ones from now on. Nobody gets one
 * if nobody is eligible.
 */
export function comingTurns(
  before: Roster | undefined,
  next: number,
  eligible: readonly string[],
): (client: number) => string | undefined {
  const { order } = changedRoster(before, next, eligible, []);
  return (client) => order[client % order.length];
}

/** The user that a turn falls to, by the roster in force when the turn was drawn. `rosters` come newest first. */
export function turnOf(rosters: readonly Roster[], turn: number): Turn | undefined {
  const roster = rosterOf(rosters, turn);
  if (!roster) return undefined;
  const { at, order, passedOver } = roster;
  const index = (turn - at) % order.length;
  const userId = order[index];
  return userId === undefined ? undefined : { turn, userId, place: index + 1, passedOver };
}

/** The rosters still in use: the one in force, which is the first, and those by which one of the turns was drawn. */
export function inUse(rosters: readonly Roster[], turns: readonly number[]): Roster[] {
  const used = new Set(turns.map((turn) => rosterOf(rosters, turn)));
  return rosters.filter((roster, index) => index === 0 || used.has(roster));
}

function rosterOf(rosters: readonly Roster[], turn: number): Roster | undefined {
  return rosters.find(({ at }) => at <= turn);
}

function turned(order: readonly string[], by: number): readonly string[] {
  const first = order.length === 0 ? 0 : by % order.length;
  return [...order.slice(first), ...order.slice(0, first)];
}
