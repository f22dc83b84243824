import { GetCommand } from '@aws-sdk/lib-dynamodb';
import { type StoreDeps, tableName } from '#store/dynamo/client';
import { type Write, writeIf } from '#store/dynamo/transaction';
import { accountOfConnectorLane, asideLane, eventLane } from './lane-names.ts';
import type { EventRow, Row } from './row-item.ts';

export type ReopenedRows = ReturnType<typeof createReopenedRows>;

type Key = Readonly<Record<'l' | 'e', string>>;

const FAILED = 'attribute_exists(failedAt)';
const TAKEN = 'attribute_exists(doneAt)';
const NOT_THERE = 'attribute_not_exists(e)';
const MOVED = 'attribute_exists(movedTo)';
const NEW_TO_REPLAY = 'NOT replayedBy = :replay';

/** What a row has that ended, and none that waits. */
const END = ['ttl', 'doneAt', 'movedTo', 'sendingAt', 'failedAt', 'f', 'lastError'];
const OPENS = `since = :now, reopenedAt = :now REMOVE ${END.map((name) => `#${name}`).join(', ')}`;

/**
 * Opens rows of events again that ended. They go back to their old place in the account's own lane, under the same event
 * id, also if they ended in the lane of a subject that was set aside: so all of them are in order, and the holder of the
 * account's lane sets them aside again if it has to. Each is one write, so that none is half done.
 */
export function createReopenedRows(deps: StoreDeps) {
  const { client, clock } = deps;
  const table = tableName(deps, 'outbox');

  /** Opens a row that failed. False if it is not failed any more. */
  async function reopenFailed(row: Pick<Row, 'account' | 'event' | 'lane'>): Promise<boolean> {
    const [key, main] = [keyOf(row), mainKeyOf(row)];
    if (key.l === main.l) return writeIf(client, [open(main, FAILED)]);
    const { Item: item } = await client.send(new GetCommand({ TableName: table, Key: key, ConsistentRead: true }));
    if (!item) return false;
    const Item = { ...withoutEnd(item), ...main, since: clock.now(), reopenedAt: clock.now() };
    return writeIf(client, [
      { Put: { TableName: table, Item, ConditionExpression: `${NOT_THERE} OR ${MOVED}` } },
      { Delete: { TableName: table, Key: key, ConditionExpression: FAILED } },
    ]);
  }

  /** Opens a row that was taken. False if it waits or failed, or if the replay of that id has opened it before. */
  async function reopenTaken(row: EventRow, replay: string): Promise<boolean> {
    const main = mainKeyOf(row);
    const wasTaken = `${TAKEN} AND ${NEW_TO_REPLAY}`;
    // It may have been set aside since it was read, and wait there.
    if (row.movedTo === undefined) return writeIf(client, [open(main, `${wasTaken} AND NOT ${MOVED}`, replay)]);
    const opens = open(main, wasTaken, replay);
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
        ExpressionAttributeNames: Object.fromEntries(END.map((name) => [`#${name}`, name])),
        ExpressionAttributeValues: { ':now': clock.now(), ...(replay !== undefined && { ':replay': replay }) },
      },
    };
  }

  return { reopenFailed, reopenTaken };
}

/** The stored item of a row as it was before it ended, with whatever it holds. */
function withoutEnd(item: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(item).filter(([name]) => !END.includes(name)));
}

function keyOf({ lane, event }: Pick<Row, 'event' | 'lane'>): Key {
  return { l: lane, e: event };
}

/** The row's place in the lane of its account: that of its events, or that of its connected CRM. */
function mainKeyOf({ account, event, lane }: Pick<Row, 'account' | 'event' | 'lane'>): Key {
  return { l: accountOfConnectorLane(lane) === undefined ? eventLane(account) : lane, e: event };
}
