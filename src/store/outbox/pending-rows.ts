import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import { END_OF_KEYS } from '#domain/fact';
import { type StoreDeps, tableName } from '#store/dynamo/client';
import { type Row, readRow } from './row-item.ts';

/** The condition that a row waits. Its names are `{ '#ttl': 'ttl' }`. */
export const IS_PENDING = 'attribute_not_exists(#ttl)';
/** How many pieces are read one after the other, each of 1 MB at most. */
const MOST_PIECES = 10;

/** Rows of a lane that wait, the oldest first. If the lane was not read to its end, `next` is where to read on. */
export interface PendingPage {
  readonly rows: readonly Row[];
  readonly next?: string;
}

/** What waits in a piece of a lane, and the last key that was read, if there is more. */
interface Piece {
  readonly rows: readonly Row[];
  readonly end?: string;
}

/**
 * Reads what waits in lanes. Rows of one subject may be opened again meanwhile, the older ones first. So what shows a row
 * that was opened shows those that were opened before it as well, if they are of its subject and in the range.
 */
export function createPendingRows(deps: StoreDeps) {
  const { client } = deps;
  const table = tableName(deps, 'outbox');

  /** The rows of a lane that have to leave, from that place on and before `before`, the oldest first, as they are now. */
  async function pendingIn(lane: string, from: string, limit: number, before?: string): Promise<Row[]> {
    const found: Row[] = [];
    for (let next: string | undefined = from; next !== undefined && found.length < limit; ) {
      const page: PendingPage = await pendingPage(lane, next, limit - found.length, before);
      found.push(...page.rows);
      next = page.next;
    }
    return found;
  }

  /**
   * The same, but no more of the lane is read than takes a few seconds. So there may be no rows, although more of the lane
   * is to be read. What is promised of opened rows holds within a page.
   */
  async function pendingPage(lane: string, from: string, limit: number, before = END_OF_KEYS): Promise<PendingPage> {
    if (from >= before) return { rows: [] };
    const found: Row[] = [];
    let pieces = 0;
    let end: string | undefined;
    for await (const piece of piecesOf(lane, from, before, limit, 'oldest first')) {
      found.push(...piece.rows);
      end = piece.end;
      pieces += 1;
      if (found.length >= limit || pieces === MOST_PIECES) break;
    }
    const page = cut(found, limit, end === undefined ? undefined : `${end}\0`);
    const last = page.rows.at(-1);
    // One piece shows the lane as it was at one moment.
    if (pieces === 1 || !last) return page;
    return cut(await pendingUpTo(lane, from, last.event, limit), limit, page.next);
  }

  /**
   * The rows that wait from that place up to `last`, which is among them, the oldest first. They are read from the newest
   * on: a row that is there was opened before its place was read, and so were the older ones. `atOnce`: how many of the
   * lane are read together.
   */
  async function pendingUpTo(lane: string, from: string, last: string, atOnce: number): Promise<Row[]> {
    const found: Row[] = [];
    for await (const { rows } of piecesOf(lane, from, last, atOnce, 'newest first')) found.push(...rows);
    return found.toReversed();
  }

  /** What waits in a lane from one key to another, a piece after the other, in that order. */
  async function* piecesOf(
    lane: string,
    from: string,
    to: string,
    limit: number,
    order: 'oldest first' | 'newest first',
  ): AsyncGenerator<Piece> {
    let Limit = limit;
    let start: Record<string, unknown> | undefined;
    do {
      const { Items = [], LastEvaluatedKey } = await client.send(
        new QueryCommand({
          TableName: table,
          // No row has the key `before` of a page, which `BETWEEN` holds as well.
          KeyConditionExpression: 'l = :lane AND e BETWEEN :from AND :to',
          FilterExpression: IS_PENDING,
          ExpressionAttributeNames: { '#ttl': 'ttl' },
          ExpressionAttributeValues: { ':lane': lane, ':from': from, ':to': to },
          ConsistentRead: true,
          ScanIndexForward: order === 'oldest first',
          Limit,
          ...(start && { ExclusiveStartKey: start }),
        }),
      );
      yield { rows: Items.map(readRow), ...(LastEvaluatedKey && { end: String(LastEvaluatedKey.e) }) };
      // Where none of these rows waits, very many may have left.
      if (Items.length === 0) Limit *= 4;
      start = LastEvaluatedKey;
    } while (start);
  }

  return { pendingIn, pendingPage, pendingUpTo };
}

/** The first of the rows, and where to read on: at the next of them, else at `next`. */
function cut(rows: readonly Row[], limit: number, next: string | undefined): PendingPage {
  const beyond = rows[limit];
  if (beyond) return { rows: rows.slice(0, limit), next: beyond.event };
  return next === undefined ? { rows } : { rows, next };
}
