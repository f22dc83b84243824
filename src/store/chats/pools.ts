import { timeOf } from '#domain/time-key';
import { type StoreDeps, tableName } from '#store/dynamo/client';
import { scanPages } from '#store/dynamo/pages';
import { accountOfPool } from './scopes.ts';

/** So many pages of a megabyte are read: some 150,000 chats. */
const MOST_PAGES = 50;

/** The pools of all accounts together. */
export function createPools(deps: StoreDeps) {
  const { client } = deps;
  const table = tableName(deps, 'chats');

  /**
   * Since when the oldest unanswered chat without an owner waits (epoch ms), by account. It reads the index of all that
   * is unanswered, which is short where people answer, and lags by a moment.
   */
  async function oldestByAccount(): Promise<ReadonlyMap<string, number>> {
    const oldest = new Map<string, number>();
    let pages = 0;
    const scan = {
      TableName: table,
      IndexName: 'viewer-unanswered',
      FilterExpression: 'contains(v, :pool)',
      ExpressionAttributeValues: { ':pool': '#pool#' },
    };
    for await (const items of scanPages(client, scan)) {
      for (const { v, u } of items) {
        const account = accountOfPool(String(v));
        if (account !== undefined) oldest.set(account, Math.min(timeOf(String(u)), oldest.get(account) ?? Infinity));
      }
      pages += 1;
      if (pages >= MOST_PAGES) break;
    }
    return oldest;
  }

  return { oldestByAccount };
}
