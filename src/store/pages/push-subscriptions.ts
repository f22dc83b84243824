import { DeleteCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod/mini';
import { DEFAULT_CHOICE, type DeviceChoice, NOTICES, type Notices } from '#domain/notice';
import { isUserOf } from '#domain/page';
import { schemaOf } from '#schema-of';
import type { User } from '#store/directory/users';
import { batchGet } from '#store/dynamo/batch-get';
import { type StoreDeps, tableName } from '#store/dynamo/client';
import { UnreadableItemError, unlessRefused } from '#store/dynamo/errors';
import { queryAll, scanPages } from '#store/dynamo/pages';
import { updateIf } from '#store/dynamo/update-if';
import { deviceKey } from '#store/pages/devices';

/** A user of an account. */
export interface Subscriber {
  readonly account: string;
  readonly userId: string;
}

/** A browser of a user that can be woken. */
export interface PushSubscription extends DeviceChoice {
  readonly userId: string;
  readonly userMade?: number;
  /** The page made it, and there is one for each browser. */
  readonly id: string;
  readonly endpoint: string;
  /** The device on which the user was signed in. The subscription ends with it. */
  readonly deviceId?: string;
  /** When the page told of it last (epoch ms). */
  readonly at: number;
  /** When a page of that browser said last that somebody looks at it (epoch ms). */
  readonly visibleAt?: number;
}

/** A subscription that the page tells of. What it does not choose stays as it was chosen before. */
export type ToldSubscription = Pick<PushSubscription, 'id' | 'endpoint' | 'deviceId' | 'userMade'> & {
  readonly [Choice in keyof DeviceChoice]?: DeviceChoice[Choice] | undefined;
};

export type PushSubscriptions = ReturnType<typeof createPushSubscriptions>;

/** Of one user. The oldest makes way for another. */
export const MOST_SUBSCRIPTIONS = 20;
/** A page tells of its subscription each time that it is opened. */
const KEPT_SECONDS = 90 * 24 * 3600;
const CACHE = 'push subscribers';

const itemSchema = schemaOf<PushSubscription>()(
  z.object({
    userId: z.string(),
    userMade: z.exactOptional(z.number()),
    id: z.string(),
    endpoint: z.string(),
    deviceId: z.exactOptional(z.string()),
    at: z.number(),
    // Earlier releases did not ask.
    notices: z._default(z.enum(NOTICES), DEFAULT_CHOICE.notices),
    outsideHours: z._default(z.boolean(), DEFAULT_CHOICE.outsideHours),
    visibleAt: z.exactOptional(z.number()),
  }),
);

/** The browsers of users that can be woken: one partition for each account. */
export function createPushSubscriptions(deps: StoreDeps) {
  const { client, clock, cache } = deps;
  const table = tableName(deps, 'pages');

  async function read(account: string, beginning: string): Promise<PushSubscription[]> {
    const items = await queryAll(client, {
      TableName: table,
      KeyConditionExpression: `p = :account${beginning === '' ? '' : ' AND begins_with(s, :user)'}`,
      ExpressionAttributeValues: {
        ':account': partitionOf(account),
        ...(beginning !== '' && { ':user': beginning }),
      },
      ConsistentRead: true,
    });
    return items.map(readItem);
  }

  const ofAccount = cache.loader(CACHE, (account) => read(account, ''));

  /** What the devices of the account's users want to hear of, by user. Those that want nothing are left out. Cached for 10 s. */
  async function subscribersOf(account: string): Promise<ReadonlyMap<string, ReadonlySet<Notices>>> {
    const wanted = new Map<string, Set<Notices>>();
    for (const { userId, notices } of (await ofAccount(account)) ?? []) {
      if (notices !== 'none') wanted.set(userId, (wanted.get(userId) ?? new Set()).add(notices));
    }
    return wanted;
  }

  /** Whether any browser can be woken. It reads the whole table, so only one machine asks, when it starts. */
  async function areThere(): Promise<boolean> {
    const found = scanPages(client, {
      TableName: table,
      FilterExpression: 'begins_with(p, :push)',
      ExpressionAttributeValues: { ':push': PARTITION },
      ProjectionExpression: 'p',
    });
    for await (const items of found) if (items.length > 0) return true;
    return false;
  }

  /** The subscriptions of the user as they are now. */
  function of({ account, userId }: Subscriber): Promise<PushSubscription[]> {
    return read(account, `${nameOf(userId)}#`);
  }

  /**
   * The subscriptions of the user as the directory has them now. Those of devices that are signed out, and of a user who
   * was deleted, are ended.
   */
  async function ofSignedIn(subscriber: Subscriber, user: User | undefined): Promise<PushSubscription[]> {
    const { account } = subscriber;
    const all = await of(subscriber);
    const deviceIds = [...new Set(all.flatMap(({ deviceId }) => deviceId ?? []))];
    const keys = deviceIds.map((deviceId) => deviceKey(account, deviceId));
    const found = await batchGet(client, table, keys);
    const isThere = (deviceId: string) => found.some(({ s }) => s === deviceKey(account, deviceId).s);
    const left = all.filter((one) => !isUserOf(one, user) || (one.deviceId !== undefined && !isThere(one.deviceId)));
    for (const one of left) await removeGone(subscriber, one);
    return all.filter((one) => !left.includes(one));
  }

  /** Stores the subscription in the place of the one with its id. Answers with what is chosen for it now. */
  async function put(
    subscriber: Subscriber,
    { id, endpoint, deviceId, userMade, ...wanted }: ToldSubscription,
  ): Promise<DeviceChoice> {
    const { account, userId } = subscriber;
    const known = await of(subscriber);
    const before = known.find((one) => one.id === id) ?? DEFAULT_CHOICE;
    const { notices = before.notices, outsideHours = before.outsideHours } = wanted;
    const others = known.filter((one) => one.id !== id).sort((one, other) => other.at - one.at);
    for (const { id: oldest } of others.slice(MOST_SUBSCRIPTIONS - 1)) await remove(subscriber, oldest);
    const at = clock.now();
    const ttl = Math.ceil(at / 1000) + KEPT_SECONDS;
    const Item = {
      ...keyOf(subscriber, id),
      userId,
      id,
      endpoint,
      at,
      ttl,
      notices,
      outsideHours,
      ...(deviceId !== undefined && { deviceId }),
      ...(userMade !== undefined && { userMade }),
    };
    await client.send(new PutCommand({ TableName: table, Item }));
    cache.forget(CACHE, account);
    return { notices, outsideHours };
  }

  /** Notes that somebody looks at a page of that browser now, or does not any more. Nothing if there is no such browser. */
  async function noteVisible(subscriber: Subscriber, id: string, isVisible: boolean): Promise<void> {
    const set = isVisible ? 'SET visibleAt = :now' : 'REMOVE visibleAt';
    await updateIf(client, {
      TableName: table,
      Key: keyOf(subscriber, id),
      UpdateExpression: set,
      ConditionExpression: 'attribute_exists(p)',
      ...(isVisible && { ExpressionAttributeValues: { ':now': clock.now() } }),
    });
  }

  /** Ends the subscription, if it is there. */
  async function remove(subscriber: Subscriber, id: string): Promise<void> {
    await client.send(new DeleteCommand({ TableName: table, Key: keyOf(subscriber, id) }));
    cache.forget(CACHE, subscriber.account);
  }

  /** Ends the subscription unless the page has told of it anew since it was read. */
  async function removeGone({ account }: Pick<Subscriber, 'account'>, gone: PushSubscription): Promise<void> {
    const { userId, id, at } = gone;
    await unlessRefused(
      client.send(
        new DeleteCommand({
          TableName: table,
          Key: keyOf({ account, userId }, id),
          ConditionExpression: '#at = :at',
          ExpressionAttributeNames: { '#at': 'at' },
          ExpressionAttributeValues: { ':at': at },
        }),
      ),
    );
    cache.forget(CACHE, account);
  }

  return { subscribersOf, areThere, of, ofSignedIn, put, noteVisible, remove, removeGone };
}

const PARTITION = 'push#';

function partitionOf(account: string): string {
  return `${PARTITION}${account}`;
}

/** Whether that is the partition of subscriptions. */
export function isPushPartition(p: unknown): boolean {
  return typeof p === 'string' && p.startsWith(PARTITION);
}

/** No name holds a `#`, so none is the beginning of another's. */
function nameOf(userId: string): string {
  return encodeURIComponent(userId);
}

function keyOf({ account, userId }: Subscriber, id: string) {
  return { p: partitionOf(account), s: `${nameOf(userId)}#${id}` };
}

function readItem(item: Record<string, unknown>): PushSubscription {
  const parsed = itemSchema.safeParse(item);
  if (!parsed.success) throw new UnreadableItemError('pages', { cause: parsed.error });
  return parsed.data;
}
