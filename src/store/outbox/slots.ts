import { PutCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { hash53 } from '#domain/hash';
import { slotsOf } from '#domain/slots';
import { batchGet } from '#store/dynamo/batch-get';
import { type StoreDeps, tableName } from '#store/dynamo/client';
import { unlessRefused } from '#store/dynamo/errors';
import { isHeldBy, laneKey } from './lane-item.ts';

/** The holder of a lane that wants to call a receiver of the account. */
export interface Caller {
  readonly account: string;
  readonly receiver: string;
  readonly lane: string;
  readonly token: string;
}

/** A slot as it was read. It is free if it names no lane, or nothing that could be one. */
interface Slot {
  readonly number: number;
  readonly lane?: string | undefined;
  readonly token?: unknown;
}

export type Slots = ReturnType<typeof createSlots>;

/** Another caller may take the slot in between. After so many tries the caller waits like one who finds none. */
const TRIES = 8;

/**
 * The slots of accounts: who has one may call. A slot names the lane that took it, and the lease of that lane at that
 * time. It is free as soon as that lease has ended, so that giving it back takes no write, and no crash keeps it.
 */
export function createSlots(deps: StoreDeps) {
  const { client, clock, slotLimits } = deps;
  const table = tableName(deps, 'outbox');

  /** Takes a slot until the caller's lease of its lane ends. False if the receiver or the account has no free one. */
  async function take(caller: Caller): Promise<boolean> {
    for (let tries = 0; tries < TRIES; tries += 1) {
      const slots = await slotsFor(caller, tries);
      // The answer to an earlier try was lost.
      if (slots.some(({ token }) => token === caller.token)) return true;
      const free = await findFree(slots);
      if (!free) return false;
      if (await claim(free, caller)) return true;
    }
    return false;
  }

  async function findFree(slots: readonly Slot[]): Promise<Slot | undefined> {
    const withoutLane = slots.find(({ lane }) => lane === undefined);
    if (withoutLane) return withoutLane;
    // Mostly the first is free.
    return (await freeOf(slots.slice(0, 1))) ?? freeOf(slots.slice(1));
  }

  /** The receiver's slots. Callers at once get them in different orders, so that they do not want the same. */
  async function slotsFor({ account, receiver, token }: Caller, tries: number): Promise<Slot[]> {
    const { Items = [] } = await client.send(
      new QueryCommand({
        TableName: table,
        KeyConditionExpression: 'l = :slots',
        ExpressionAttributeValues: { ':slots': partitionOf(account) },
        ConsistentRead: true,
      }),
    );
    const taken = new Map(Items.map(({ e, lane, token }) => [String(e), { lane: laneIn(lane), token }]));
    const slots = slotsOf(receiver, slotLimits).map((number) => ({ number, ...taken.get(sortOf(number)) }));
    const first = hash53(token, tries) % slots.length;
    return [...slots.slice(first), ...slots.slice(0, first)];
  }

  /** The first of these slots of which the lease has ended. */
  async function freeOf(slots: readonly Slot[]): Promise<Slot | undefined> {
    if (slots.length === 0) return undefined;
    const keys = [...new Set(slots.map(({ lane }) => lane as string))].map(laneKey);
    const lanes = new Map((await batchGet(client, table, keys)).map((item) => [String(item.l), item]));
    const now = clock.now();
    return slots.find(({ lane, token }) => !isHeldBy(lanes.get(lane as string), token, now));
  }

  /** Puts the caller into the slot, unless somebody else did so meanwhile. */
  function claim({ number, token: before }: Slot, { account, lane, token }: Caller): Promise<boolean> {
    const Item = { l: partitionOf(account), e: sortOf(number), lane, token };
    const ExpressionAttributeNames = { '#token': 'token' };
    const unchanged =
      before === undefined
        ? { ConditionExpression: 'attribute_not_exists(#token)' }
        : { ConditionExpression: '#token = :before', ExpressionAttributeValues: { ':before': before } };
    return unlessRefused(
      client.send(new PutCommand({ TableName: table, Item, ExpressionAttributeNames, ...unchanged })),
    );
  }

  return { take };
}

function partitionOf(account: string): string {
  return `slots#${account}`;
}

function laneIn(stored: unknown): string | undefined {
  return typeof stored === 'string' && stored !== '' ? stored : undefined;
}

function sortOf(number: number): string {
  return String(number).padStart(2, '0');
}
