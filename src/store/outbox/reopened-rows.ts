import { type StoreDeps, tableName } from '#store/dynamo/client';
import { type Write, writeIf } from '#store/dynamo/transaction';
import { asideLane, eventLane } from './lane-names.ts';
import type { Row, RowOf } from './row-item.ts';

/** A row of a lane of events. */
export type EventRow = RowOf<'event' | 'creation'>;

export type ReopenedRows = ReturnType<typeof createReopenedRows>;

type Key = Readonly<Record<'l' | 'e', string>>;

const FAILED = 'attribute_exists(failedAt)';
const TAKEN = 'attribute_exists(doneAt)';
const NOT_THERE = 'attribute_not_exists(e)';
const MOVED = 'attribute_exists(movedAt)';
const NEW_TO_REPLAY = 'NOT replayedBy = :replay';

const OPENS = 'since = :now REMOVE #ttl, doneAt, movedAt, sendingAt, failedAt, f, lastError';

/** Whether the row is one of a lane of events. */
export function isEventRow(row: Row): row is EventRow {
  return row.kind === 'event' || row.kind === 'creation';
}

/**
 * Opens rows of events again that ended. They go back to their old place in the account's own lane, under the same event
 * id, also if they ended in the lane of a subject that was set aside: so all of them are in order, and the holder of the
 * account's lane sets them aside again if it has to. Each is one write, so that none is half done.
 */
export function createReopenedRows(deps: StoreDeps) {
  const { client, clock } = deps;
  const table = tableName(deps, 'outbox');

  /** Opens a row that failed. False if it is not failed any more. */
  async function reopenFailed(row: EventRow): Promise<boolean> {
    const [key, main] = [keyOf(row), mainKeyOf(row)];
    if (key.l === main.l) return writeIf(client, [open(main, FAILED)]);
    const put = { TableName: table, Item: { ...main, ...openedOf(row) } };
    return writeIf(client, [
      { Put: { ...put, ConditionExpression: `${NOT_THERE} OR ${MOVED}` } },
      { Delete: { TableName: table, Key: key, ConditionExpression: FAILED } },
    ]);
  }

  /** Opens a row that was taken. False if it waits or failed, or if the replay of that id has opened it before. */
  async function reopenTaken(row: EventRow, replay: string): Promise<boolean> {
    const opens = open(mainKeyOf(row), `${TAKEN} AND ${NEW_TO_REPLAY}`, replay);
    if (row.movedAt === undefined) return writeIf(client, [opens]);
    const aside = { l: asideLane(row.account, row.subject), e: row.event };
    // What waits there is not sent twice, and what failed there is not taken for done.
    const ConditionExpression = `${NOT_THERE} OR ${TAKEN}`;
    return writeIf(client, [opens, { Delete: { TableName: table, Key: aside, ConditionExpression } }]);
  }

  function open(Key: Key, ConditionExpression: string, replay?: string): Write {
    return {
      Update: {
        TableName: table,
        Key,
        UpdateExpression: replay === undefined ? `SET ${OPENS}` : `SET replayedBy = :replay, ${OPENS}`,
        ConditionExpression,
        ExpressionAttributeNames: { '#ttl': 'ttl' },
        ExpressionAttributeValues: { ':now': clock.now(), ...(replay !== undefined && { ':replay': replay }) },
      },
    };
  }

  function openedOf({ lane, event, state, doneAt, movedAt, failedAt, lastError, sendingAt, ...row }: EventRow) {
    return { ...row, since: clock.now() };
  }

  return { reopenFailed, reopenTaken };
}

function keyOf({ lane, event }: EventRow): Key {
  return { l: lane, e: event };
}

function mainKeyOf({ account, event }: EventRow): Key {
  return { l: eventLane(account), e: event };
}
