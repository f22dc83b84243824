import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import { batchGet } from '#store/dynamo/batch-get';
import { type StoreDeps, tableName } from '#store/dynamo/client';
import { queryPages } from '#store/dynamo/pages';
import { type Row, readRow } from './row-item.ts';

/** The key of a row. */
export type RowKey = Pick<Row, 'lane' | 'event'>;

/** Tells by the key of a row whether it is wanted, so that others are not read. */
export type IsWanted = (key: RowKey) => boolean;

export type FailedRows = ReturnType<typeof createFailedRows>;

/** How many keys are looked at for a page, at most. */
const LOOKS = 1_000;
/** How many keys are sorted together. */
const MOST_KEYS = 200_000;

/** Finds what failed for good in an account. The index holds the keys only, and lags by a moment. */
export function createFailedRows(deps: StoreDeps) {
  const { client } = deps;
  const table = tableName(deps, 'outbox');

  function queryOf(account: string, after?: string) {
    return {
      TableName: table,
      IndexName: 'failed',
      KeyConditionExpression: `f = :account${after === undefined ? '' : ' AND failedAt < :after'}`,
      ExpressionAttributeValues: { ':account': account, ...(after !== undefined && { ':after': after }) },
    };
  }

  /**
   * The account's failed rows, or the wanted ones of them, the newest first, behind the place `after`, and the place to go on
   * behind. A page may be empty and not the last.
   */
  async function pageOf(
    account: string,
    limit: number,
    after?: string,
    isWanted?: IsWanted,
  ): Promise<{ rows: Row[]; next?: string }> {
    const looks = isWanted ? LOOKS : limit;
    const { Items = [] } = await client.send(
      new QueryCommand({ ...queryOf(account, after), ScanIndexForward: false, Limit: looks }),
    );
    const wanted = isWanted ? Items.filter((item) => isWanted(keyOf(item))) : Items;
    const shown = wanted.slice(0, limit);
    const last = wanted.length > limit ? shown.at(-1) : Items.length < looks ? undefined : Items.at(-1);
    const found = await batchGet(
      client,
      table,
      shown.map(({ l, e }) => ({ l, e })),
    );
    // The index may still hold a row that is being sent again.
    const rows = found.map(readRow).filter(({ state }) => state === 'failed');
    rows.sort((one, other) => (String(one.failedAt) < String(other.failedAt) ? 1 : -1));
    return last ? { rows, next: String(last.failedAt) } : { rows };
  }

  /**
   * The keys of the wanted rows that failed before that place, in the order of their events. Of very many, those that
   * failed first.
   */
  async function keysOf(account: string, isWanted: IsWanted, before: string): Promise<RowKey[]> {
    const keys: RowKey[] = [];
    for await (const items of queryPages(client, queryOf(account, before))) {
      for (const item of items) if (isWanted(keyOf(item))) keys.push(keyOf(item));
      if (keys.length >= MOST_KEYS) break;
    }
    return keys.sort((one, other) => (one.event < other.event ? -1 : 1));
  }

  /** Those of the rows that are there, as they are now, in the order of their events. */
  async function getAll(keys: readonly RowKey[]): Promise<Row[]> {
    const items = await batchGet(
      client,
      table,
      keys.map(({ lane, event }) => ({ l: lane, e: event })),
    );
    return items.map(readRow).sort((one, other) => (one.event < other.event ? -1 : 1));
  }

  return { pageOf, keysOf, getAll };
}

function keyOf({ l, e }: Record<string, unknown>): RowKey {
  return { lane: String(l), event: String(e) };
}
