import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { LEASE_MS } from '#domain/delivery';
import { END_OF_KEYS, FIRST_KEY } from '#domain/fact';
import { type StoreDeps, tableName } from '#store/dynamo/client';
import { isConditionFailure } from '#store/dynamo/errors';
import { plainItem } from '#store/dynamo/marshalled';
import { pastTransactions } from '#store/dynamo/past-transactions';
import { updateIf } from '#store/dynamo/update-if';
import { laneKey, SLOW, WORK } from './lane-item.ts';
import { isEventLane, notesOf } from './lane-names.ts';

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
/** A lane that is there says from where on notes wait. */
const KNOWS_NOTES = '(attribute_exists(notesFrom) OR attribute_not_exists(nextAt))';
/** The same of notes, which have a place of their own: what goes before them is read without those that have left. */
const REACHES_NOTES =
  '(attribute_not_exists(notesFrom) OR notesFrom <= :note) AND (attribute_not_exists(lateNote) OR lateNote <= :note)';

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
      if (isDone || (await lower(lane, added, before))) return announcedOver(before);
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
  function lower(lane: string, added: Added, { from, late, notesFrom, lateNote }: Item): Promise<boolean> {
    const begins = from === undefined ? FIRST_KEY : least(added[0], from);
    const notes = notesOf(lane);
    const note = noteOf(lane, added);
    const noteBegins = notesFrom === undefined ? notes : least(note ?? END_OF_KEYS, notesFrom);
    const places: (readonly [name: string, before: unknown, after: unknown])[] = [
      ['from', from, begins],
      ['late', late, least(begins, late)],
      ...(notes === undefined ? [] : [['notesFrom', notesFrom, noteBegins] as const]),
      ...(note === undefined ? [] : [['lateNote', lateNote, least(noteBegins ?? note, lateNote)] as const]),
    ];
    return updateIf(client, {
      TableName: table,
      Key: laneKey(lane),
      UpdateExpression: `${SETS}, ${places.map(([name]) => `#${name} = :${name}`).join(', ')}`,
      ConditionExpression: [
        'attribute_exists(l)',
        ...places.map(([name, before]) =>
          before === undefined ? `attribute_not_exists(#${name})` : `#${name} = :before_${name}`,
        ),
      ].join(' AND '),
      ExpressionAttributeValues: {
        ...commonValues(clock.now()),
        ...Object.fromEntries(places.map(([name, , after]) => [`:${name}`, after])),
        ...Object.fromEntries(
          places.flatMap(([name, before]) => (before === undefined ? [] : [[`:before_${name}`, before]])),
        ),
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
  const hasNotes = notesOf(lane) !== undefined;
  const note = noteOf(lane, added);
  const places = [
    '#from = if_not_exists(#from, :first), late = if_not_exists(late, :first)',
    ...(hasNotes ? ['notesFrom = if_not_exists(notesFrom, :note)'] : []),
    ...(note === undefined ? [] : ['lateNote = if_not_exists(lateNote, :note)']),
  ].join(', ');
  const reaches = [REACHES_BACK, ...(hasNotes ? [KNOWS_NOTES] : []), ...(note === undefined ? [] : [REACHES_NOTES])];
  return {
    TableName,
    Key: laneKey(lane),
    UpdateExpression: `${SETS}, ${places}${memo}`,
    ConditionExpression: reaches.join(' AND '),
    ExpressionAttributeNames: { '#from': 'from' },
    ExpressionAttributeValues: {
      ...commonValues(now),
      ':first': added[0],
      ...(hasNotes && { ':note': note ?? END_OF_KEYS }),
      ...(hasMemo && { ':memo': added.slice(0, MEMO) }),
    },
  };
}

function commonValues(now: number) {
  return { ':work': WORK, ':next': now + LEASE_MS, ':true': true };
}

/** The first note among what was added; undefined if there is none, or if the lane has none. */
function noteOf(lane: string, added: Added): string | undefined {
  const notes = notesOf(lane);
  return notes === undefined ? undefined : added.find((key) => key >= notes);
}

function least(one: string, other: unknown): string {
  return typeof other === 'string' && other < one ? other : one;
}
