import { GetCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod/mini';
import { shortHash } from '#domain/hash';
import { WAITING, waitingKey } from '#store/accounts/keys';
import { type StoreDeps, tableName } from '#store/dynamo/client';
import { UnreadableItemError } from '#store/dynamo/errors';
import { queryAll } from '#store/dynamo/pages';
import { setting, type Write } from '#store/dynamo/transaction';
import { updateIf } from '#store/dynamo/update-if';

const schema = z.object({
  s: z.string(),
  /** The least minutes after which anything is due in the channel. */
  n: z.optional(z.number()),
  lookedAt: z.optional(z.number()),
  /** The wait by which heads are told of the present stretch without anybody on (`stretchOf`). */
  stretch: z.optional(z.string()),
});

/** A channel with a timer. */
export interface LookedAt {
  readonly channelId: string;
  /** The least minutes after which anything is due there. */
  readonly dueAfterMinutes: number;
  /** The wait by which heads are told that nobody is on; absent while somebody is, or nobody waits. */
  readonly stretch?: string | undefined;
}

/** The channels with a timer, of all accounts, and when a look last found everybody who is late in them (epoch ms). */
export interface Looks {
  readonly channels: readonly LookedAt[];
  readonly lookedAt?: number;
}

/** The item beside those of the channels. */
const LAST = '-';
/** In the place of a chat that is forgotten. No wait is that. */
const NOBODY = '-';

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
    const channels = rows.flatMap(({ s, n, stretch }) =>
      s === LAST || n === undefined ? [] : [{ channelId: s, dueAfterMinutes: n, stretch }],
    );
    return { channels, ...(lookedAt !== undefined && { lookedAt }) };
  }

  /** Notes that a look which began at `at` (epoch ms) has found everybody. */
  async function note(at: number): Promise<void> {
    await client.send(
      new UpdateCommand({ TableName: table, Key: { p: WAITING, s: LAST }, ...setting({ lookedAt: at }) }),
    );
  }

  /** Whether heads are told by that wait (`waitOf`) of the chat that nobody is on in its channel, as it is now. */
  async function isStretch(channelId: string, chatKey: string, wait: number | undefined): Promise<boolean> {
    if (wait === undefined) return false;
    const { Item } = await client.send(
      new GetCommand({ TableName: table, Key: waitingKey(channelId), ConsistentRead: true }),
    );
    return Item !== undefined && readItem(Item).stretch === stretchOf(chatKey, wait);
  }

  /** The write that begins a stretch without anybody on, unless one has begun. Heads are told by that wait of the chat. */
  function beginStretch(channelId: string, chatKey: string, wait: number): Write {
    const condition = { ConditionExpression: 'attribute_exists(p) AND attribute_not_exists(stretch)' };
    const stretch = stretchOf(chatKey, wait);
    return { Update: { TableName: table, Key: waitingKey(channelId), ...setting({ stretch }, condition) } };
  }

  /** Notes that somebody is on. */
  async function endStretch(channelId: string): Promise<void> {
    await updateIf(client, {
      TableName: table,
      Key: waitingKey(channelId),
      UpdateExpression: 'REMOVE stretch',
      ConditionExpression: 'attribute_exists(stretch)',
    });
  }

  /** Forgets by which chat heads were told. The stretch goes on: they are not told once more. */
  async function forgetChat(channelId: string, chatKey: string): Promise<void> {
    await updateIf(client, {
      TableName: table,
      Key: waitingKey(channelId),
      UpdateExpression: 'SET stretch = :nobody',
      ConditionExpression: 'begins_with(stretch, :chat)',
      ExpressionAttributeValues: { ':chat': stretchOf(chatKey, ''), ':nobody': NOBODY },
    });
  }

  return { read, note, isStretch, beginStretch, endStretch, forgetChat };
}

/** A wait of a chat. The chat stands there by its hash, because its key may be a phone. */
function stretchOf(chatKey: string, wait: number | ''): string {
  return `${shortHash(chatKey)}#${wait}`;
}

function readItem(item: Record<string, unknown>): z.infer<typeof schema> {
  const read = schema.safeParse(item);
  if (!read.success) throw new UnreadableItemError('accounts', { cause: read.error });
  return read.data;
}
