import { GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { type StoreDeps, tableName } from '#store/dynamo/client';

export type Holds = ReturnType<typeof createHolds>;

/** The times until which channels may not be called, because their messenger asked to wait. */
export function createHolds(deps: StoreDeps) {
  const { client } = deps;
  const table = tableName(deps, 'outbox');

  /** Keeps all lanes of the channel from calling before `until` (epoch ms). */
  async function holdChannel(channelId: string, until: number): Promise<void> {
    const ttl = Math.ceil(until / 1000);
    await client.send(new PutCommand({ TableName: table, Item: { ...keyOf(channelId), until, ttl } }));
  }

  /** The time until which the channel may not be called (epoch ms); 0 if it may. */
  async function heldUntil(channelId: string): Promise<number> {
    const { Item } = await client.send(
      new GetCommand({ TableName: table, Key: keyOf(channelId), ConsistentRead: true }),
    );
    return Number(Item?.until ?? 0);
  }

  return { holdChannel, heldUntil };
}

function keyOf(channelId: string) {
  return { l: `hold#${channelId}`, e: '-' };
}
