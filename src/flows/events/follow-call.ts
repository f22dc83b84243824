import type { Bells } from '#bells';
import { backoffMs } from '#domain/delivery';
import { afterRefusal, afterRefusedBatch, afterTaken, type Judged, MOST_ASIDE } from '#domain/set-aside';
import { createHoldings, type Holding } from '#flows/delivery/holding';
import type { Step } from '#flows/delivery/run-lane';
import type { Log } from '#log';
import type { Cipher } from '#store/accounts/cipher';
import { createOpenReceivers, type OpenReceiver } from '#store/accounts/open-receivers';
import type { StoreDeps } from '#store/dynamo/client';
import { type LaneQueue, readEventLane } from '#store/outbox/lane-names';
import { createAsideLanes } from './aside-lanes.ts';
import type { Called } from './call-receiver.ts';
import { createEventEnds } from './event-ends.ts';
import type { WaitingRow } from './event-row.ts';
import { type Kept, keep, readKept, writeKept } from './kept.ts';

/** `again`: look at the lane once more, without forgetting how often it failed. */
export type Next = Step | { readonly kind: 'again' };

/** A batch that was sent, with all that waited then. */
export interface Sent {
  readonly events: readonly WaitingRow[];
  readonly memo: readonly string[];
  readonly waiting: readonly WaitingRow[];
  readonly receiver: OpenReceiver;
}

/** What follows from calls of receivers. */
export function createFollowCall(
  deps: StoreDeps & { readonly bells: Bells<LaneQueue>; readonly cipher: Cipher; readonly log: Log },
) {
  const { clock } = deps;
  const holdings = createHoldings(deps);
  const receivers = createOpenReceivers(deps);
  const aside = createAsideLanes(deps);
  const ends = createEventEnds(deps);

  /** Records what came of the batch, and says what the lane does next. */
  async function followCall(holding: Holding, sent: Sent, { outcome }: Called): Promise<Next> {
    const kept = readKept(holding.state.kept);
    switch (outcome) {
      case 'taken':
        return taken(holding, kept, sent);
      case 'refused':
        return refused(holding, kept, sent);
      case 'ill':
        return postponed(holding);
      case 'unclear':
        keep(holding, { ...kept, isUnclear: true });
        return postponed(holding);
      case 'gone':
        await receivers.end(readEventLane(holding.lane).account, sent.receiver.version);
        return { kind: 'again' };
      default:
        return outcome satisfies never;
    }
  }

  async function taken(holding: Holding, kept: Kept, { events, memo, waiting }: Sent): Promise<Next> {
    // Before any of its rows, so that a crash in between sends no part of it again.
    const isRecorded =
      memo.length === 1 || (await holdings.remember(holding, { kept: writeKept({ ...kept, takenAt: clock.now() }) }));
    await ends.markDone(events);
    return isRecorded ? follow(holding, afterTaken(kept, events), waiting, { kind: 'next' }) : { kind: 'stop' };
  }

  async function refused(holding: Holding, kept: Kept, { events, waiting }: Sent): Promise<Next> {
    if (kept.isUnclear) {
      // Perhaps the call without an answer is still at work there, so its events may not leave in other calls yet.
      keep(holding, { ...kept, isUnclear: false });
      return postponed(holding);
    }
    const [first, ...more] = events as readonly [WaitingRow];
    if (more.length > 0) return follow(holding, afterRefusedBatch(kept, events), waiting, { kind: 'again' });
    const judged = afterRefusal(kept, first, waiting);
    const isAside = readEventLane(holding.lane).subject !== undefined;
    // A lane of one subject has no control. Its event waits for better times.
    return follow(holding, isAside ? { doubts: kept, wait: true } : judged, waiting, { kind: 'again' });
  }

  async function follow(
    holding: Holding,
    { doubts, wait }: Judged,
    waiting: readonly WaitingRow[],
    otherwise: Next,
  ): Promise<Next> {
    const { account } = readEventLane(holding.lane);
    const before = readKept(holding.state.kept);
    const added = doubts.aside.filter((subject) => !before.aside.includes(subject));
    const isFull = wait && doubts.aside.length >= MOST_ASIDE;
    // What is added has no lane yet.
    const left = isFull ? [...(await aside.stillAside(account, before.aside)), ...added] : doubts.aside;
    keep(holding, { ...doubts, aside: left, takenAt: 0, isUnclear: false }, []);
    // Before any of its rows is moved: a later holder must not send newer ones past them.
    if (added.length > 0 && !(await holdings.remember(holding, {}))) return { kind: 'stop' };
    for (const subject of added) {
      await aside.move(
        account,
        subject,
        waiting.filter((one) => one.subject === subject),
      );
    }
    return wait ? postponed(holding) : otherwise;
  }

  /** The lane waits, longer after each failure. */
  function postponed(holding: Holding): Next {
    const attempts = holding.tried.attempts + 1;
    holding.tried = { ...holding.tried, attempts };
    return { kind: 'wait', until: clock.now() + backoffMs(attempts) };
  }

  return { followCall, follow, postponed };
}
