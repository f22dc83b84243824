import { GetCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { SLOW_FOR_MS } from '#domain/delivery';
import { type StoreDeps, tableName } from '#store/dynamo/client';

/** What is known of a channel by its last calls. */
export interface Hold {
  /** The channel may not be called before that time (epoch ms). 0 if it may. */
  readonly until: number;
  /** Whether its last call was slow. */
  readonly slow: boolean;
}

/** Longer than a messenger may ask to wait. */
const KEPT_SECONDS = 48 * 3600;

export type Holds = ReturnType<typeof createHolds>;

/** Until when channels may not be called, because their messenger asked to wait; and which channels are slow. */
export function createHolds(deps: StoreDeps) {
  const { client, clock } = deps;
  const table = tableName(deps, 'outbox');

  /** Keeps all lanes of the channel from calling before `until` (epoch ms). */
  async function holdChannel(channelId: string, until: number): Promise<void> {
    await set(channelId, 'until', until);
  }

  /** Notes whether the channel's last call was slow. Without other news a slow one counts for an hour. */
  async function noteSpeed(channelId: string, slow: boolean): Promise<void> {
    await set(channelId, 'slowUntil', slow ? clock.now() + SLOW_FOR_MS : 0);
  }

  async function set(channelId: string, field: 'until' | 'slowUntil', time: number): Promise<void> {
    await client.send(
      new UpdateCommand({
        TableName: table,
        Key: keyOf(channelId),
        UpdateExpression: 'SET #field = :time, #ttl = :ttl',
        ExpressionAttributeNames: { '#field': field, '#ttl': 'ttl' },
        ExpressionAttributeValues: { ':time': time, ':ttl': Math.ceil(clock.now() / 1000) + KEPT_SECONDS },
      }),
    );
  }

  /** What is known of the channel, as it is now. */
  async function of(channelId: string): Promise<Hold> {
    const { Item } = await client.send(
      new GetCommand({ TableName: table, Key: keyOf(channelId), ConsistentRead: true }),
    );
    return { until: Number(Item?.until ?? 0), slow: Number(Item?.slowUntil ?? 0) > clock.now() };
  }

  return { holdChannel, noteSpeed, of };
}

function keyOf(channelId: string) {
  return { l: `hold#${channelId}`, e: '-' };
}
