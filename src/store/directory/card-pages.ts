import { type StoreDeps, tableName } from '#store/dynamo/client';
import { queryCount, queryPages } from '#store/dynamo/pages';
import { createPlaces } from './places.ts';

type Item = Record<string, unknown>;

/** Reads the rows of one partition of the directory in pages that begin at an offset. */
export interface CardPages {
  /** At most `limit` rows behind the first `offset`, by their ids, and the number of all if they are counted. */
  page(partition: string, offset: number, limit: number): Promise<{ count: number; rows: Item[] }>;
  /** Rows of the partition come or go. */
  changes(partition: string): void;
}

/** The rows that a page may have, and whether the rows of the partition are counted, which reads them all. */
export interface CardPagesOptions {
  readonly attribute?: string;
  readonly counted: boolean;
}

/** A query reads no more rows than this at once. */
const MOST_AT_ONCE = 1000;

/**
 * Makes `CardPages`. A page that follows one which was read in the last ten seconds is read from its end, and takes
 * over its count; another is found by reading on from the nearest known place.
 */
export function createCardPages(deps: StoreDeps, { attribute, counted }: CardPagesOptions): CardPages {
  const { client } = deps;
  const table = tableName(deps, 'directory');
  const places = createPlaces(deps);

  const queryOf = (partition: string) => ({
    TableName: table,
    KeyConditionExpression: 'p = :partition',
    ExpressionAttributeValues: { ':partition': partition },
    ...(attribute !== undefined && {
      FilterExpression: 'attribute_exists(#attribute)',
      ExpressionAttributeNames: { '#attribute': attribute },
    }),
  });

  /** The rows behind the first `skipped` of those after the key `after`. */
  async function rowsAfter(partition: string, after: string | undefined, skipped: number, limit: number) {
    const wanted = skipped + limit;
    const rows: Item[] = [];
    let seen = 0;
    const query = { ...queryOf(partition), Limit: Math.min(wanted, MOST_AT_ONCE) };
    for await (const items of queryPages(client, query, after === undefined ? undefined : { p: partition, s: after })) {
      rows.push(...items.slice(Math.max(0, skipped - seen), wanted - seen));
      seen += items.length;
      if (seen >= wanted) break;
    }
    return rows;
  }

  const countOf = async (partition: string) => (counted ? queryCount(client, queryOf(partition)) : 0);

  return {
    async page(partition, offset, limit) {
      const near = places.before(partition, offset);
      const rows = await rowsAfter(partition, near?.after, offset - (near?.offset ?? 0), limit);
      const isEnd = rows.length < limit && (rows.length > 0 || offset === 0);
      const count = near?.count ?? (isEnd ? offset + rows.length : await countOf(partition));
      const last = rows.at(-1);
      if (last && rows.length === limit) places.remember(partition, offset + limit, { after: String(last.s), count });
      return { count, rows };
    },
    changes: places.forget,
  };
}
