import { DeleteCommand, GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod/mini';
import { beginRotation, DEVICE_MS, type Rotation, rotate } from '#domain/device';
import { shortHash } from '#domain/hash';
import type { PageHolder } from '#domain/page';
import { schemaOf } from '#schema-of';
import { createAccountStates } from '#store/accounts/account-state';
import { type StoreDeps, tableName } from '#store/dynamo/client';
import { ContentionError, UnreadableItemError } from '#store/dynamo/errors';
import { queryAll } from '#store/dynamo/pages';
import { ifStill, setting, writeIf } from '#store/dynamo/transaction';
import { holderFields } from '#store/pages/holder-item';
import { newPageSecret } from '#store/pages/page-secret';

/** A device that stays signed in, as its user may see it. Times are in epoch milliseconds. */
export interface Device {
  readonly deviceId: string;
  readonly userId: string;
  readonly userMade?: number;
  readonly userAgent: string;
  readonly createdAt: number;
  /** Exact to an hour. */
  readonly usedAt: number;
}

/** What a device's cookie says: which device it is, and the value that proves it. */
export interface ShownDevice {
  readonly account: string;
  readonly deviceId: string;
  readonly value: string;
}

/** A device that has proved itself: who is signed in on it, and the value that its cookie gets. */
export interface KnownDevice extends ShownDevice {
  readonly holder: PageHolder & { readonly userId: string };
  readonly isDisabled: boolean;
}

export type Devices = ReturnType<typeof createDevices>;

const HOUR_MS = 3_600_000;
const TRIES = 20;
/** Somebody who signs in again and again from elsewhere makes no endless list: the oldest devices end. */
const MOST_OF_USER = 50;

interface Item extends Omit<PageHolder, 'userId'> {
  readonly s: string;
  readonly userId: string;
  readonly rotation: Rotation;
  /** Grows with every step. */
  readonly ver: number;
  readonly userAgent: string;
  readonly createdAt: number;
  readonly usedAt: number;
}

const itemSchema = schemaOf<Item>()(
  z.object({
    ...holderFields,
    userId: z.string(),
    s: z.string(),
    rotation: z.object({
      key: z.string(),
      before: z.exactOptional(z.string()),
      present: z.string(),
      next: z.string(),
      steppedAt: z.number(),
    }),
    ver: z.number(),
    userAgent: z.string(),
    createdAt: z.number(),
    usedAt: z.number(),
  }),
);

/** The devices on which users stay signed in. Only hashes of what their cookies hold are stored. */
export function createDevices(deps: StoreDeps) {
  const { client, cache, clock, newId } = deps;
  const table = tableName(deps, 'pages');
  const states = createAccountStates(deps);

  /** Signs a device in, and answers with what its cookie has to show. */
  async function make(holder: PageHolder & { readonly userId: string }, userAgent: string): Promise<ShownDevice> {
    const { account, userId } = holder;
    const [deviceId, value, now] = [`${prefixOf(userId)}${newId()}`, newPageSecret(), clock.now()];
    const rotation = beginRotation(value, newPageSecret(), now);
    const Item = {
      ...deviceKey(account, deviceId),
      ...holder,
      rotation,
      ver: 1,
      userAgent,
      createdAt: now,
      usedAt: now,
      ttl: ttlOf(now),
    };
    await client.send(new PutCommand({ TableName: table, Item }));
    const over = (await list(account, userId)).slice(MOST_OF_USER);
    await Promise.all(over.map((device) => end(account, device.deviceId)));
    return { account, deviceId, value };
  }

  /** Who is signed in on the device that shows this, and what it shows from now on. Undefined if it is none. */
  async function show({ account, deviceId, value }: ShownDevice): Promise<KnownDevice | undefined> {
    const id = `${account} ${deviceId}`;
    if (cache.isMissing('device', id)) return undefined;
    for (let attempt = 1; attempt <= TRIES; attempt += 1) {
      const item = await load(account, deviceId);
      // A device that has ended never comes back.
      if (!item) cache.miss('device', id);
      const now = clock.now();
      const rotated = item && rotate(item.rotation, value, now);
      if (!item || !rotated) return undefined;
      if (!(await note(item, rotated.after, now))) continue;
      const { isDisabled } = await states.stateOf(account);
      return { account, deviceId, value: rotated.give, holder: holderOf(item), isDisabled };
    }
    throw new ContentionError('A device');
  }

  /** Stores a step, and the use of an hour. False if the device took a step meanwhile, or was ended. */
  async function note({ account, s, rotation, ver, usedAt }: Item, after: Rotation, now: number): Promise<boolean> {
    if (after === rotation && usedAt > now - HOUR_MS) return true;
    const next = { rotation: after, ver: ver + 1, usedAt: now, ttl: ttlOf(now) };
    const update = { TableName: table, Key: deviceKey(account, s), ...setting(next, ifStill('ver', ver)) };
    return writeIf(client, [{ Update: update }]);
  }

  async function load(account: string, deviceId: string): Promise<Item | undefined> {
    const { Item } = await client.send(
      new GetCommand({ TableName: table, Key: deviceKey(account, deviceId), ConsistentRead: true }),
    );
    const item = Item && readItem(Item);
    return item && !hasEnded(item) ? item : undefined;
  }

  function hasEnded({ usedAt }: Item): boolean {
    return usedAt + DEVICE_MS <= clock.now();
  }

  /** The devices of the user, or of all users of the account; the last used first. */
  async function list(account: string, userId?: string): Promise<Device[]> {
    const items = await queryAll(client, {
      TableName: table,
      KeyConditionExpression: userId === undefined ? 'p = :devices' : 'p = :devices AND begins_with(s, :own)',
      ExpressionAttributeValues: {
        ':devices': partitionOf(account),
        ...(userId !== undefined && { ':own': prefixOf(userId) }),
      },
      ConsistentRead: true,
    });
    return items
      .map(readItem)
      .filter((item) => !hasEnded(item) && (userId === undefined || item.userId === userId))
      .map(deviceOf)
      .sort((one, other) => other.usedAt - one.usedAt || other.createdAt - one.createdAt);
  }

  /** Signs the device out. Its tokens end within 10 s. */
  async function end(account: string, deviceId: string): Promise<void> {
    await client.send(new DeleteCommand({ TableName: table, Key: deviceKey(account, deviceId) }));
  }

  return { make, show, list, end };
}

function holderOf({ account, userId, userMade, keyId, scope }: Item): KnownDevice['holder'] {
  return { account, userId, ...(userMade !== undefined && { userMade }), keyId, scope };
}

function deviceOf({ s, userId, userMade, userAgent, createdAt, usedAt }: Item): Device {
  return { deviceId: s, userId, ...(userMade !== undefined && { userMade }), userAgent, createdAt, usedAt };
}

/** How the ids of a user's devices begin, so that they lie together. Another user's may begin so, too. */
function prefixOf(userId: string): string {
  return `${shortHash(userId)}-`;
}

/** The partition of the devices of an account. */
function partitionOf(account: string): string {
  return `device#${account}`;
}

/** The key of a device. A token that belongs to it ends with it. */
export function deviceKey(account: string, deviceId: string) {
  return { p: partitionOf(account), s: deviceId };
}

function ttlOf(usedAt: number): number {
  return Math.ceil((usedAt + DEVICE_MS) / 1000);
}

function readItem(item: Record<string, unknown>): Item {
  const parsed = itemSchema.safeParse(item);
  if (!parsed.success) throw new UnreadableItemError('pages', { cause: parsed.error });
  return parsed.data;
}
