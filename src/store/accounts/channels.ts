import { GetCommand } from '@aws-sdk/lib-dynamodb';
import type { AccountAct } from '#domain/audit';
import { createAudit } from '#store/accounts/audit';
import { batchGet } from '#store/dynamo/batch-get';
import { type StoreDeps, tableName } from '#store/dynamo/client';
import { queryAll, scanPages } from '#store/dynamo/pages';
import { setting, type Write } from '#store/dynamo/transaction';
import { updateIf } from '#store/dynamo/update-if';
import { type Channel, readStored, type StoredChannel, withoutSecrets } from './channel-item.ts';
import { createChannelStates } from './channel-states.ts';
import {
  accountPartition,
  CHANNELS_OF_ACCOUNT,
  channelKey,
  channelOfPartition,
  channelPartition,
  waitingKey,
} from './keys.ts';
import { createRoutes } from './routes.ts';
import { createTended } from './tended.ts';

export type Channels = ReturnType<typeof createChannels>;

const CHANNEL = '-';

/** The channels of accounts, with their secrets sealed: a function that needs no secret needs no key to open them. */
export function createChannels(deps: StoreDeps) {
  return readChannels(deps, 'channel', withoutSecrets);
}

/** Reads channels. A deleted channel is kept, because its chats stay readable. */
export function readChannels<C extends Channel>(
  deps: StoreDeps,
  cachedAs: 'channel' | 'open channel',
  toChannel: (stored: StoredChannel) => C | Promise<C>,
) {
  const { client, cache, clock } = deps;
  const table = tableName(deps, 'accounts');
  const audit = createAudit(deps);
  // Made when it is needed: most functions only read channels, and are not told of the table that it writes.
  const states = () => createChannelStates(deps);

  const known = cache.lookup(cachedAs, async (channelId) => {
    const { Item } = await client.send(
      new GetCommand({ TableName: table, Key: channelKey(channelId), ConsistentRead: true }),
    );
    return Item && toChannel(readStored(Item));
  });

  /** The channel, even if it is deleted. Undefined if there never was one. Both are cached for 10 s. */
  async function get(channelId: string): Promise<C | undefined> {
    return known(channelId);
  }

  const again = cache.lookup(`${cachedAs} again`, (channelId) => {
    forget(channelId);
    return known(channelId);
  });

  /** The same, read anew if the last such reading is 10 s old: so that strangers cannot make every request read. */
  async function getAgain(channelId: string): Promise<C | undefined> {
    return again(channelId);
  }

  /** The channel as it is now, even if it is deleted. */
  async function getNow(channelId: string): Promise<C | undefined> {
    forget(channelId);
    return known(channelId);
  }

  /** The channel of something that is stored. What is stored has a channel, so it throws if there is none. */
  async function getKnown(channelId: string): Promise<C> {
    const channel = await get(channelId);
    if (!channel) throw new Error('A stored chat names a channel that was never made');
    return channel;
  }

  const idsOfAccount = cache.loader('channel ids', async (account) => {
    const items = await queryAll(client, {
      TableName: table,
      KeyConditionExpression: 'p = :account AND begins_with(s, :channel)',
      ExpressionAttributeValues: { ':account': accountPartition(account), ':channel': CHANNELS_OF_ACCOUNT },
      ConsistentRead: true,
    });
    return items.map(({ s }) => String(s).slice(CHANNELS_OF_ACCOUNT.length));
  });

  /** The ids of the account's channels, deleted ones too. Cached for 10 s. */
  async function idsOf(account: string): Promise<string[]> {
    return (await idsOfAccount(account)) ?? [];
  }

  /** Makes the next `idsOf` read anew. */
  function forgetIdsOf(account: string): void {
    cache.forget('channel ids', account);
  }

  /** The account's channels as they are now, deleted ones too, without secrets. */
  async function listOf(account: string): Promise<Channel[]> {
    forgetIdsOf(account);
    const ids = await idsOf(account);
    const items = await batchGet(client, table, ids.map(channelKey));
    const channels = items.map((item) => withoutSecrets(readStored(item)));
    return channels.sort((one, other) => (one.channelId < other.channelId ? -1 : 1));
  }

  /** Makes the next `get` read anew. */
  function forget(channelId: string): void {
    for (const name of ['channel', 'open channel']) cache.forget(name, channelId);
  }

  /**
   * Records that the messenger refused these credentials. False if the channel has others by now, which are to be
   * tried.
   */
  async function refuseCredentials({ channelId, account, credentialsVersion }: Channel): Promise<boolean> {
    try {
      return await states().write({
        channelId,
        account,
        update: {
          TableName: table,
          Key: channelKey(channelId),
          UpdateExpression: 'SET refusedVersion = :version',
          ConditionExpression:
            'attribute_exists(p) AND (credentialsVersion = :version OR attribute_not_exists(credentialsVersion))',
          ExpressionAttributeValues: { ':version': credentialsVersion },
        },
        changed: () => ({ refusedVersion: credentialsVersion }),
        watched: ['credentialsVersion', 'refusedVersion'],
      });
    } finally {
      forget(channelId);
    }
  }

  /**
   * The ids of all accounts' channels, deleted ones too. It scans the table, so it is only for a start on one machine.
   */
  async function allIds(): Promise<string[]> {
    const found = scanPages(client, {
      TableName: table,
      ConsistentRead: true,
      FilterExpression: 'begins_with(p, :channel) AND s = :itself',
      ExpressionAttributeValues: { ':channel': channelPartition(''), ':itself': CHANNEL },
    });
    return (await Array.fromAsync(found)).flat().flatMap(({ p }) => channelOfPartition(p) ?? []);
  }

  /** Records why the messenger does not call the channel, or that it does. Nothing is written if that is known. */
  async function setDeaf({ channelId, deafWhy }: Channel, why: string | undefined): Promise<void> {
    if (deafWhy === why) return;
    const isNew = why !== undefined;
    try {
      await updateIf(client, {
        TableName: table,
        Key: channelKey(channelId),
        UpdateExpression: isNew
          ? 'SET deafWhy = :why, deafSince = if_not_exists(deafSince, :now)'
          : 'REMOVE deafWhy, deafSince',
        ConditionExpression: 'attribute_exists(p)',
        ...(isNew && { ExpressionAttributeValues: { ':why': why, ':now': clock.now() } }),
      });
    } finally {
      forget(channelId);
    }
  }

  /** Records whether another program gets the channel's messages. */
  async function setElsewhere(channelId: string, elsewhere: boolean): Promise<void> {
    const { account } = await getKnown(channelId);
    await states().write({
      channelId,
      account,
      update: {
        TableName: table,
        Key: channelKey(channelId),
        UpdateExpression: elsewhere ? 'SET elsewhere = :true' : 'REMOVE elsewhere',
        ConditionExpression: 'attribute_exists(p)',
        ...(elsewhere && { ExpressionAttributeValues: { ':true': true } }),
      },
      changed: () => ({ elsewhere: elsewhere || undefined }),
    });
    forget(channelId);
  }

  /**
   * Deletes the channel, unless that was done. Its webhook is unknown within 10 s; its chats stay. The act is recorded
   * with it. `routed` are the messenger's accounts that lead to it from the addresses of other channels.
   */
  async function remove(channelId: string, act?: AccountAct, routed: readonly string[] = []): Promise<void> {
    const { account, transport } = await getKnown(channelId);
    const ways = createRoutes(deps).writesOf({ transport, channelId, before: routed, after: [] });
    const condition = { ConditionExpression: 'attribute_exists(p) AND attribute_not_exists(deletedAt)' };
    const update = setting({ deletedAt: clock.now(), state: 'disabled' }, condition);
    try {
      await states().write({
        channelId,
        account,
        update: { TableName: table, Key: channelKey(channelId), ...update, ...condition },
        beside: [...ways, createTended(deps).remove(channelId), unlisted(channelId), ...audit.writesOf(act)],
        changed: () => ({ state: 'disabled' }),
      });
    } finally {
      forget(channelId);
    }
  }

  /** The write that takes the channel off the list of those with a timer. */
  function unlisted(channelId: string): Write {
    return { Delete: { TableName: table, Key: waitingKey(channelId) } };
  }

  return {
    get,
    getAgain,
    getNow,
    getKnown,
    forget,
    idsOf,
    forgetIdsOf,
    listOf,
    allIds,
    refuseCredentials,
    setDeaf,
    setElsewhere,
    remove,
  };
}
