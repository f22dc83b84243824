import { CALL_MS } from '#domain/delivery';
import { SLOT_LIMITS, type SlotLimits } from '#domain/slots';
import type { Task } from './scheduler.ts';

/** A call of a messenger that was begun. */
interface Call {
  readonly task: Task;
  readonly channelId: string;
  readonly begunAt: number;
}

/** The calls of the messenger that are under way. All channels of a history belong to one account. */
export class Calls {
  readonly #limits: SlotLimits;
  readonly #underWay = new Set<Call>();

  constructor(limits = SLOT_LIMITS) {
    this.#limits = limits;
  }

  /** Begins a call. The result ends it. */
  begin(call: Call): () => void {
    this.#underWay.add(call);
    return () => this.#underWay.delete(call);
  }

  /** What is wrong with the number of calls at that time; undefined if nothing is. */
  faultAt(now: number): string | undefined {
    // What a run that was cut off had asked goes on until the messenger answers, or the call would have been given up.
    const calls = [...this.#underWay].filter(({ task, begunAt }) => !task.over || now < begunAt + CALL_MS);
    const { perAccount, perReceiver } = this.#limits;
    if (calls.length > perAccount) return `${calls.length} calls of one account were under way`;
    const perChannel = Map.groupBy(calls, ({ channelId }) => channelId);
    for (const [channelId, { length }] of perChannel)
      if (length > perReceiver) return `${length} calls of ${channelId} were under way`;
    return undefined;
  }
}
