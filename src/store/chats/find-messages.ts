import { END_OF_KEYS, FIRST_KEY, idOfKey } from '#domain/fact';
import { type StoreDeps, tableName } from '#store/dynamo/client';
import { queryPages } from '#store/dynamo/pages';

/**
 * The keys of a chat's messages with these ids. Those that are too old, or not stored, are left out. It is for what a
 * messenger tells of a message without its time, which is mostly one of the last.
 */
export type FindMessages = (chatKey: string, ids: readonly string[]) => Promise<ReadonlyMap<string, string>>;

const PAGE = 250;
/** So many of the newest items of a chat are looked at. */
const MOST = 1_000;

/** Makes `findMessages`. No index leads from an id to its message: it would cost a write for each of them. */
export function createFindMessages(deps: StoreDeps): FindMessages {
  const table = tableName(deps, 'messages');

  return async function findMessages(chatKey, ids) {
    const wanted = new Set(ids);
    const found = new Map<string, string>();
    let looked = 0;
    const pages = queryPages(deps.client, {
      TableName: table,
      KeyConditionExpression: 'c = :chat AND k BETWEEN :first AND :end',
      ExpressionAttributeValues: { ':chat': chatKey, ':first': FIRST_KEY, ':end': END_OF_KEYS },
      ProjectionExpression: 'k',
      ConsistentRead: true,
      ScanIndexForward: false,
      Limit: PAGE,
    });
    for await (const items of pages) {
      for (const key of items.map(({ k }) => String(k))) if (wanted.has(idOfKey(key))) found.set(idOfKey(key), key);
      looked += items.length;
      if (found.size === wanted.size || looked >= MOST) break;
    }
    return found;
  };
}
