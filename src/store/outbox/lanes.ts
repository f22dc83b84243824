import { DeleteCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { LEASE_MS, RENEW_MS } from '#domain/delivery';
import { type StoreDeps, tableName } from '#store/dynamo/client';
import { isConditionFailure } from '#store/dynamo/errors';
import { plainItem } from '#store/dynamo/marshalled';
import { pastTransactions } from '#store/dynamo/past-transactions';
import { updateIf } from '#store/dynamo/update-if';
import { createAnnounce } from './announce.ts';
import { type Lane, type LaneState, laneKey, type Opening, readLane, SLOW, type Tried, WORK } from './lane-item.ts';
import { createWaitingLanes } from './waiting-lanes.ts';

/**
 * The result of taking a lane. `empty`: nothing waits in it. `held`: another holder has it, and looks again before it
 * lets go. `waiting`: it is not due before `until` (epoch ms).
 */
export type Taken =
  | { readonly outcome: 'taken'; readonly lane: Lane }
  | { readonly outcome: 'empty' }
  | { readonly outcome: 'held' }
  | { readonly outcome: 'waiting'; readonly until: number };

export type Lanes = ReturnType<typeof createLanes>;

/** How a write of a holder ended: undefined if the lease was lost, else the key below which nothing waits. */
type Kept = (Opening & Pick<LaneState, 'from' | 'notesFrom'>) | undefined;

/** How long opening some rows again takes at most. */
const OPENING_MS = 20_000;

// What is absent or no number is not later than now.
const NOT_HELD = 'NOT leaseUntil > :now';
/** A lane that was announced is due a minute later for the sweep, and at once for a bell, like one that waits for its rows only. */
const IS_DUE = '(NOT nextAt > :now OR NOT postponed = :true)';
const HOLDS_LEASE = '#token = :token';
const NOBODY_ASKED = 'attribute_not_exists(again)';
/** What those who add rows leave to the holder, who has seen it with its next write. */
const ASKED = ['again', 'late', 'lateNote'];
/** All that a lane is without in which nothing waits. */
const RESTS_WITHOUT = [
  ...['w', 'nextAt', 'postponed', 'leaseUntil', 'token', 'from', 'late', 'memo', 'notesFrom', 'lateNote'],
  ...['attempts', 'calls', 'waits', 'lastError'],
];
const NOTHING_OLDER = '(attribute_not_exists(late) OR late >= :from)';
const NO_OLDER_NOTE = '(attribute_not_exists(lateNote) OR lateNote >= :notesFrom)';

/**
 * The lanes of the outbox: the table is the queue. A lane is there while something waits in it, and has one holder at a
 * time. All that a holder does to the lane is conditional on its token.
 */
export function createLanes(deps: StoreDeps) {
  const { client, clock } = deps;
  const table = tableName(deps, 'outbox');

  /** Takes the lane for the holder of that token, for a minute unless it is renewed. It touches no index. */
  async function take(lane: string, token: string): Promise<Taken> {
    for (;;) {
      const now = clock.now();
      const taken = await tryTake(lane, token, now);
      if (!('refused' in taken)) return { outcome: 'taken', lane: taken };
      if (!taken.refused) return { outcome: 'empty' };
      const { leaseUntil, nextAt } = taken.refused;
      if (!(Number(leaseUntil) > now)) return { outcome: 'waiting', until: Number(nextAt) };
      if (await askAgain(lane)) return { outcome: 'held' };
    }
  }

  async function tryTake(
    lane: string,
    token: string,
    now: number,
  ): Promise<Lane | { refused: Record<string, unknown> | undefined }> {
    try {
      const { Attributes = {} } = await pastTransactions(() =>
        client.send(
          new UpdateCommand({
            TableName: table,
            Key: laneKey(lane),
            UpdateExpression: 'SET leaseUntil = :until, #token = :token REMOVE again, late, lateNote',
            ConditionExpression: `attribute_exists(nextAt) AND ${NOT_HELD} AND ${IS_DUE}`,
            ExpressionAttributeNames: { '#token': 'token' },
            ExpressionAttributeValues: { ':until': now + LEASE_MS, ':now': now, ':token': token, ':true': true },
            ReturnValues: 'ALL_OLD',
            ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
          }),
        ),
      );
      return readLane(Attributes);
    } catch (error) {
      if (!isConditionFailure(error)) throw error;
      return { refused: error.Item && plainItem(error.Item) };
    }
  }

  /** Makes the holder look again; false if the lane has no holder any more. */
  async function askAgain(lane: string): Promise<boolean> {
    return updateIf(client, {
      TableName: table,
      Key: laneKey(lane),
      UpdateExpression: 'SET again = :true',
      ConditionExpression: 'leaseUntil > :now',
      ExpressionAttributeValues: { ':true': true, ':now': clock.now() },
    });
  }

  /**
   * Renews the lease, and remembers the state. Answers with the key from which the holder has to read: `from`, or an
   * older one if a row was added below it. Undefined if the lease was lost.
   */
  async function renew(lane: string, token: string, state: LaneState): Promise<Kept> {
    const set = { leaseUntil: clock.now() + LEASE_MS };
    // An answer that comes later than that must not be taken for a fresh lease.
    return keep(lane, token, state, set, [], { abortSignal: clock.deadline(RENEW_MS) });
  }

  /**
   * Gives the lane back until `nextAt` (epoch ms), and notes what the next holder has to know. `takesNew`: only what is in
   * it waits, so a bell for what is added has it at once.
   */
  async function postpone(
    lane: string,
    token: string,
    nextAt: number,
    tried: Tried,
    state: LaneState,
    takesNew = false,
  ): Promise<void> {
    const { attempts, calls, waits, slow, lastError } = tried;
    const set = {
      nextAt,
      attempts,
      calls,
      waits,
      w: slow ? SLOW : WORK,
      postponed: !takesNew,
      ...(lastError && { lastError }),
    };
    await keep(lane, token, state, set, ['leaseUntil', 'token', ...(lastError ? [] : ['lastError'])]);
  }

  async function keep(
    lane: string,
    token: string,
    { from, notesFrom, memo, kept, answers }: LaneState,
    attributes: Readonly<Record<string, unknown>>,
    removed: readonly string[],
    options?: { readonly abortSignal: AbortSignal },
  ): Promise<Kept> {
    const remembered = { ...(memo && { memo }), ...(kept && { kept }), ...(answers && { answers }) };
    const set = { ...attributes, ...remembered, ...(notesFrom !== undefined && { notesFrom }), from };
    const sets = Object.keys(set).map((name) => `#${name} = :${name}`);
    const isNewest = notesFrom === undefined ? NOTHING_OLDER : `${NOTHING_OLDER} AND ${NO_OLDER_NOTE}`;
    const removes = [...removed, ...ASKED].map((name) => `#${name}`);
    try {
      const { Attributes = {} } = await pastTransactions(() =>
        client.send(
          new UpdateCommand({
            TableName: table,
            Key: laneKey(lane),
            UpdateExpression: `SET ${sets.join(', ')} REMOVE ${removes.join(', ')}`,
            ConditionExpression: `${HOLDS_LEASE} AND ${isNewest}`,
            ExpressionAttributeNames: namesOf([...Object.keys(set), ...removed, ...ASKED, 'token']),
            ExpressionAttributeValues: {
              ...Object.fromEntries(Object.entries(set).map(([name, value]) => [`:${name}`, value])),
              ':token': token,
            },
            ReturnValues: 'ALL_NEW',
            ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
          }),
          options,
        ),
      );
      const { opensFrom, opensUntil } = readLane(Attributes);
      return { from, notesFrom, opensFrom, opensUntil };
    } catch (error) {
      if (!isConditionFailure(error)) throw error;
      const { token: holder, late, lateNote } = plainItem(error.Item ?? {});
      if (holder !== token) return undefined;
      const places = { from: leastOf(from, late), notesFrom: notesFrom && leastOf(notesFrom, lateNote) };
      return keep(lane, token, { ...places, memo, kept, answers }, attributes, removed, options);
    }
  }

  /**
   * Lets the lane go because nothing is left in it. If its work has to remember something, it stays and rests, which
   * costs as many write units as to delete it. If a bell
   * asked to look again, the lease is renewed instead, and the answer is the key from which to read.
   */
  async function letGo(lane: string, token: string, state: LaneState): Promise<'gone' | NonNullable<Kept>> {
    const ends = {
      TableName: table,
      Key: laneKey(lane),
      ConditionExpression: `${HOLDS_LEASE} AND ${NOBODY_ASKED}`,
      ExpressionAttributeValues: { ':token': token },
    };
    const { kept = {}, answers } = state;
    const remembered = { kept, ...(answers !== undefined && { answers }) };
    const sets = Object.keys(remembered).map((name) => `#${name} = :${name}`);
    try {
      if (Object.keys(kept).length === 0 && answers === undefined) {
        await pastTransactions(() =>
          client.send(new DeleteCommand({ ...ends, ExpressionAttributeNames: namesOf(['token']) })),
        );
      } else {
        await pastTransactions(() =>
          client.send(
            new UpdateCommand({
              ...ends,
              // The next announcement finds no time at which it is due, and makes it due as if it were not there.
              UpdateExpression: `SET ${sets.join(', ')} REMOVE ${RESTS_WITHOUT.map((name) => `#${name}`).join(', ')}`,
              ExpressionAttributeNames: namesOf([...Object.keys(remembered), ...RESTS_WITHOUT]),
              ExpressionAttributeValues: {
                ...ends.ExpressionAttributeValues,
                ...Object.fromEntries(Object.entries(remembered).map(([name, value]) => [`:${name}`, value])),
              },
            }),
          ),
        );
      }
      return 'gone';
    } catch (error) {
      if (!isConditionFailure(error)) throw error;
      return (await renew(lane, token, state)) ?? 'gone';
    }
  }

  /**
   * Says that rows of the lane are being opened again from that key on, the older ones first. A holder that has read past
   * them reads from there again before it calls. A lane that is not there has no holder, so nothing is said.
   */
  async function beginOpening(lane: string, from: string): Promise<void> {
    await updateIf(client, {
      TableName: table,
      Key: laneKey(lane),
      UpdateExpression: 'SET opensFrom = :from, opensUntil = :until',
      ConditionExpression: 'attribute_exists(nextAt)',
      ExpressionAttributeValues: { ':from': from, ':until': clock.now() + OPENING_MS },
    });
  }

  /** Makes a waiting lane due now. One that is held or empty stays as it is. */
  async function hasten(lane: string): Promise<void> {
    await updateIf(client, {
      TableName: table,
      Key: laneKey(lane),
      UpdateExpression: 'SET nextAt = :now',
      ConditionExpression: 'attribute_exists(nextAt) AND attribute_not_exists(leaseUntil)',
      ExpressionAttributeValues: { ':now': clock.now() },
    });
  }

  return {
    announce: createAnnounce(deps),
    take,
    renew,
    postpone,
    letGo,
    beginOpening,
    hasten,
    ...createWaitingLanes(deps),
  };
}

function leastOf(place: string, late: unknown): string {
  return typeof late === 'string' && late < place ? late : place;
}

function namesOf(attributes: readonly string[]): Record<string, string> {
  return Object.fromEntries(attributes.map((name) => [`#${name}`, name]));
}
