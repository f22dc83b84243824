import * as z from 'zod/mini';
import { type Pace, restedAfter, restedAfterCrash, roomAt, roomOf, slotRestMs, TOGETHER, TURN_MS } from '#domain/pace';
import { SLOT_LIMITS, slotWaitMs } from '#domain/slots';
import type { StoreDeps } from '#store/dynamo/client';
import { type Caller, createSlots } from '#store/outbox/slots';
import type { Holding } from './holding.ts';

/** What a lane remembers of its chat from one holder to the next. */
interface Paced {
  /** When the chat has rested from what was sent to it (epoch ms). */
  readonly restedAt: number;
  /** So many calls were paid for, to be made at that time (epoch ms). */
  readonly turn?: { readonly at: number; readonly calls: number } | undefined;
}

const schema = z.object({
  restedAt: z.catch(z.number(), 0),
  turn: z.catch(z.optional(z.object({ at: z.number(), calls: z.number() })), undefined),
});

/** So many chats are remembered in a process. A chat that falls out may get a burst too many. */
const MOST_CHATS = 20_000;

/** Lets messages leave no faster than their messenger takes them: of a channel, and to one chat. */
export function createPacing(deps: StoreDeps) {
  const { clock, slotLimits = SLOT_LIMITS } = deps;
  const slots = createSlots(deps);
  /** When the chats of lanes that were let go have rested. Another process does not know, and the messenger says 429. */
  const known = new Map<string, number>();

  /** Until when (epoch ms) the lane has to wait before it calls; undefined if it may call now. `waiting`: its messages. */
  async function waitFor(caller: Caller, holding: Holding, pace: Pace, waiting: number): Promise<number | undefined> {
    const { restedAt, turn } = pacedOf(holding, pace);
    const room = roomOf(restedAt, pace, clock.now());
    if (room < 1) return keep(holding, { restedAt, turn }, roomAt(restedAt, pace, waiting));
    if (holding.hasSlot && holding.paid > 0) return undefined;
    const run = { calls: Math.min(room, waiting, TOGETHER), restMs: slotRestMs(pace, slotLimits.perReceiver) };
    if (holding.hasSlot) return queueMore(caller, holding, run, restedAt);
    // A person may have hastened the lane.
    if (turn && turn.at > clock.now()) return keep(holding, { restedAt, turn }, turn.at);
    const isPaid = turn !== undefined && clock.now() - turn.at <= TURN_MS;
    const taken = await slots.take(caller, { ...run, isPaid });
    const { tried, token } = holding;
    switch (taken.kind) {
      case 'taken':
        return start(holding, restedAt, isPaid ? turn.calls : run.calls);
      case 'turn':
        return keep(holding, { restedAt, turn: { at: taken.at, calls: run.calls } }, taken.at);
      case 'full':
        holding.tried = { ...tried, waits: tried.waits + 1 };
        return keep(
          holding,
          { restedAt, turn: isPaid ? turn : undefined },
          clock.now() + slotWaitMs(tried.waits, token),
        );
      default:
        return taken satisfies never;
    }
  }

  /** More came while the lane was held than was paid for. */
  async function queueMore(
    caller: Caller,
    holding: Holding,
    run: { readonly calls: number; readonly restMs: number },
    restedAt: number,
  ): Promise<number | undefined> {
    const at = await slots.queueMore(caller, { ...run, isPaid: false });
    const { tried, token } = holding;
    if (at === undefined) return keep(holding, { restedAt }, clock.now() + slotWaitMs(tried.waits, token));
    if (at <= clock.now()) return start(holding, restedAt, run.calls);
    return keep(holding, { restedAt, turn: { at, calls: run.calls } }, at);
  }

  /** Notes that a message leaves now. */
  function note(holding: Holding, pace: Pace): void {
    const restedAt = restedAfter(pacedOf(holding, pace).restedAt, pace, clock.now());
    holding.paid -= 1;
    known.delete(holding.lane);
    known.set(holding.lane, restedAt);
    const [oldest] = known.keys();
    if (known.size > MOST_CHATS && oldest !== undefined) known.delete(oldest);
    keep(holding, { restedAt }, 0);
  }

  /** The receiver has to be left alone. If all turns of that time were kept, all would leave at once behind it. */
  function loseTurn(holding: Holding): void {
    const { turn: _, ...kept } = holding.state.kept ?? {};
    if (holding.state.kept) holding.state = { ...holding.state, kept };
  }

  function pacedOf({ lane, state, wasAbandoned, takenAt }: Holding, pace: Pace): Paced {
    const { restedAt, turn } = schema.parse(state.kept ?? {});
    const atLeast = wasAbandoned ? restedAfterCrash(pace, takenAt) : 0;
    return { restedAt: Math.max(restedAt, known.get(lane) ?? 0, atLeast), turn };
  }

  return { waitFor, note, loseTurn };
}

function start(holding: Holding, restedAt: number, paid: number): undefined {
  holding.hasSlot = true;
  holding.paid = paid;
  holding.tried = { ...holding.tried, waits: 0 };
  keep(holding, { restedAt }, 0);
}

/** Notes what the next holder has to know, if the lane is given back. */
function keep(holding: Holding, { restedAt, turn }: Paced, until: number): number {
  const { turn: _, ...kept } = holding.state.kept ?? {};
  holding.state = { ...holding.state, kept: { ...kept, restedAt, ...(turn && { turn }) } };
  return until;
}
