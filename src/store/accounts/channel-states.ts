import { GetCommand, TransactWriteCommand, type UpdateCommandInput } from '@aws-sdk/lib-dynamodb';
import type { ChannelReport } from '#domain/channel';
import { type Connection, shownState } from '#domain/connection';
import type { ChannelEvent } from '#domain/event';
import { createConnections } from '#store/accounts/connections';
import { channelKey } from '#store/accounts/keys';
import { createReceivers } from '#store/accounts/receivers';
import { type StoreDeps, tableName } from '#store/dynamo/client';
import { ContentionError, conditionReasons, isOvertaken } from '#store/dynamo/errors';
import { type Write, writeIf } from '#store/dynamo/transaction';
import { createChannelNews } from '#store/outbox/channel-news';
import { readStored, type StoredChannel, stateOf } from './channel-item.ts';

/** The attributes that a channel's state follows from. */
type OfState = 'state' | 'credentialsVersion' | 'refusedVersion' | 'elsewhere' | 'isBlocked' | 'link' | 'tier';

/** A change of a channel that may change its state. */
export interface StateChange {
  readonly channelId: string;
  readonly account: string;
  /** The update of the channel. Its condition decides. */
  readonly update: UpdateCommandInput & { readonly UpdateExpression: string; readonly ConditionExpression: string };
  readonly beside?: readonly Write[];
  /** The attributes that the update changes. */
  readonly changed: (stored: StoredChannel) => Partial<StoredChannel>;
  /** The attributes that may not change meanwhile: all of them, or those that the function may write. */
  readonly watched?: readonly OfState[];
}

export type ChannelStates = ReturnType<typeof createChannelStates>;

const OF_STATE: readonly OfState[] = [
  'state',
  'credentialsVersion',
  'refusedVersion',
  'elsewhere',
  'isBlocked',
  'link',
  'tier',
];
const TRIES = 20;

/** Changes channels, and tells the receivers of their accounts of the new states in the same transactions. */
export function createChannelStates(deps: StoreDeps) {
  const { client, cache, clock } = deps;
  const table = tableName(deps, 'accounts');
  const receivers = createReceivers(deps);
  const connections = createConnections(deps);
  const news = createChannelNews(deps);

  async function load(channelId: string): Promise<StoredChannel | undefined> {
    const get = new GetCommand({ TableName: table, Key: channelKey(channelId), ConsistentRead: true });
    const { Item } = await client.send(get);
    return Item && readStored(Item);
  }

  async function isTold(account: string): Promise<boolean> {
    return (await receivers.listening(account, 'channelsUpdates')) !== undefined;
  }

  /** The writes that tell of a new channel. */
  async function writesOfNew(account: string, channelId: string): Promise<Write[]> {
    if (!(await isTold(account))) return [];
    return news.writesOf(account, { what: 'channel', channelId, state: 'active', at: clock.now() });
  }

  /**
   * Changes the channel. If its state or its tier is another one then and a receiver wants to know, the event is put with
   * it. False if the condition of the update does not hold.
   */
  async function write(change: StateChange): Promise<boolean> {
    const { channelId, account, update, beside = [] } = change;
    if (!(await isTold(account))) return writeIf(client, [{ Update: update }, ...beside]);
    const told = await connections.ofNow(channelId);
    for (let tries = 0, at = clock.now(); tries < TRIES; tries += 1, at = Math.max(at + 1, clock.now())) {
      const stored = await load(channelId);
      if (!stored) return writeIf(client, [{ Update: update }, ...beside]);
      const after = { ...stored, ...change.changed(stored) };
      const [before, state] = [stored, after].map((channel) => shownState(stateOf(channel), told)) as [string, string];
      const { tier } = after;
      const isNews = before !== state || tier !== stored.tier;
      const event: ChannelEvent | undefined = isNews
        ? { what: 'channel', channelId, state, ...(tier !== undefined && { tier }), at }
        : undefined;
      const Update = { ...update, ...ifUnchanged(change, stored) };
      const outcome = await tryAll([{ Update }, ...beside, ...(event ? news.writesOf(account, event) : [])]);
      if (outcome === 'written') return true;
      if (outcome === 'refused' && isUnchanged(change, stored, await load(channelId))) return false;
      if (event) await news.makeRoom(account, event);
    }
    throw new ContentionError('The state of a channel');
  }

  /**
   * Stores a report of a connection, as `connections.put` does. If the channel can reply no more because of it, or can
   * again, and a receiver wants to know, the event is put with it.
   */
  async function putConnection(
    { channelId, account }: Pick<StoredChannel, 'channelId' | 'account'>,
    connection: Connection,
  ): Promise<'stored' | 'older'> {
    const stored = (await isTold(account)) ? await load(channelId) : undefined;
    if (!stored) return connections.put(channelId, connection);
    const known = await connections.ofNow(channelId);
    const others = known.filter(({ connectionId }) => connectionId !== connection.connectionId);
    const [before, state] = [known, [...others, connection]].map((all) => shownState(stateOf(stored), all)) as [
      string,
      string,
    ];
    if (before === state) return connections.put(channelId, connection);
    try {
      for (let tries = 0, at = clock.now(); tries < TRIES; tries += 1, at = Math.max(at + 1, clock.now())) {
        const event: ChannelEvent = { what: 'channel', channelId, state, at };
        const writes = [connections.updateOf(channelId, connection), ...news.writesOf(account, event)];
        const outcome = await tryAll(writes);
        if (outcome !== 'overtaken') return outcome === 'written' ? 'stored' : 'older';
        await news.makeRoom(account, event);
      }
      throw new ContentionError('The connections of a channel');
    } finally {
      connections.forget(channelId);
    }
  }

  /**
   * Stores what the messenger says of the channel's account, and tells it as `write` does. Of what was said the later
   * word stays, in whatever order it comes. `older` if nothing of the report is later.
   */
  async function putReport(
    channel: Pick<StoredChannel, 'channelId' | 'account'>,
    { isBlocked, tier, link, time }: ChannelReport,
  ): Promise<'stored' | 'older'> {
    const isStored = [
      isBlocked !== undefined && (await putWord(channel, 'isBlocked', isBlocked, 'blockedAt', time)),
      tier !== undefined && (await putWord(channel, 'tier', tier, 'tierAt', time)),
      link !== undefined && (await putWord(channel, 'link', link, 'linkAt', time)),
    ];
    return isStored.includes(true) ? 'stored' : 'older';
  }

  async function putWord(
    { channelId, account }: Pick<StoredChannel, 'channelId' | 'account'>,
    name: 'isBlocked' | 'tier' | 'link',
    value: boolean | string,
    since: 'blockedAt' | 'tierAt' | 'linkAt',
    time: number,
  ): Promise<boolean> {
    try {
      return await write({
        channelId,
        account,
        update: {
          TableName: table,
          Key: channelKey(channelId),
          UpdateExpression: `SET #${name} = :value, #${since} = :time`,
          ConditionExpression: `attribute_exists(p) AND (attribute_not_exists(#${since}) OR #${since} < :time)`,
          ExpressionAttributeNames: { [`#${name}`]: name, [`#${since}`]: since },
          ExpressionAttributeValues: { ':value': value, ':time': time },
        },
        changed: () => ({ [name]: value }),
        watched: ['isBlocked', 'link', 'tier'],
      });
    } finally {
      for (const cachedAs of ['channel', 'open channel']) cache.forget(cachedAs, channelId);
    }
  }

  /** `refused`: the condition of the first write does not hold. `overtaken`: another one does not. */
  async function tryAll(writes: readonly Write[]): Promise<'written' | 'refused' | 'overtaken'> {
    try {
      await client.send(new TransactWriteCommand({ TransactItems: [...writes] }));
      return 'written';
    } catch (error) {
      if (conditionReasons(error)?.[0]) return 'refused';
      if (isOvertaken(error)) return 'overtaken';
      throw error;
    }
  }

  return { write, writesOfNew, putConnection, putReport };
}

function isUnchanged(
  { watched = OF_STATE }: StateChange,
  one: StoredChannel,
  other: StoredChannel | undefined,
): boolean {
  return other === undefined || watched.every((name) => one[name] === other[name]);
}

/** The condition of the update, and that nothing has changed of what the state follows from. */
function ifUnchanged({ update, watched = OF_STATE }: StateChange, stored: StoredChannel) {
  const known = watched.filter((name) => stored[name] !== undefined);
  const conditions = watched.map((name) =>
    known.includes(name) ? `#${name} = :was_${name}` : `attribute_not_exists(#${name})`,
  );
  return {
    ConditionExpression: [`(${update.ConditionExpression})`, ...conditions].join(' AND '),
    ExpressionAttributeNames: {
      ...update.ExpressionAttributeNames,
      ...Object.fromEntries(watched.map((name) => [`#${name}`, name])),
    },
    ExpressionAttributeValues: {
      ...update.ExpressionAttributeValues,
      ...Object.fromEntries(known.map((name) => [`:was_${name}`, stored[name]])),
    },
  };
}
