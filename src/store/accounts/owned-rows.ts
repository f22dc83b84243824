import { DeleteCommand, ScanCommand } from '@aws-sdk/lib-dynamodb';
import { eachAtOnce } from '#at-once';
import { isOwned, type OwnedIds, type OwnedTable } from '#domain/owned';
import { tables } from '#lib/tables';
import { accountPartition, erasuresPartition } from '#store/accounts/keys';
import { type StoreDeps, tableName } from '#store/dynamo/client';

/** How far a table was gone through: its last key. */
export type ScanPlace = Readonly<Record<string, string>>;

/** A row of the account. */
export type OwnedRow = Readonly<Record<string, unknown>>;

/** A part of a table that was gone through. Without `next` it was the last. */
export interface RemovedRows {
  readonly rows: readonly OwnedRow[];
  readonly next?: ScanPlace;
}

/** So many rows are removed side by side. */
const AT_ONCE = 16;

/** What tells whose a row is, beside the keys. */
const TOLD = ['account', 'log', 'erasureId', 'task', 'key', 'kind'] as const;

/**
 * Removes the rows of an account, wherever they stand, by going through whole tables: nothing else is sure to find what no
 * key leads to. An account closes seldom, and a million rows are about a cent.
 */
export function createOwnedRows(deps: StoreDeps) {
  const { client } = deps;

  /**
   * Removes the account's rows in the next part of the table, unless `stays` keeps them. `before` runs before a row goes.
   */
  async function removePart(
    table: OwnedTable,
    ids: OwnedIds,
    after: ScanPlace | undefined,
    stays: (row: OwnedRow) => boolean,
    before: (row: OwnedRow) => Promise<void> = async () => undefined,
  ): Promise<RemovedRows> {
    const { partition, sort } = tables[table];
    const names = [...new Set([partition.name, sort.name, ...TOLD])];
    const { Items = [], LastEvaluatedKey } = await client.send(
      new ScanCommand({
        TableName: tableName(deps, table),
        ProjectionExpression: names.map((_, index) => `#n${index}`).join(', '),
        ExpressionAttributeNames: Object.fromEntries(names.map((name, index) => [`#n${index}`, name])),
        ConsistentRead: true,
        ...(after && { ExclusiveStartKey: { ...after } }),
      }),
    );
    const rows = Items.filter((item) => isOwned(table, item, ids) && !stays(item));
    await eachAtOnce(rows, AT_ONCE, async (row) => {
      await before(row);
      const Key = { [partition.name]: row[partition.name], [sort.name]: row[sort.name] };
      await client.send(new DeleteCommand({ TableName: tableName(deps, table), Key }));
    });
    return { rows, ...(LastEvaluatedKey && { next: LastEvaluatedKey as ScanPlace }) };
  }

  return { removePart };
}

/** Whether the row is one by which others of the account are known: it goes last. */
export function leadsToOthers({ account }: OwnedIds, { p }: OwnedRow): boolean {
  return p === accountPartition(account) || p === erasuresPartition(account);
}
