import { PutCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { hash53 } from '#domain/hash';
import { LONGEST_QUEUE_MS } from '#domain/pace';
import { slotsOf } from '#domain/slots';
import { batchGet } from '#store/dynamo/batch-get';
import { type StoreDeps, tableName } from '#store/dynamo/client';
import { unlessRefused } from '#store/dynamo/errors';
import { updateIf } from '#store/dynamo/update-if';
import { isHeldBy, laneKey } from './lane-item.ts';

/** The holder of a lane that wants to call a receiver of the account. */
export interface Caller {
  readonly account: string;
  readonly receiver: string;
  readonly lane: string;
  readonly token: string;
}

/** The calls that a caller wants to make in a row. `isPaid`: its turn has come, so the slots have rested for them. */
export interface Run {
  readonly calls: number;
  /** How long a slot rests for each call. */
  readonly restMs: number;
  readonly isPaid: boolean;
}

/**
 * Whether the caller has a slot. `turn`: no slot has rested, and the caller's turn comes at that time (epoch ms); it is
 * paid for then. `full`: the calls of others have to end.
 */
export type TakenSlot =
  | { readonly kind: 'taken' }
  | { readonly kind: 'turn'; readonly at: number }
  | { readonly kind: 'full' };

/** A slot as it was read. It is free if it names no lane, or nothing that could be one. */
interface Slot {
  readonly number: number;
  readonly lane?: string | undefined;
  readonly token?: unknown;
  /** When it has rested from the calls that were made with it, or that wait for their turn (epoch ms). */
  readonly restedAt: number;
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

  /**
   * Takes a slot until the caller's lease of its lane ends. With a run it takes one that has rested, or puts the run in
   * the queue. Without one the slots need no rest.
   */
  async function take(caller: Caller, run?: Run): Promise<TakenSlot> {
    const restMs = run && !run.isPaid ? restOf(run) : 0;
    for (let tries = 0; tries < TRIES; tries += 1) {
      const slots = await slotsFor(caller, tries);
      // The answer to an earlier try was lost.
      if (slots.some(({ token }) => token === caller.token)) return { kind: 'taken' };
      const now = clock.now();
      const rested = restMs > 0 ? slots.filter(({ restedAt }) => restedAt <= now) : slots;
      if (rested.length === 0) {
        const at = await queueUp(caller.account, slots, restMs, tries);
        if (at === 'again') continue;
        return at === undefined ? { kind: 'full' } : { kind: 'turn', at };
      }
      const free = await findFree(rested);
      if (!free) return { kind: 'full' };
      if (await claim(free, caller, restMs > 0 ? now + restMs : free.restedAt)) return { kind: 'taken' };
    }
    return { kind: 'full' };
  }

  /**
   * Puts further calls of a caller that has its slot in the queue. Answers with the time of its turn (epoch ms), which
   * may have come; undefined if the queue is too long.
   */
  async function queueMore(caller: Caller, run: Run): Promise<number | undefined> {
    for (let tries = 0; tries < TRIES; tries += 1) {
      const at = await queueUp(caller.account, await slotsFor(caller, tries), restOf(run), tries);
      if (at !== 'again') return at;
    }
    return undefined;
  }

  /**
   * Lets the slot that has rested first rest for longer. Its old time is the turn. `again`: another was quicker. The next
   * try is for another slot then, because many may come at once.
   */
  async function queueUp(
    account: string,
    slots: readonly Slot[],
    restMs: number,
    tries: number,
  ): Promise<number | 'again' | undefined> {
    const now = clock.now();
    const first = slots.toSorted((one, other) => one.restedAt - other.restedAt)[tries % slots.length];
    if (!first || first.restedAt - now > LONGEST_QUEUE_MS) return undefined;
    const at = Math.max(first.restedAt, now);
    const isSet = await updateIf(client, {
      TableName: table,
      Key: { l: partitionOf(account), e: sortOf(first.number) },
      UpdateExpression: 'SET #restedAt = :next',
      ConditionExpression: first.restedAt === 0 ? 'attribute_not_exists(#restedAt)' : '#restedAt = :before',
      ExpressionAttributeValues: {
        ':next': at + restMs,
        ...(first.restedAt !== 0 && { ':before': first.restedAt }),
      },
    });
    return isSet ? at : 'again';
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
    const taken = new Map(Items.map((item) => [String(item.e), item]));
    const slots = slotsOf(receiver, slotLimits).map((number): Slot => {
      const { lane, token, restedAt } = taken.get(sortOf(number)) ?? {};
      return { number, lane: laneIn(lane), token, restedAt: typeof restedAt === 'number' ? restedAt : 0 };
    });
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

  /** Puts the caller into the slot, unless somebody else did so, or queued up for it, meanwhile. */
  function claim(
    { number, token, restedAt }: Slot,
    { account, lane, token: own }: Caller,
    restsUntil: number,
  ): Promise<boolean> {
    const Item = {
      l: partitionOf(account),
      e: sortOf(number),
      lane,
      token: own,
      ...(restsUntil > 0 && { restedAt: restsUntil }),
    };
    const unchanged = [
      token === undefined ? 'attribute_not_exists(#token)' : '#token = :before',
      restedAt === 0 ? 'attribute_not_exists(#restedAt)' : '#restedAt = :rested',
    ];
    const values = { ...(token !== undefined && { ':before': token }), ...(restedAt !== 0 && { ':rested': restedAt }) };
    return unlessRefused(
      client.send(
        new PutCommand({
          TableName: table,
          Item,
          ConditionExpression: unchanged.join(' AND '),
          ExpressionAttributeNames: { '#token': 'token', '#restedAt': 'restedAt' },
          ...(Object.keys(values).length > 0 && { ExpressionAttributeValues: values }),
        }),
      ),
    );
  }

  return { take, queueMore };
}

function restOf({ calls, restMs }: Run): number {
  return Math.ceil(calls * restMs);
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
