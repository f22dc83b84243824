import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod/mini';
import { WAITING } from '#store/accounts/keys';
import { type StoreDeps, tableName } from '#store/dynamo/client';
import { UnreadableItemError } from '#store/dynamo/errors';
import { queryAll } from '#store/dynamo/pages';
import { setting } from '#store/dynamo/transaction';

const schema = z.object({
  s: z.string(),
  /** The least minutes after which anything is due in the channel. */
  n: z.optional(z.number()),
  lookedAt: z.optional(z.number()),
});

/** A channel in which clients may become late. */
export interface LookedAt {
  readonly channelId: string;
  /** The least minutes after which anything is due there. */
  readonly dueAfterMinutes: number;
}

/** The channels with a timer, of all accounts, and when a look last found everybody who is late in them (epoch ms). */
export interface Looks {
  readonly channels: readonly LookedAt[];
  readonly lookedAt?: number;
}

/** The item beside those of the channels. */
const LAST = '-';

/** Which channels the look for late clients has to go through, and how far it is. */
export function createLooks(deps: StoreDeps) {
  const { client } = deps;
  const table = tableName(deps, 'accounts');

  /** All channels with a timer. It reads one partition, and lags by a moment. */
  async function read(): Promise<Looks> {
    const items = await queryAll(client, {
      TableName: table,
      KeyConditionExpression: 'p = :waiting',
      ExpressionAttributeValues: { ':waiting': WAITING },
    });
    const rows = items.map(readItem);
    const lookedAt = rows.find(({ s }) => s === LAST)?.lookedAt;
    const channels = rows.flatMap(({ s, n }) =>
      s === LAST || n === undefined ? [] : [{ channelId: s, dueAfterMinutes: n }],
    );
    return { channels, ...(lookedAt !== undefined && { lookedAt }) };
  }

  /** Notes that a look which began at `at` (epoch ms) has found everybody. */
  async function note(at: number): Promise<void> {
    await client.send(
      new UpdateCommand({ TableName: table, Key: { p: WAITING, s: LAST }, ...setting({ lookedAt: at }) }),
    );
  }

  return { read, note };
}

function readItem(item: Record<string, unknown>): z.infer<typeof schema> {
  const read = schema.safeParse(item);
  if (!read.success) throw new UnreadableItemError('accounts', { cause: read.error });
  return read.data;
}
