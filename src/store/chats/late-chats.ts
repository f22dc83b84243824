import type { LookWindow } from '#domain/look';
import type { Candidate } from '#store/chats/candidates';
import { type StoreDeps, tableName } from '#store/dynamo/client';
import { queryPages } from '#store/dynamo/pages';

/** So many are done between two looks at the time. */
const PAGE = 100;

/** Chats by how long their clients have waited. */
export function createLateChats(deps: StoreDeps) {
  const { client } = deps;
  const table = tableName(deps, 'chats');

  /**
   * The channel's unanswered chats that stand between two places, page by page; without `from` from the longest waiting on.
   * The index lags by a moment.
   */
  async function* between(
    channelId: string,
    { from, to }: { readonly from?: string | undefined; readonly to: LookWindow['to'] },
  ): AsyncGenerator<Candidate[]> {
    const pages = queryPages(client, {
      TableName: table,
      IndexName: 'channel-unanswered',
      KeyConditionExpression: 'ch = :channel AND u BETWEEN :from AND :to',
      ExpressionAttributeValues: { ':channel': channelId, ':from': from || BEGIN, ':to': to },
      Limit: PAGE,
    });
    for await (const items of pages) yield items.map(({ c, u }) => ({ key: String(c), place: String(u) }));
  }

  return { between };
}

/** Before all places. A key may not be empty. */
const BEGIN = '0';
