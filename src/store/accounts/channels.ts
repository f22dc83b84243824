import { GetCommand, QueryCommand, TransactWriteCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod/mini';
import { type ChannelState, WANTED_CHANNEL_STATES } from '#domain/channel';
import type { Cipher } from '#store/accounts/cipher';
import { batchGet } from '#store/dynamo/batch-get';
import { type StoreDeps, tableName } from '#store/dynamo/client';
import { isConditionFailure, UnreadableItemError } from '#store/dynamo/errors';
import { scanPages } from '#store/dynamo/pages';
import { updateIf } from '#store/dynamo/update-if';

const CHANNEL = 'channel#';

const channelSchema = z.object({
  channelId: z.string(),
  account: z.string(),
  transport: z.string(),
  name: z.string(),
  plainId: z.string(),
  /** The account at the messenger, by an id that never changes. */
  identity: z.optional(z.string()),
  /** `false`: the operator registers the webhook by hand. */
  setWebhook: z.optional(z.boolean()),
  /** What the operator wants of it. */
  state: z.enum(WANTED_CHANNEL_STATES),
  /** Somebody else gets what the messenger has to say. */
  elsewhere: z.optional(z.literal(true)),
  deletedAt: z.optional(z.number()),
  /** Which credentials these are: one more with each change. */
  credentialsVersion: z.optional(z.number()),
  /** Which of them the messenger refused. */
  refusedVersion: z.optional(z.number()),
  sealed: z.string(),
});

const secretsSchema = z.object({ credentials: z.record(z.string(), z.string()), webhookSecret: z.string() });

/** A channel as it is stored: its secrets are sealed. */
type StoredChannel = z.infer<typeof channelSchema>;

/** What follows from what is done with a channel. */
type Grown = 'state' | 'elsewhere' | 'credentialsVersion' | 'refusedVersion';

/**
 * One connected messenger account. `unauthorized`: the messenger no longer takes its credentials; `openelsewhere`:
 * somebody else gets what the messenger has to say.
 */
export interface Channel extends Omit<StoredChannel, 'sealed' | Grown> {
  readonly state: ChannelState;
  readonly credentialsVersion: number;
}

/** A channel with its secrets opened. */
export type OpenChannel = Channel & Secrets;

type Secrets = z.infer<typeof secretsSchema>;

/** A channel that is not stored yet. */
export type NewChannel = Omit<StoredChannel, 'sealed' | Grown> & Secrets;

/** What may change of a channel; what is absent stays as it is. */
export interface ChannelChange {
  readonly name?: string | undefined;
  readonly enabled?: boolean | undefined;
  readonly secrets?: (Secrets & { readonly identity?: string | undefined }) | undefined;
}

export type Channels = ReturnType<typeof createChannels>;

export type OpenChannels = ReturnType<typeof createOpenChannels>;

/** The channels of accounts, their secrets left sealed: whoever needs no secret needs no key. */
export function createChannels(deps: StoreDeps) {
  return readChannels(deps, 'channel', withoutSecrets);
}

/** The channels of accounts, their secrets opened, and the way in for new channels and new secrets. */
export function createOpenChannels(deps: StoreDeps & { cipher: Cipher }) {
  const { client, cipher } = deps;
  const table = tableName(deps, 'settings');
  const channels = readChannels(deps, 'open channel', open);

  async function open(stored: StoredChannel): Promise<OpenChannel> {
    const secrets = await cipher.open(stored.sealed, stored.channelId);
    return { ...withoutSecrets(stored), ...secretsSchema.parse(JSON.parse(secrets)) };
  }

  function seal(channelId: string, { credentials, webhookSecret }: Secrets): Promise<string> {
    return cipher.seal(JSON.stringify({ credentials, webhookSecret }), channelId);
  }

  /** Stores a new channel, which is active; its secrets are sealed. */
  async function create({ credentials, webhookSecret, ...channel }: NewChannel): Promise<void> {
    const { account, channelId } = channel;
    const sealed = await seal(channelId, { credentials, webhookSecret });
    const items = [
      { p: `channel#${channelId}`, s: '-', ...channel, state: 'active', credentialsVersion: 1, sealed },
      { p: `account#${account}`, s: `channel#${channelId}` },
    ];
    await client.send(
      new TransactWriteCommand({ TransactItems: items.map((Item) => ({ Put: { TableName: table, Item } })) }),
    );
    channels.forgetIdsOf(account);
  }

  /**
   * Changes what is given and touches nothing else, so that parallel changes lose nothing. Answers with the channel as it
   * then is, undefined where it was deleted.
   */
  async function change(channelId: string, { name, enabled, secrets }: ChannelChange): Promise<Channel | undefined> {
    const { identity } = secrets ?? {};
    const values = {
      ...(name !== undefined && { name }),
      ...(enabled !== undefined && { state: enabled ? 'active' : 'disabled' }),
      ...(secrets && { sealed: await seal(channelId, secrets) }),
      ...(identity !== undefined && { identity }),
    };
    const fields = Object.entries(values);
    const changes = [
      ...fields.map(([field]) => `#${field} = :${field}`),
      ...(secrets ? ['credentialsVersion = if_not_exists(credentialsVersion, :zero) + :one'] : []),
    ];
    try {
      const { Attributes = {} } = await client.send(
        new UpdateCommand({
          TableName: table,
          Key: { p: `channel#${channelId}`, s: '-' },
          // New secrets were registered: from then on nobody else is known to get what comes.
          UpdateExpression: `SET ${changes.join(', ')}${secrets ? ' REMOVE elsewhere' : ''}`,
          ConditionExpression: 'attribute_exists(p) AND attribute_not_exists(deletedAt)',
          ExpressionAttributeNames: Object.fromEntries(fields.map(([field]) => [`#${field}`, field])),
          ExpressionAttributeValues: {
            ...Object.fromEntries(fields.map(([field, value]) => [`:${field}`, value])),
            ...(secrets && { ':zero': 0, ':one': 1 }),
          },
          ReturnValues: 'ALL_NEW',
        }),
      );
      return withoutSecrets(readStored(Attributes));
    } catch (error) {
      if (isConditionFailure(error)) return undefined;
      throw error;
    } finally {
      channels.forget(channelId);
    }
  }

  return { ...channels, create, change };
}

/** A deleted channel stays, because its chats stay readable. */
function readChannels<C extends Channel>(
  deps: StoreDeps,
  cachedAs: 'channel' | 'open channel',
  toChannel: (stored: StoredChannel) => C | Promise<C>,
) {
  const { client, cache, clock } = deps;
  const table = tableName(deps, 'settings');

  const known = cache.loader(cachedAs, async (channelId) => {
    const { Item } = await client.send(
      new GetCommand({ TableName: table, Key: { p: `channel#${channelId}`, s: '-' }, ConsistentRead: true }),
    );
    return Item && toChannel(readStored(Item));
  });

  /** The channel, a deleted one too; undefined where there never was one. Holds for 10 s. */
  async function get(channelId: string): Promise<C | undefined> {
    return known(channelId);
  }

  /** The channel of something that is stored, which therefore has one. */
  async function getKnown(channelId: string): Promise<C> {
    const channel = await get(channelId);
    if (!channel) throw new Error('A stored chat names a channel that was never made');
    return channel;
  }

  const idsOfAccount = cache.loader('channel ids', async (account) => {
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
    return (await idsOfAccount(account)) ?? [];
  }

  /** Lets the next `idsOf` read anew. */
  function forgetIdsOf(account: string): void {
    cache.forget('channel ids', account);
  }

  /** The account's channels as they are now, deleted ones too, without secrets. */
  async function listOf(account: string): Promise<Channel[]> {
    forgetIdsOf(account);
    const ids = await idsOf(account);
    const items = await batchGet(
      client,
      table,
      ids.map((channelId) => ({ p: `channel#${channelId}`, s: '-' })),
    );
    const channels = items.map((item) => withoutSecrets(readStored(item)));
    return channels.sort((one, other) => (one.channelId < other.channelId ? -1 : 1));
  }

  /** Lets the next `get` read anew. */
  function forget(channelId: string): void {
    for (const name of ['channel', 'open channel']) cache.forget(name, channelId);
  }

  /** The messenger refused those credentials; false where the channel has others by now, which are to be tried. */
  async function refuseCredentials({ channelId, credentialsVersion }: Channel): Promise<boolean> {
    try {
      return await updateIf(client, {
        TableName: table,
        Key: { p: `channel#${channelId}`, s: '-' },
        UpdateExpression: 'SET refusedVersion = :version',
        ConditionExpression:
          'attribute_exists(p) AND (credentialsVersion = :version OR attribute_not_exists(credentialsVersion))',
        ExpressionAttributeValues: { ':version': credentialsVersion },
      });
    } finally {
      forget(channelId);
    }
  }

  /** The ids of all accounts' channels, deleted ones too. Reads the whole table, so it is for a start on one machine. */
  async function allIds(): Promise<string[]> {
    const found = scanPages(client, {
      TableName: table,
      ConsistentRead: true,
      FilterExpression: 'begins_with(p, :channel) AND s = :itself',
      ExpressionAttributeValues: { ':channel': CHANNEL, ':itself': '-' },
    });
    return (await Array.fromAsync(found)).flat().flatMap((item) => channelIdOf(item) ?? []);
  }

  /** Whether somebody else gets what the messenger has to say to the channel. */
  async function setElsewhere(channelId: string, elsewhere: boolean): Promise<void> {
    await client.send(
      new UpdateCommand({
        TableName: table,
        Key: { p: `channel#${channelId}`, s: '-' },
        UpdateExpression: elsewhere ? 'SET elsewhere = :true' : 'REMOVE elsewhere',
        ConditionExpression: 'attribute_exists(p)',
        ...(elsewhere && { ExpressionAttributeValues: { ':true': true } }),
      }),
    );
    forget(channelId);
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
    forget(channelId);
  }

  return { get, getKnown, forget, idsOf, forgetIdsOf, listOf, allIds, refuseCredentials, setElsewhere, remove };
}

/** The channel that an item of the settings is; undefined for any other item. */
export function channelIdOf({ p }: Readonly<Record<string, unknown>>): string | undefined {
  return typeof p === 'string' && p.startsWith(CHANNEL) ? p.slice(CHANNEL.length) : undefined;
}

function readStored(item: Record<string, unknown>): StoredChannel {
  const parsed = channelSchema.safeParse(item);
  if (!parsed.success) throw new UnreadableItemError('settings', { cause: parsed.error });
  return parsed.data;
}

function withoutSecrets(stored: StoredChannel): Channel {
  const { sealed: _, elsewhere: _elsewhere, refusedVersion: _refused, credentialsVersion = 0, ...channel } = stored;
  return { ...channel, credentialsVersion, state: stateOf(stored) };
}

function stateOf({ state, elsewhere, credentialsVersion = 0, refusedVersion }: StoredChannel): Channel['state'] {
  if (state === 'disabled') return state;
  if (refusedVersion === credentialsVersion) return 'unauthorized';
  return elsewhere ? 'openelsewhere' : state;
}
