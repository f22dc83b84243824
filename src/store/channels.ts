import { BatchGetCommand, GetCommand, QueryCommand, TransactWriteCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod/mini';
import type { Cipher } from '#store/cipher';
import { type StoreDeps, tableName } from '#store/client';
import { UnreadableItemError } from '#store/errors';
import { cached } from '#store/settings-cache';

const channelSchema = z.object({
  channelId: z.string(),
  account: z.string(),
  transport: z.string(),
  name: z.string(),
  plainId: z.string(),
  state: z.enum(['active', 'disabled', 'unauthorized']),
  deletedAt: z.optional(z.number()),
  sealed: z.string(),
});

const secretsSchema = z.object({ credentials: z.record(z.string(), z.string()), webhookSecret: z.string() });

/** One connected messenger account, with its secrets opened. */
export type Channel = Omit<z.infer<typeof channelSchema>, 'sealed'> & z.infer<typeof secretsSchema>;

export type Channels = ReturnType<typeof createChannels>;

/** The channels of accounts. A deleted one stays, because its chats stay readable. */
export function createChannels(deps: StoreDeps & { cipher: Cipher }) {
  const { client, clock, cipher } = deps;
  const table = tableName(deps, 'settings');

  const known = cached(clock, async (channelId) => {
    const { Item } = await client.send(
      new GetCommand({ TableName: table, Key: { p: `channel#${channelId}`, s: '-' }, ConsistentRead: true }),
    );
    return Item && open(Item);
  });

  async function open(item: Record<string, unknown>): Promise<Channel> {
    const parsed = channelSchema.safeParse(item);
    if (!parsed.success) throw new UnreadableItemError('settings', { cause: parsed.error });
    const { sealed, ...channel } = parsed.data;
    return { ...channel, ...secretsSchema.parse(JSON.parse(await cipher.open(sealed, channel.channelId))) };
  }

  /** Stores a new channel; its secrets are sealed. */
  async function create({ credentials, webhookSecret, ...channel }: Channel): Promise<void> {
    const { account, channelId } = channel;
    const sealed = await cipher.seal(JSON.stringify({ credentials, webhookSecret }), channelId);
    const items = [
      { p: `channel#${channelId}`, s: '-', ...channel, sealed },
      { p: `account#${account}`, s: `channel#${channelId}` },
    ];
    await client.send(
      new TransactWriteCommand({ TransactItems: items.map((Item) => ({ Put: { TableName: table, Item } })) }),
    );
    idsOfAccount.forget(account);
  }

  /** The channel, a deleted one too; undefined where there never was one. Holds for 10 s. */
  async function get(channelId: string): Promise<Channel | undefined> {
    return known.get(channelId);
  }

  /** The channel of something that is stored, which therefore has one. */
  async function getKnown(channelId: string): Promise<Channel> {
    const channel = await get(channelId);
    if (!channel) throw new Error('A stored chat names a channel that was never made');
    return channel;
  }

  const idsOfAccount = cached(clock, async (account) => {
    const { Items = [] } = await client.send(
      new QueryCommand({
        TableName: table,
        KeyConditionExpression: 'p = :account AND begins_with(s, :channel)',
        ExpressionAttributeValues: { ':account': `account#${account}`, ':channel': 'channel#' },
        ConsistentRead: true,
      }),
    );
    return Items.map(({ s }) => String(s).slice('channel#'.length));
  });

  /** The ids of the account's channels, deleted ones too. Holds for 10 s. */
  async function idsOf(account: string): Promise<string[]> {
    return (await idsOfAccount.get(account)) ?? [];
  }

  /** The account's channels as they are now, deleted ones too. */
  async function listOf(account: string): Promise<Channel[]> {
    idsOfAccount.forget(account);
    const ids = await idsOf(account);
    let keys: Record<string, unknown>[] = ids.map((channelId) => ({ p: `channel#${channelId}`, s: '-' }));
    const channels: Channel[] = [];
    while (keys.length > 0) {
      const batch = await client.send(
        new BatchGetCommand({ RequestItems: { [table]: { Keys: keys.slice(0, 100), ConsistentRead: true } } }),
      );
      channels.push(...(await Promise.all((batch.Responses?.[table] ?? []).map(open))));
      keys = [...(batch.UnprocessedKeys?.[table]?.Keys ?? []), ...keys.slice(100)];
    }
    return channels.sort((one, other) => (one.channelId < other.channelId ? -1 : 1));
  }

  /** Deletes the channel: its webhook is unknown within 10 s, its chats stay. */
  async function remove(channelId: string): Promise<void> {
    await client.send(
      new UpdateCommand({
        TableName: table,
        Key: { p: `channel#${channelId}`, s: '-' },
        UpdateExpression: 'SET deletedAt = :now, #state = :disabled',
        ConditionExpression: 'attribute_exists(p)',
        ExpressionAttributeNames: { '#state': 'state' },
        ExpressionAttributeValues: { ':now': clock.now(), ':disabled': 'disabled' },
      }),
    );
    known.forget(channelId);
  }

  return { create, get, getKnown, idsOf, listOf, remove };
}
