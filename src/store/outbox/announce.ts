import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { LEASE_MS } from '#domain/delivery';
import { FIRST_KEY } from '#domain/fact';
import { type StoreDeps, tableName } from '#store/dynamo/client';
import { isConditionFailure } from '#store/dynamo/errors';
import { plainItem } from '#store/dynamo/marshalled';
import { pastTransactions } from '#store/dynamo/past-transactions';
import { updateIf } from '#store/dynamo/update-if';
import { laneKey, SLOW, WORK } from './lane-item.ts';
import { isEventLane } from './lane-names.ts';

/** Whether the lane has to be rung, and whether it is slow. */
export interface Announced {
  readonly ring: boolean;
  readonly slow: boolean;
}

/** Sort keys of rows that were just added to a lane, in order. */
export type Added = readonly [string, ...string[]];

/** Tells a lane of rows that were just added. */
export type Announce = (lane: string, added: Added) => Promise<Announced>;

type Item = Readonly<Record<string, unknown>>;

/** A publisher that announced a lane this long ago has rung it, or never will. */
const RUNG_WITHIN_MS = 1_000;
/** The most events that a lane remembers as its next batch. */
const MEMO = 50;

const SETS = 'SET w = if_not_exists(w, :work), nextAt = if_not_exists(nextAt, :next), again = :true';

/**
 * The lane is not there or rests, or its holder reads from an older row anyway. A lane of an earlier release that waits has
 * no `from`, and one that rests has.
 */
const BEGINS_ANEW = '(attribute_not_exists(#from) AND attribute_not_exists(nextAt))';
const REACHES_BACK = `(${BEGINS_ANEW} OR #from <= :first) AND (attribute_not_exists(late) OR late <= :first)`;

/**
 * Makes `announce`. A lane that is not there is made, due in a minute, so that a sweep finds it if its bell is lost, with
 * the rows as its first batch. One that is there is told to look again, from the first of the rows if that is older than
 * all that it knows of. Neither changes when a lane that waits is due.
 */
export function createAnnounce(deps: StoreDeps): Announce {
  const { client, clock } = deps;
  const table = tableName(deps, 'outbox');

  return async function announce(lane, added) {
    for (;;) {
      const { before, isDone } = await tell(lane, added);
      if (isDone || (await lower(lane, added[0], before))) return announcedOver(before);
    }
  };

  async function tell(lane: string, added: Added): Promise<{ before: Item; isDone: boolean }> {
    try {
      const { Attributes = {} } = await pastTransactions(() =>
        client.send(
          new UpdateCommand({
            ...announcement(table, lane, added, clock.now()),
            ReturnValues: 'ALL_OLD',
            ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
          }),
        ),
      );
      return { before: Attributes, isDone: true };
    } catch (error) {
      if (!isConditionFailure(error)) throw error;
      return { before: plainItem(error.Item ?? {}), isDone: false };
    }
  }

  /** Makes the lane begin at that row, if it still begins there as it was read. */
  function lower(lane: string, first: string, { from, late }: Item): Promise<boolean> {
    const begins = from === undefined ? FIRST_KEY : least(first, from);
    return updateIf(client, {
      TableName: table,
      Key: laneKey(lane),
      UpdateExpression: `${SETS}, #from = :begins, late = :late`,
      ConditionExpression: [
        'attribute_exists(l)',
        from === undefined ? 'attribute_not_exists(#from)' : '#from = :from',
        late === undefined ? 'attribute_not_exists(late)' : 'late = :readLate',
      ].join(' AND '),
      ExpressionAttributeValues: {
        ...commonValues(clock.now()),
        ':begins': begins,
        ':late': late === undefined ? begins : least(begins, late),
        ...(from !== undefined && { ':from': from }),
        ...(late !== undefined && { ':readLate': late }),
      },
    });
  }

  function announcedOver({ w, nextAt, leaseUntil, postponed }: Item): Announced {
    const now = clock.now();
    const isHeld = Number(leaseUntil) > now;
    const waits = postponed === true && Number(nextAt) > now;
    const isRung = postponed === undefined && Number(nextAt) - LEASE_MS > now - RUNG_WITHIN_MS;
    return { ring: !isHeld && !waits && !isRung, slow: w === SLOW };
  }
}

/**
 * The announcement of rows as one write, for a transaction with what they tell of. A lane that begins later than the rows
 * refuses it.
 */
export function announcement(TableName: string, lane: string, added: Added, now: number) {
  const hasMemo = isEventLane(lane);
  const memo = hasMemo ? ', memo = if_not_exists(memo, :memo)' : '';
  return {
    TableName,
    Key: laneKey(lane),
    UpdateExpression: `${SETS}, #from = if_not_exists(#from, :first), late = if_not_exists(late, :first)${memo}`,
    ConditionExpression: REACHES_BACK,
    ExpressionAttributeNames: { '#from': 'from' },
    ExpressionAttributeValues: {
      ...commonValues(now),
      ':first': added[0],
      ...(hasMemo && { ':memo': added.slice(0, MEMO) }),
    },
  };
}

function commonValues(now: number) {
  return { ':work': WORK, ':next': now + LEASE_MS, ':true': true };
}

function least(one: string, other: unknown): string {
  return typeof other === 'string' && other < one ? other : one;
}
