import { eachAtOnce } from '#at-once';
import {
  type Count,
  createCount,
  type Group,
  isOfUser,
  type Statistics,
  type StatisticsScope,
} from '#domain/statistics';
import { timeOf } from '#domain/time-key';
import { beginOfDay, createZoneClock, daysAfter } from '#domain/zone-clock';
import { createChats } from '#store/chats/chats';
import { createAssignments } from '#store/clients/assignments';
import type { StoreDeps } from '#store/dynamo/client';
import { createWaits } from '#store/waits/waits';
import type { WorkingSeconds } from './working-seconds.ts';

/** What is asked: the days of a zone, of some channels, perhaps of one user. */
export interface AskedStatistics {
  readonly account: string;
  readonly zone: string;
  readonly from: string;
  readonly to: string;
  readonly groupBy: Group | undefined;
  readonly scopes: readonly StatisticsScope[];
  readonly userId: string | undefined;
  readonly workingSeconds: WorkingSeconds;
}

/** Counts what was asked for. */
export type ReadStatistics = (asked: AskedStatistics) => Promise<Statistics>;

interface Period {
  readonly from: number;
  readonly to: number;
}

const AT_ONCE = 8;
const HEADS = 1_000;

/** Makes `readStatistics`. It reads the rows of waits, the index of what waits, and the records of assignments. */
export function createReadStatistics(deps: StoreDeps): ReadStatistics {
  const waits = createWaits(deps);
  const chats = createChats(deps);
  const assignments = createAssignments(deps);

  async function countEnded(count: Count, asked: AskedStatistics, { from, to }: Period): Promise<void> {
    await eachAtOnce(asked.scopes, AT_ONCE, async ({ channelId, onlyUser }) => {
      for await (const page of waits.between(channelId, from, to)) {
        for (const wait of page) {
          if (isOfUser(wait, onlyUser) && isOfUser(wait, asked.userId)) count.addWait(wait);
        }
      }
    });
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
    const { zone, groupBy, workingSeconds } = asked;
    const period = { from: beginOfDay(zone, asked.from), to: beginOfDay(zone, daysAfter(asked.to, 1)) };
    const count = createCount(groupBy, createZoneClock(zone), workingSeconds);
    const [now] = await Promise.all([
      countOpen(count, asked, period),
      countEnded(count, asked, period),
      countAssignments(count, asked, period),
    ]);
    return { exact: true, rows: count.result(), ...(now && { now }) };
  };
}
