import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import { eachAtOnce } from '#at-once';
import { beginOfTime } from '#domain/time-key';
import { batchGet } from '#store/dynamo/batch-get';
import { type StoreDeps, tableName } from '#store/dynamo/client';
import { queryPages } from '#store/dynamo/pages';
import { transact, type Write } from '#store/dynamo/transaction';
import { dayMark, isPastDay } from './day-mark.ts';
import { KEPT_MS, readWait, type WaitRow, waitItem } from './wait-item.ts';

export type { WaitRow } from './wait-item.ts';

export type Waits = ReturnType<typeof createWaits>;

const AT_ONCE = 16;
/** The row is not there, or follows from no later version of its chat. */
const IS_NOT_NEWER = 'attribute_not_exists(v) OR v <= :v';

/** The waits that have ended, one row each. */
export function createWaits(deps: StoreDeps) {
  const { client, clock, newId } = deps;
  const table = tableName(deps, 'waits');

  /**
   * Stores the waits, unless a later version of their chat has said something else. What is too old to be asked for is left
   * out.
   */
  async function put(rows: readonly WaitRow[]): Promise<void> {
    const kept = rows.filter(({ startedAt }) => startedAt > clock.now() - KEPT_MS);
    await eachAtOnce(kept, AT_ONCE, (row) => {
      const condition = { ConditionExpression: IS_NOT_NEWER, ExpressionAttributeValues: { ':v': row.version } };
      return write(row, { Put: { TableName: table, Item: waitItem(row), ...condition } });
    });
  }

  /** Removes waits that there never were, as the chat is by that version. */
  async function remove(rows: readonly WaitRow[], version: number): Promise<void> {
    await eachAtOnce(rows, AT_ONCE, (row) => {
      const condition = { ConditionExpression: IS_NOT_NEWER, ExpressionAttributeValues: { ':v': version } };
      const Key = { ch: row.channelId, s: row.place };
      return write(row, { Delete: { TableName: table, Key, ...condition } });
    });
  }

  /** Removes the waits at these places, whatever they say. */
  async function erase(channelId: string, places: readonly string[]): Promise<void> {
    const rows = await at(channelId, places);
    await eachAtOnce([...rows.values()], AT_ONCE, (row) =>
      write(row, { Delete: { TableName: table, Key: { ch: row.channelId, s: row.place } } }),
    );
  }

  /** A day that is over may have been counted. So it is marked in the same transaction, and is counted anew. */
  async function write({ channelId, startedAt }: WaitRow, change: Write): Promise<void> {
    const mark = isPastDay(startedAt, clock.now()) ? [dayMark(table, channelId, startedAt, newId())] : [];
    await transact(client, [change, ...mark]);
  }

  /** Those of the waits at these places that are there, by their places, as they are now. */
  async function at(channelId: string, places: readonly string[]): Promise<Map<string, WaitRow>> {
    const keys = places.map((s) => ({ ch: channelId, s }));
    const rows = (await batchGet(client, table, keys)).map(readWait);
    return new Map(rows.map((row) => [row.place, row]));
  }

  /** The waits of the channel that began from one time to before another (epoch ms), page by page, in their order. */
  async function* between(channelId: string, from: number, to: number, isStrong = false): AsyncGenerator<WaitRow[]> {
    for await (const items of queryPages(client, periodOf(table, channelId, from, to, isStrong))) {
      yield items.map(readWait);
    }
  }

  /** The waits of the channel that began last, the newest first: at most so many, and none from before that time (epoch ms). */
  async function latest(channelId: string, from: number, most: number): Promise<WaitRow[]> {
    const { Items = [] } = await client.send(
      new QueryCommand({
        TableName: table,
        KeyConditionExpression: 'ch = :channel AND s >= :from',
        ExpressionAttributeValues: { ':channel': channelId, ':from': beginOfTime(Math.max(0, from)) },
        ScanIndexForward: false,
        Limit: most,
      }),
    );
    return Items.map(readWait);
  }

  return { put, remove, erase, at, between, latest };
}

function periodOf(TableName: string, channelId: string, from: number, to: number, ConsistentRead: boolean) {
  return {
    TableName,
    KeyConditionExpression: 'ch = :channel AND s BETWEEN :from AND :to',
    ExpressionAttributeValues: {
      ':channel': channelId,
      ':from': beginOfTime(Math.max(0, from)),
      ':to': beginOfTime(Math.max(0, to)),
    },
    ConsistentRead,
  };
}
