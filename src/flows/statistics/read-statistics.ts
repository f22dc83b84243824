import { eachAtOnce } from '#at-once';
import type { DayCell } from '#domain/day-cells';
import {
  type Count,
  createCount,
  type Group,
  isOfUser,
  type Statistics,
  type StatisticsScope,
} from '#domain/statistics';
import { timeOf } from '#domain/time-key';
import type { CountedWait, WaitAuthor } from '#domain/waits';
import { beginOfDay, createZoneClock, daysAfter } from '#domain/zone-clock';
import { createChats } from '#store/chats/chats';
import { createAssignments } from '#store/clients/assignments';
import type { StoreDeps } from '#store/dynamo/client';
import { keptFrom } from '#store/waits/wait-item';
import { createWaits, type WaitRow } from '#store/waits/waits';
import { createCountDays, type Period } from './count-days.ts';
import type { WorkingTime } from './working-time.ts';

/** What is asked: the days of a zone, of some channels, perhaps of one user. */
export interface AskedStatistics {
  readonly account: string;
  readonly zone: string;
  readonly from: string;
  readonly to: string;
  readonly groupBy: Group | undefined;
  readonly scopes: readonly StatisticsScope[];
  readonly userId: string | undefined;
  readonly working: WorkingTime;
}

/** Counts what was asked for. */
export type ReadStatistics = (asked: AskedStatistics) => Promise<Statistics>;

const AT_ONCE = 8;
const HEADS = 1_000;
/** Up to so many waits each is looked at. Beyond that, days that are over are counted once. */
const MOST_EXACT = 50_000;

/** Makes `readStatistics`. It reads the rows of waits, the index of what waits, and the records of assignments. */
export function createReadStatistics(deps: StoreDeps, mostExact = MOST_EXACT): ReadStatistics {
  const { clock } = deps;
  const countDays = createCountDays(deps);
  const waits = createWaits(deps);
  const chats = createChats(deps);
  const assignments = createAssignments(deps);

  /** All waits of the period, or undefined if there are too many to look at each. */
  async function exactWaits({ scopes }: AskedStatistics, { from, to }: Period): Promise<WaitRow[] | undefined> {
    const found: WaitRow[] = [];
    await eachAtOnce(scopes, AT_ONCE, async ({ channelId }) => {
      for await (const page of waits.between(channelId, from, to)) {
        if (found.length > mostExact) return;
        found.push(...page);
      }
    });
    return found.length > mostExact ? undefined : found;
  }

  /** Adds up the waits that have ended. Answers whether all are known and their percentiles are exact. */
  async function countEnded(count: Count, asked: AskedStatistics, period: Period): Promise<boolean> {
    const onlyOf = new Map(asked.scopes.map(({ channelId, onlyUser }) => [channelId, onlyUser]));
    const isTold = (channelId: string, one: { readonly author: WaitAuthor }) =>
      isOfUser(one, onlyOf.get(channelId)) && isOfUser(one, asked.userId);
    const takeWait = (wait: CountedWait) => isTold(wait.channelId, wait) && count.addWait(wait);
    const takeCell = (channelId: string, day: number, cell: DayCell) =>
      isTold(channelId, cell) && count.addCell(channelId, day, cell);
    const [gone, kept] = cutAt(period, keptFrom(clock.now()));
    if (gone.from < gone.to) for (const scope of asked.scopes) await countDays.ofGone(scope, gone, takeCell);
    const exact = await exactWaits(asked, kept);
    exact?.forEach(takeWait);
    if (exact) return gone.from >= gone.to;
    for (const scope of asked.scopes) await countDays.ofKept(scope, kept, asked.working, { takeCell, takeWait });
    return false;
  }

  /** What has not ended is nobody's yet, so it is told with all of a channel only. */
  async function countOpen(count: Count, asked: AskedStatistics, { from, to }: Period): Promise<Statistics['now']> {
    const whole = asked.scopes.filter(({ onlyUser }) => onlyUser === undefined);
    if (whole.length === 0 || asked.userId !== undefined) return undefined;
    let [waiting, least] = [0, Number.POSITIVE_INFINITY];
    await eachAtOnce(whole, AT_ONCE, async ({ channelId: id }) => {
      for await (const page of chats.candidatePages({ kind: 'channel', id }, 'unanswered', HEADS)) {
        for (const since of page.map(({ place }) => timeOf(place))) {
          waiting += 1;
          least = Math.min(least, since);
          if (since >= from && since < to) count.addOpen(id, since);
        }
      }
    });
    return { waiting, ...(waiting > 0 && { since: least }) };
  }

  async function countAssignments(count: Count, asked: AskedStatistics, { from, to }: Period): Promise<void> {
    const scopes = new Map(asked.scopes.map((scope) => [scope.channelId, scope]));
    for await (const page of assignments.between(asked.account, from, to)) {
      for (const record of page) {
        const scope = scopes.get(record.channelId);
        const wanted = [scope?.onlyUser, asked.userId];
        const isWanted = (user: string) => wanted.every((one) => one === undefined || one === user);
        if (scope) count.addAssignment(record, isWanted);
      }
    }
  }

  return async function readStatistics(asked) {
    const { zone, groupBy, working } = asked;
    const period = { from: beginOfDay(zone, asked.from), to: beginOfDay(zone, daysAfter(asked.to, 1)) };
    const count = createCount(groupBy, createZoneClock(zone), working.seconds);
    const [now, exact] = await Promise.all([
      countOpen(count, asked, period),
      countEnded(count, asked, period),
      countAssignments(count, asked, period),
    ]);
    return { exact, rows: count.result(), ...(now && { now }) };
  };
}

/** What of the period lies before that time, and the rest. One of them may be empty. */
function cutAt({ from, to }: Period, at: number): [before: Period, behind: Period] {
  const cut = Math.min(to, Math.max(from, at));
  return [
    { from, to: cut },
    { from: cut, to },
  ];
}
