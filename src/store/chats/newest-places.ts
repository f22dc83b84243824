import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import { type StoreDeps, tableName } from '#store/dynamo/client';

/** Finds chats by the newest places that an index of their channel holds. */
export type NewestPlaces = ReturnType<typeof createNewestPlaces>;

/** Makes `NewestPlaces`. */
export function createNewestPlaces(deps: StoreDeps) {
  const { client } = deps;
  const table = tableName(deps, 'chats');

  /** The keys of at most `limit` chats of the channel that have the newest places in that block. An index may lag. */
  async function keysOf(channelId: string, block: 'unanswered' | 'rest', limit: number): Promise<string[]> {
    const { Items = [] } = await client.send(
      new QueryCommand({
        TableName: table,
        IndexName: `channel-${block}`,
        KeyConditionExpression: 'ch = :channel',
        ExpressionAttributeValues: { ':channel': channelId },
        ScanIndexForward: false,
        Limit: limit,
      }),
    );
    return Items.map(({ c }) => String(c));
  }

  return { keysOf };
}
