import { DeleteCommand, ScanCommand } from '@aws-sdk/lib-dynamodb';
import { eachAtOnce } from '#at-once';
import { tables } from '#lib/tables';
import { type StoreDeps, tableName } from '#store/dynamo/client';

type Item = Record<string, unknown>;

/** How far a scan came. Without `place` it saw everything. */
export interface Scanned {
  readonly removed: number;
  readonly place?: string | undefined;
}

/** Takes away what is told to go, from a place on, until a time (epoch ms). Of one call, at least a page is read. */
export type EraseScan = (
  isTheirs: (item: Item) => boolean,
  place: string | undefined,
  until: number,
) => Promise<Scanned>;

const AT_ONCE = 16;

/**
 * Makes an erasing scan of the table: for what no key leads to from its person. What was written a moment ago may be missed,
 * so it is done again when that moment has passed.
 */
export function createEraseScan(deps: StoreDeps, table: 'outbox' | 'pages'): EraseScan {
  const { client, clock } = deps;
  const TableName = tableName(deps, table);
  const { partition, sort } = tables[table];

  return async function eraseScan(isTheirs, place, until) {
    let removed = 0;
    let start = place === undefined ? undefined : (JSON.parse(place) as Item);
    do {
      const { Items = [], LastEvaluatedKey } = await client.send(
        new ScanCommand({ TableName, ...(start && { ExclusiveStartKey: start }) }),
      );
      const theirs = Items.filter(isTheirs);
      await eachAtOnce(theirs, AT_ONCE, async (item) => {
        const Key = { [partition.name]: item[partition.name], [sort.name]: item[sort.name] };
        await client.send(new DeleteCommand({ TableName, Key }));
      });
      removed += theirs.length;
      start = LastEvaluatedKey;
    } while (start && clock.now() < until);
    return { removed, place: start && JSON.stringify(start) };
  };
}
