import { batchGet } from '#store/dynamo/batch-get';
import { type StoreDeps, tableName } from '#store/dynamo/client';
import { queryAll, queryPages } from '#store/dynamo/pages';
import { type Lane, laneKey, readLane, SLOW, WORK } from './lane-item.ts';

/** A lane in which something waits, and when it is due (epoch ms). */
export interface WaitingLane {
  readonly lane: string;
  readonly nextAt: number;
  readonly slow: boolean;
}

/** Finds the lanes in which something waits, of all accounts, by the time at which they are due. */
export function createWaitingLanes(deps: StoreDeps) {
  const { client, clock } = deps;
  const table = tableName(deps, 'outbox');

  /** The lanes that are due, the first due first, also those of holders that died. */
  async function dueLanes(): Promise<WaitingLane[]> {
    const found = await Promise.all([WORK, SLOW].map(dueOf));
    return found.flat().sort((one, other) => one.nextAt - other.nextAt);
  }

  async function dueOf(work: string): Promise<WaitingLane[]> {
    const items = await queryAll(client, {
      TableName: table,
      IndexName: 'lanes',
      KeyConditionExpression: 'w = :work AND nextAt <= :now',
      ExpressionAttributeValues: { ':work': work, ':now': clock.now() },
    });
    return items.map(toWaitingLane);
  }

  /**
   * About `most` of the lanes in which something waits, those that are due first, in no order, from that time on (epoch
   * ms), and the time from which the next ones are due. Lanes of the same time come together, so that the time alone
   * tells the next page.
   */
  async function someLanes(from: number, most: number): Promise<{ lanes: WaitingLane[]; next?: number }> {
    const parts = await Promise.all([WORK, SLOW].map((work) => someOf(work, from, Math.ceil(most / 2))));
    const next = Math.min(...parts.map((part) => part.next ?? Number.POSITIVE_INFINITY));
    const lanes = parts.flatMap((part) => part.lanes).filter(({ nextAt }) => nextAt < next);
    return { lanes, ...(Number.isFinite(next) && { next }) };
  }

  async function someOf(work: string, from: number, most: number): Promise<{ lanes: WaitingLane[]; next?: number }> {
    const found: WaitingLane[] = [];
    const pages = queryPages(client, {
      TableName: table,
      IndexName: 'lanes',
      KeyConditionExpression: 'w = :work AND nextAt >= :from',
      ExpressionAttributeValues: { ':work': work, ':from': from },
      Limit: most + 1,
    });
    for await (const page of pages) {
      found.push(...page.map(toWaitingLane));
      const last = found.at(-1)?.nextAt;
      const earlier = found.filter(({ nextAt }) => nextAt !== last);
      if (found.length > most && earlier.length > 0) return { lanes: earlier, next: last! };
    }
    return { lanes: found };
  }

  /** Those of the lanes that are there, by their names, as they are now. */
  async function lanesOf(lanes: readonly string[]): Promise<Map<string, Lane>> {
    const items = await batchGet(client, table, [...new Set(lanes)].map(laneKey));
    return new Map(items.map((item) => [String(item.l), readLane(item)]));
  }

  return { dueLanes, someLanes, lanesOf };
}

function toWaitingLane({ l, w, nextAt }: Record<string, unknown>): WaitingLane {
  return { lane: String(l), nextAt: Number(nextAt), slow: w === SLOW };
}
