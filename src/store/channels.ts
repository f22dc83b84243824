import { GetCommand, QueryCommand, TransactWriteCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod/mini';
import { batchGet } from '#store/batch-get';
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

/** A channel as it is stored: its secrets are sealed. */
type StoredChannel = z.infer<typeof channelSchema>;

/** One connected messenger account. */
export type Channel = Omit<StoredChannel, 'sealed'>;

/** A channel with its secrets opened. */
export type OpenChannel = Channel & z.infer<typeof secretsSchema>;

export type Channels = ReturnType<typeof createChannels>;

export type OpenChannels = ReturnType<typeof createOpenChannels>;

/** The channels of accounts, their secrets left sealed: whoever needs no secret needs no key. */
export function createChannels(deps: StoreDeps) {
  return readChannels(deps, withoutSecrets);
}

/** The channels of accounts, their secrets opened, and the way in for new ones. */
export function createOpenChannels(deps: StoreDeps & { cipher: Cipher }) {
  const { client, cipher } = deps;
  const table = tableName(deps, 'settings');
  const channels = readChannels(deps, open);

  async function open({ sealed, ...channel }: StoredChannel): Promise<OpenChannel> {
    return { ...channel, ...secretsSchema.parse(JSON.parse(await cipher.open(sealed, channel.channelId))) };
  }

  /** Stores a new channel; its secrets are sealed. */
  async function create({ credentials, webhookSecret, ...channel }: OpenChannel): Promise<void> {
    const { account, channelId } = channel;
    const sealed = await cipher.seal(JSON.stringify({ credentials, webhookSecret }), channelId);
    const items = [
      { p: `channel#${channelId}`, s: '-', ...channel, sealed },
      { p: `account#${account}`, s: `channel#${channelId}` },
    ];
    await client.send(
      new TransactWriteCommand({ TransactItems: items.map((Item) => ({ Put: { TableName: table, Item } })) }),
    );
    channels.forgetIdsOf(account);
  }

  return { ...channels, create };
}

/** A deleted channel stays, because its chats stay readable. */
function readChannels<C extends Channel>(deps: StoreDeps, toChannel: (stored: StoredChannel) => C | Promise<C>) {
  const { client, clock } = deps;
  const table = tableName(deps, 'settings');

  const known = cached(clock, async (channelId) => {
    const { Item } = await client.send(
      new GetCommand({ TableName: table, Key: { p: `channel#${channelId}`, s: '-' }, ConsistentRead: true }),
    );
    return Item && toChannel(readStored(Item));
  });

  /** The channel, a deleted one too; undefined where there never was one. Holds for 10 s. */
  async function get(channelId: string): Promise<C | undefined> {
    return known.get(channelId);
  }

  /** The channel of something that is stored, which therefore has one. */
  async function getKnown(channelId: string): Promise<C> {
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

  /** Lets the next `idsOf` read anew. */
  function forgetIdsOf(account: string): void {
    idsOfAccount.forget(account);
  }

  /** The account's channels as they are now, deleted ones too, without secrets. */
  async function listOf(account: string): Promise<Channel[]> {
    idsOfAccount.forget(account);
    const ids = await idsOf(account);
    const items = await batchGet(
      client,
      table,
      ids.map((channelId) => ({ p: `channel#${channelId}`, s: '-' })),
    );
    const channels = items.map((item) => withoutSecrets(readStored(item)));
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

  return { get, getKnown, idsOf, forgetIdsOf, listOf, remove };
}

function readStored(item: Record<string, unknown>): StoredChannel {
  const parsed = channelSchema.safeParse(item);
  if (!parsed.success) throw new UnreadableItemError('settings', { cause: parsed.error });
  return parsed.data;
}

function withoutSecrets({ sealed: _, ...channel }: StoredChannel): Channel {
  return channel;
}
