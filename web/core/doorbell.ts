import { retryDelayMs } from './backoff.ts';

const COALESCED_MS = 150;
const MOST_AT_ONCE = 4;
/** Longer than the server remembers who listens, so that nothing falls between the list and the first ring. */
const ONCE_MORE_MS = 2_500;

/** Means the head of the list. Every other target is the key of a chat. */
export const HEAD = '*';

/**
 * What has to be fetched because a bell rang. A ring says only that something changed, so that a lost, late, doubled or
 * reordered one costs time and never truth. What rings while it is fetched is fetched again.
 */
export class Doorbell {
  /** When each target is to be fetched (epoch ms). */
  readonly #due = new Map<string, number>();
  /** What is being fetched, and whether it rang meanwhile. */
  readonly #underWay = new Map<string, { isDirty: boolean }>();
  readonly #misses = new Map<string, number>();

  ring(target: string, now: number): void {
    const fetching = this.#underWay.get(target);
    if (fetching) fetching.isDirty = true;
    else this.#want(target, now + COALESCED_MS);
  }

  /** The socket is open: what changed before is in the list now, or a little later. */
  opened(now: number): void {
    this.ring(HEAD, now);
    this.#onceMoreAt = now + ONCE_MORE_MS;
  }

  #onceMoreAt: number | undefined;

  /** The targets to be fetched now. They are under way until `done`. */
  start(now: number): string[] {
    if (this.#onceMoreAt !== undefined && this.#onceMoreAt <= now) {
      this.#onceMoreAt = undefined;
      this.ring(HEAD, now - COALESCED_MS);
    }
    const started: string[] = [];
    for (const [target, at] of [...this.#due].sort(([, one], [, other]) => one - other)) {
      if (at > now || this.#underWay.size >= MOST_AT_ONCE) break;
      this.#due.delete(target);
      this.#underWay.set(target, { isDirty: false });
      started.push(target);
    }
    return started;
  }

  /** The target was fetched, or could not be: then it is fetched again, after `mostMs` at the latest. */
  done(target: string, isAnswered: boolean, now: number, mostMs = Number.POSITIVE_INFINITY): void {
    const fetched = this.#underWay.get(target);
    this.#underWay.delete(target);
    if (isAnswered) {
      this.#misses.delete(target);
      if (fetched?.isDirty) this.#want(target, now + COALESCED_MS);
      return;
    }
    const misses = (this.#misses.get(target) ?? 0) + 1;
    this.#misses.set(target, misses);
    this.#want(target, now + Math.min(mostMs, retryDelayMs(misses)));
  }

  /** When there is something to start (epoch ms). */
  get nextAt(): number | undefined {
    const times = this.#underWay.size >= MOST_AT_ONCE ? [] : [...this.#due.values()];
    if (this.#onceMoreAt !== undefined) times.push(this.#onceMoreAt);
    return times.length === 0 ? undefined : Math.min(...times);
  }

  #want(target: string, at: number): void {
    this.#due.set(target, Math.min(at, this.#due.get(target) ?? at));
  }
}
