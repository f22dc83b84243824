import { GetCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod/mini';
import { type Notices, nextWake } from '#domain/notice';
import { type StoreDeps, tableName } from '#store/dynamo/client';
import { unlessRefused } from '#store/dynamo/errors';
import { setting } from '#store/dynamo/transaction';
import type { Subscriber } from './push-subscriptions.ts';

const itemSchema = z.object({ at: z.number() });
const KEPT_SECONDS = 3_600;

/**
 * Plans when users are woken: one item for each user and each choice of their devices, so that of many calls at once one
 * wakes them.
 */
export function createWakes(deps: StoreDeps) {
  const { client, clock } = deps;
  const table = tableName(deps, 'pages');

  /**
   * Plans to wake those devices of the user for a call, once in `every` milliseconds, and answers in how many. Undefined if
   * it is planned already, also by another process at this moment.
   */
  async function plan(subscriber: Subscriber, devices: Notices, every: number): Promise<number | undefined> {
    const Key = keyOf(subscriber, devices);
    const { Item } = await client.send(new GetCommand({ TableName: table, Key, ConsistentRead: true }));
    const last = Item && itemSchema.parse(Item).at;
    const now = clock.now();
    const at = nextWake(last, now, every);
    if (at === undefined) return undefined;
    const ttl = Math.ceil(at / 1000) + KEPT_SECONDS;
    const change = setting({ at, ttl }, conditionOf(last));
    const isPlanned = await unlessRefused(client.send(new UpdateCommand({ TableName: table, Key, ...change })));
    return isPlanned ? at - now : undefined;
  }

  return { plan };
}

/** An earlier release knew no choices. */
function keyOf({ account, userId }: Subscriber, devices: Notices) {
  return { p: `wake#${account}#${userId}`, s: devices === 'all' ? '-' : devices };
}

/** On condition that nobody has planned meanwhile. */
function conditionOf(last: number | undefined) {
  if (last === undefined) return { ConditionExpression: 'attribute_not_exists(#at)' };
  return { ConditionExpression: '#at = :last', ExpressionAttributeValues: { ':last': last } };
}
