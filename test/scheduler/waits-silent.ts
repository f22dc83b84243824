/** Returns in a row from a user: how many there were at least, and when the last was. */
interface Row {
  readonly count: number;
  readonly at: number;
}

/** Somebody who has to be away, since the return of that time. */
export interface Silent {
  readonly channelId: string;
  readonly userId: string;
  readonly at: number;
  readonly returns: number;
}

/** A sign of life is noted to ten minutes, and a reply is stored before it is noted (ms). */
const SIGN_MS = 600_000 + 30_000;

/**
 * Knows which users let go so many clients in a row that Konvert has to set them away (T11). It counts what counts without any
 * doubt: who has answered lately, or has left the rotation meanwhile, begins anew.
 */
export class SilentUsers {
  readonly #rows = new Map<string, Row>();
  readonly #repliedAt = new Map<string, number>();
  readonly #silent: Silent[] = [];

  /** Notes a reply that names the user. */
  replied(userId: string, at: number): void {
    this.#repliedAt.set(userId, at);
  }

  /** Notes that the user joined or left the rotation of the channel. */
  changed(channelId: string, userId: string): void {
    this.#rows.delete(`${channelId} ${userId}`);
  }

  /** Notes a return from the user, in a channel that sets users away after so many; 0: it may set nobody away. */
  returned(channelId: string, userId: string, at: number, awayAfter: number): void {
    const name = `${channelId} ${userId}`;
    const before = this.#rows.get(name);
    const repliedAt = this.#repliedAt.get(userId) ?? Number.NEGATIVE_INFINITY;
    const isInRow = before !== undefined && repliedAt + SIGN_MS < before.at;
    const count = isInRow ? before.count + 1 : 1;
    this.#rows.set(name, { count, at });
    if (awayAfter > 0 && count >= awayAfter) this.#silent.push({ channelId, userId, at, returns: count });
  }

  /** Those who have to be away by a return between these times. */
  between(from: number, to: number): readonly Silent[] {
    return this.#silent.filter(({ at }) => at >= from && at <= to);
  }
}
