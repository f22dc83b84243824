import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import { END_OF_KEYS, type Fact, FIRST_KEY } from '#domain/fact';
import { readFact } from '#store/chats/fact-item';
import { type StoreDeps, tableName } from '#store/dynamo/client';

/** Reads the facts of a chat from its beginning on, page by page. */
export function createFactPages(deps: StoreDeps) {
  const { client } = deps;
  const table = tableName(deps, 'messages');

  /**
   * Facts behind the key `after`, or from the first on, in the order of their keys, as they are now: at most `limit`, or
   * those of a megabyte that were stored after `since` (epoch ms). Without `next` it was the end.
   */
  async function pageAfter(
    chatKey: string,
    after: string | undefined,
    { limit, since }: { readonly limit?: number; readonly since?: number },
  ): Promise<{ facts: Fact[]; next?: string }> {
    const isNewer = { FilterExpression: 'storedAt > :since' };
    const { Items = [], LastEvaluatedKey } = await client.send(
      new QueryCommand({
        TableName: table,
        KeyConditionExpression: 'c = :chat AND k BETWEEN :from AND :end',
        ...(since !== undefined && isNewer),
        ExpressionAttributeValues: {
          ':chat': chatKey,
          ':from': FIRST_KEY,
          ':end': END_OF_KEYS,
          ...(since !== undefined && { ':since': since }),
        },
        ConsistentRead: true,
        ...(limit !== undefined && { Limit: limit }),
        ...(after !== undefined && { ExclusiveStartKey: { c: chatKey, k: after } }),
      }),
    );
    return { facts: Items.map(readFact), ...(LastEvaluatedKey && { next: String(LastEvaluatedKey.k) }) };
  }

  return { pageAfter };
}
