import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import { type StoreDeps, tableName } from '#store/dynamo/client';
import type { LaneState } from './lane-item.ts';
import { notesOf } from './lane-names.ts';
import { type Row, readRow } from './row-item.ts';

/** Rows that stand side by side in a lane, and the sort key from which the next ones are read. */
export interface LanePage {
  readonly rows: readonly Row[];
  readonly next?: string;
}

export type LanePages = ReturnType<typeof createLanePages>;

/** What sorts before every sort key of a row, and after that of the lane itself. */
const FIRST = '0';
/** What sorts after every sort key of a row. */
const END = ':';

/** Reads lanes piece by piece, with the rows that ended. No read is longer than it was asked to be. */
export function createLanePages(deps: StoreDeps) {
  const { client } = deps;
  const table = tableName(deps, 'outbox');

  /** The first rows of a lane from the sort key `from` on and before `before`, also those that ended, as they are now. */
  async function pageOf(lane: string, limit: number, from = FIRST, before = END): Promise<LanePage> {
    if (from >= before) return { rows: [] };
    const { Items = [], LastEvaluatedKey } = await client.send(
      new QueryCommand({
        TableName: table,
        // `BETWEEN` holds the row at `before` as well, and a name cannot be in two conditions on the key.
        KeyConditionExpression: 'l = :lane AND e BETWEEN :from AND :before',
        ExpressionAttributeValues: { ':lane': lane, ':from': from, ':before': before },
        ConsistentRead: true,
        Limit: limit,
      }),
    );
    const rows = Items.map(readRow).filter(({ event }) => event < before);
    return LastEvaluatedKey ? { rows, next: `${LastEvaluatedKey.e}\0` } : { rows };
  }

  /** The same of a lane in that state, from `from` on, without what is known to hold nothing that waits. */
  async function waitingPage(
    lane: string,
    limit: number,
    state: Pick<LaneState, 'from' | 'notesFrom'>,
    from = state.from,
  ): Promise<LanePage> {
    const notes = notesOf(lane);
    if (notes === undefined) return pageOf(lane, limit, from);
    const first = await pageOf(lane, limit, from, notes);
    const left = limit - first.rows.length;
    const next = latestOf(from, state.notesFrom ?? notes);
    if (first.next !== undefined || left === 0) return { next, ...first };
    const behind = await pageOf(lane, left, next);
    return { ...behind, rows: [...first.rows, ...behind.rows] };
  }

  return { pageOf, waitingPage };
}

/** The last of some sort keys. */
export function latestOf(key: string, ...others: readonly string[]): string {
  return [key, ...others].toSorted().at(-1) ?? key;
}
