/** A user who gets no new clients now, and why; in the record of each assignment made meanwhile (D9). */
export interface PassedOver {
  readonly userId: string;
  readonly reason: string;
}

/** Who receives the new clients of a channel from the turn `at` on: one after the other, in this order (D3). */
export interface Roster {
  readonly at: number;
  readonly order: readonly string[];
  readonly passedOver: readonly PassedOver[];
}

/** Whose turn it is. */
export interface Turn {
  readonly turn: number;
  readonly userId: string;
  /** The user's place in the order, the first being 1. */
  readonly place: number;
  readonly passedOver: readonly PassedOver[];
}

/**
 * The roster from the turn `next` on. Whoever is next comes first, so that nobody gets two clients in a row or waits
 * twice as long; who left is gone, and who comes or comes back takes the last place.
 */
export function changedRoster(
  before: Roster | undefined,
  next: number,
  eligible: readonly string[],
  passedOver: readonly PassedOver[],
): Roster {
  const known = before ? turned(before.order, next - before.at) : [];
  const staying = known.filter((userId) => eligible.includes(userId));
  const coming = eligible.filter((userId) => !known.includes(userId));
  return { at: next, order: [...staying, ...coming], passedOver };
}

/** Whether a change to these users would change nothing. */
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

/** Whose turn that is, by the roster that was in force when it was drawn; `rosters` are the newest first. */
export function turnOf(rosters: readonly Roster[], turn: number): Turn | undefined {
  const roster = rosterOf(rosters, turn);
  if (!roster) return undefined;
  const { at, order, passedOver } = roster;
  const index = (turn - at) % order.length;
  const userId = order[index];
  return userId === undefined ? undefined : { turn, userId, place: index + 1, passedOver };
}

/** The roster in force, which is the first, and those by which one of the turns was drawn. */
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
