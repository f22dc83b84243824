import { DeleteCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { LEASE_MS, RENEW_MS } from '#domain/delivery';
import { type StoreDeps, tableName } from '#store/dynamo/client';
import { isConditionFailure } from '#store/dynamo/errors';
import { plainItem } from '#store/dynamo/marshalled';
import { updateIf } from '#store/dynamo/update-if';
import { createWaitingLanes, SLOW, WORK } from './waiting-lanes.ts';

/**
 * The result of taking a lane. `held`: another holder has it, and looks again before it lets go. `waiting`: it is not
 * due before `until` (epoch ms).
 */
export type Taken =
  | ({ readonly outcome: 'taken' } & Tried)
  | { readonly outcome: 'held' }
  | { readonly outcome: 'waiting'; readonly until: number };

/** What a lane remembers from one holder to the next, while something waits in it. */
export interface Tried {
  /** The failures in a row. */
  readonly attempts: number;
  /** How often in a row it found no free slot. */
  readonly waits: number;
  /** Whether its last call was slow. Its bells then go to the queue of slow lanes. */
  readonly slow: boolean;
}

export type Lanes = ReturnType<typeof createLanes>;

const LANE = '-';

// What is absent or no number is not later than now.
const NOT_HELD = 'NOT leaseUntil > :now';
const IS_DUE = 'NOT nextAt > :now';
const HOLDS_LEASE = '#token = :token';
const NOBODY_ASKED = 'attribute_not_exists(again)';

/**
 * The lanes of the outbox: the table is the queue. One lane has one holder at a time. All that a holder does to the lane
 * is conditional on its token.
 */
export function createLanes(deps: StoreDeps) {
  const { client, clock } = deps;
  const table = tableName(deps, 'outbox');

  /** Takes the lane for the holder of that token, for a minute unless it is renewed. */
  async function take(lane: string, token: string): Promise<Taken> {
    for (;;) {
      const now = clock.now();
      const taken = await tryTake(lane, token, now);
      if ('attempts' in taken) return { outcome: 'taken', ...taken };
      if (!(taken.leaseUntil > now)) return { outcome: 'waiting', until: taken.nextAt };
      if (await askAgain(lane)) return { outcome: 'held' };
    }
  }

  async function tryTake(
    lane: string,
    token: string,
    now: number,
  ): Promise<Tried | { leaseUntil: number; nextAt: number }> {
    try {
      const { Attributes } = await client.send(
        new UpdateCommand({
          TableName: table,
          Key: laneKey(lane),
          // A sweep by `nextAt` finds the lane of a holder that died.
          UpdateExpression:
            'SET leaseUntil = :until, nextAt = :until, #token = :token, w = if_not_exists(w, :work) REMOVE again',
          ConditionExpression: `${NOT_HELD} AND ${IS_DUE}`,
          ExpressionAttributeNames: { '#token': 'token' },
          ExpressionAttributeValues: { ':until': now + LEASE_MS, ':now': now, ':token': token, ':work': WORK },
          ReturnValues: 'ALL_NEW',
          ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
        }),
      );
      const { attempts = 0, waits = 0, w } = Attributes ?? {};
      return { attempts: Number(attempts), waits: Number(waits), slow: w === SLOW };
    } catch (error) {
      if (!isConditionFailure(error)) throw error;
      const { leaseUntil = 0, nextAt = 0 } = plainItem(error.Item ?? {});
      return { leaseUntil: Number(leaseUntil), nextAt: Number(nextAt) };
    }
  }

  /** Makes the holder look again; false if the lane has no holder any more. */
  async function askAgain(lane: string): Promise<boolean> {
    return change(lane, 'SET again = :true', 'leaseUntil > :now', { ':true': true, ':now': clock.now() });
  }

  /** Renews the lease, and clears `again`. False if the lease was lost. */
  async function renew(lane: string, token: string): Promise<boolean> {
    const values = { ':until': clock.now() + LEASE_MS, ':token': token };
    // An answer that comes later than that must not be taken for a fresh lease.
    const options = { abortSignal: clock.deadline(RENEW_MS) };
    return change(lane, 'SET leaseUntil = :until REMOVE again', HOLDS_LEASE, values, options);
  }

  /**
   * Gives the lane back because nothing is left in it. `again`: a bell asked to look again. `lost`: the lease was not
   * ours.
   */
  async function giveBack(lane: string, token: string): Promise<'given' | 'again' | 'lost'> {
    try {
      await client.send(
        new DeleteCommand({
          TableName: table,
          Key: laneKey(lane),
          ConditionExpression: `${HOLDS_LEASE} AND ${NOBODY_ASKED}`,
          ExpressionAttributeNames: { '#token': 'token' },
          ExpressionAttributeValues: { ':token': token },
        }),
      );
      return 'given';
    } catch (error) {
      if (!isConditionFailure(error)) throw error;
      return (await renew(lane, token)) ? 'again' : 'lost';
    }
  }

  /** Gives the lane back until `nextAt` (epoch ms), and notes what the next holder has to know. */
  async function postpone(
    lane: string,
    token: string,
    nextAt: number,
    { attempts, waits, slow }: Tried,
  ): Promise<void> {
    const waiting =
      'SET nextAt = :next, attempts = :attempts, waits = :waits, w = :work REMOVE leaseUntil, #token, again';
    const values = { ':next': nextAt, ':attempts': attempts, ':waits': waits, ':work': slow ? SLOW : WORK };
    await change(lane, waiting, HOLDS_LEASE, { ...values, ':token': token });
  }

  /** Makes a waiting lane due now. One that is held or empty stays as it is. */
  async function hasten(lane: string): Promise<void> {
    const waits = 'attribute_exists(nextAt) AND attribute_not_exists(leaseUntil)';
    await change(lane, 'SET nextAt = :now', waits, { ':now': clock.now() });
  }

  /** Changes the lane's own item if the condition holds; false if it does not. */
  function change(
    lane: string,
    UpdateExpression: string,
    ConditionExpression: string,
    ExpressionAttributeValues: Record<string, unknown>,
    options?: { readonly abortSignal: AbortSignal },
  ): Promise<boolean> {
    const update = { UpdateExpression, ConditionExpression, ExpressionAttributeValues };
    return updateIf(client, { TableName: table, Key: laneKey(lane), ...update }, options);
  }

  return { take, renew, giveBack, postpone, hasten, ...createWaitingLanes(deps) };
}

/** The key of a lane's item. */
export function laneKey(lane: string): { readonly l: string; readonly e: string } {
  return { l: lane, e: LANE };
}

/** Whether the lane's item, if there is one, says that the holder of that token has the lane at that time. */
export function isHeldBy(item: Readonly<Record<string, unknown>> | undefined, token: unknown, now: number): boolean {
  return item !== undefined && item.token === token && Number(item.leaseUntil) > now;
}
