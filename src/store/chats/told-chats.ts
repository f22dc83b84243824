import { type StoreDeps, tableName } from '#store/dynamo/client';
import { queryAll } from '#store/dynamo/pages';
import { scanPage } from '#store/dynamo/scan-page';

/** Which chats something is stored of, and when it last changed, for a check. */
export function createToldChats(deps: StoreDeps) {
  const { client } = deps;
  const table = tableName(deps, 'messages');

  /** When something was last written in the chat that rings its fold (epoch ms, our clock); 0 if nothing was. */
  async function lastChange(chatKey: string): Promise<number> {
    const items = await queryAll(client, {
      TableName: table,
      KeyConditionExpression: 'c = :chat',
      ExpressionAttributeValues: { ':chat': chatKey },
      ProjectionExpression: 'changedAt',
      ConsistentRead: true,
    });
    return items.reduce((latest, { changedAt }) => Math.max(latest, Number(changedAt ?? 0)), 0);
  }

  /** One page of the keys of chats in which something is stored, each once. It scans the table. */
  async function chatPage(limit: number, after: string | undefined): Promise<{ chats: string[]; next?: string }> {
    const { items, next } = await scanPage(
      client,
      { TableName: table, ProjectionExpression: 'c', Limit: limit },
      after,
    );
    return { chats: [...new Set(items.map(({ c }) => String(c)))], ...(next !== undefined && { next }) };
  }

  return { lastChange, chatPage };
}
