import { GetCommand, PutCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import type { Made } from '#domain/creation';
import { REPLAYED_MS } from '#domain/delivery-kind';
import { timeKey } from '#domain/time-key';
import { batchGet } from '#store/dynamo/batch-get';
import { type StoreDeps, tableName } from '#store/dynamo/client';
import { isConditionFailure } from '#store/dynamo/errors';
import { plainItem } from '#store/dynamo/marshalled';
import { updateIf } from '#store/dynamo/update-if';
import { createPendingRows, IS_PENDING } from './pending-rows.ts';
import { type DeliveryError, type Payload, type Row, type RowOf, readRow } from './row-item.ts';

/** A message that has to leave, and its lane. */
export type NewRow = Payload & {
  readonly lane: string;
  /** Unique in its lane, and the same if the row is added again. The lane is in this order. */
  readonly event: string;
  readonly account: string;
  /** When what it tells of was stored (epoch ms). */
  readonly storedAt: number;
};

/** A reply that failed for good. Its event is the key of its fact. */
export interface FailedReply {
  readonly lane: string;
  readonly event: string;
  readonly account: string;
  readonly chat: string;
  readonly attempt: number;
  readonly storedAt: number;
}

export type Rows = ReturnType<typeof createRows>;

/** So long that events can be replayed. It is longer than a stream may repeat, so a repeated batch adds nothing. */
export const DONE_SECONDS = REPLAYED_MS / 1000;
const FAILED_SECONDS = 30 * 24 * 3600;

/** Neither this attempt nor a later one is among the failed rows. */
const IS_UNLISTED = 'attribute_not_exists(f) OR #attempt < :attempt';
const IS_UNLISTED_SO = `${IS_UNLISTED} OR (#attempt = :attempt AND attribute_not_exists(undelivered))`;

/** How many rows of an earlier release are looked at together. */
const EARLIER = 100;

/** The rows of lanes: what waits, what left and what failed. */
export function createRows(deps: StoreDeps) {
  const { client, clock, noteFailed } = deps;
  const table = tableName(deps, 'outbox');

  /** Adds the row. If it is there already, it stays: the answer is whether it still waits, or has left or failed. */
  async function add(row: NewRow): Promise<'added' | 'pending' | 'ended'> {
    try {
      await client.send(
        new PutCommand({ ...addition(table, row, clock.now()), ReturnValuesOnConditionCheckFailure: 'ALL_OLD' }),
      );
      return 'added';
    } catch (error) {
      if (!isConditionFailure(error)) throw error;
      return readRow(plainItem(error.Item ?? {})).state === 'pending' ? 'pending' : 'ended';
    }
  }

  /** The row as it is now. */
  async function get(lane: string, event: string): Promise<Row | undefined> {
    const { Item } = await client.send(
      new GetCommand({ TableName: table, Key: { l: lane, e: event }, ConsistentRead: true }),
    );
    return Item && readRow(Item);
  }

  /** Those of the rows of a lane that are there, in the order of the lane, as they are now. */
  async function getAll(lane: string, events: readonly string[]): Promise<Row[]> {
    return inOrder(
      await batchGet(
        client,
        table,
        events.map((e) => ({ l: lane, e })),
      ),
    );
  }

  /** The keys of rows of an earlier release in the lane. Those were found by an index, and not announced. */
  async function earlierIn(lane: string): Promise<Pick<Row, 'lane' | 'event'>[]> {
    const { Items = [] } = await client.send(
      new QueryCommand({
        TableName: table,
        IndexName: 'pending',
        KeyConditionExpression: 'l = :lane',
        ExpressionAttributeValues: { ':lane': lane },
        ConsistentRead: true,
        Limit: EARLIER,
      }),
    );
    return Items.map(({ l, e }) => ({ lane: String(l), event: String(e) }));
  }

  /** Takes a row of an earlier release out of the index, so that it is not announced again. */
  async function forgetEarlier(row: Pick<Row, 'lane' | 'event'>): Promise<void> {
    await change(row, 'REMOVE o');
  }

  /** Marks that a call is about to be made. A holder that finds the mark knows that an earlier one may have called. */
  async function markSending(row: Row): Promise<void> {
    await change(row, 'SET sendingAt = :now, calls = calls + :one', { ':now': clock.now(), ':one': 1 });
  }

  /** Notes what the receiver has made for a creation, before the next call. */
  async function noteMade(row: RowOf<'creation'>, made: Made): Promise<void> {
    await change(row, 'SET made = :made', { ':made': made });
  }

  /**
   * Marks the row as done: the receiver took it, or it does not have to leave any more. `made` is what a creation
   * keeps of what was made.
   */
  async function markDone(row: Pick<Row, 'lane' | 'event'>, made?: Made): Promise<void> {
    const now = clock.now();
    const values = { ':ttl': endsAt(now, DONE_SECONDS), ':now': now, ...(made && { ':made': made }) };
    const done = `SET #ttl = :ttl, doneAt = :now${made ? ', made = :made' : ''}`;
    await change(row, `${done} REMOVE sendingAt, lastError, f, failedAt`, values);
  }

  /** Takes a reply off the list of what failed, unless a later attempt of it has failed since. */
  async function takeOffList(row: Pick<Row, 'lane' | 'event'>, attempt: number): Promise<void> {
    await takeOff(row, attempt, 'attempt <= :attempt');
  }

  /** The same for an attempt that was sent. It stays if a receipt has refused that. */
  async function takeSentOffList(row: Pick<Row, 'lane' | 'event'>, attempt: number): Promise<void> {
    await takeOff(row, attempt, '(attempt < :attempt OR (attempt = :attempt AND attribute_not_exists(undelivered)))');
  }

  async function takeOff(row: Pick<Row, 'lane' | 'event'>, attempt: number, condition: string): Promise<void> {
    const now = clock.now();
    const values = { ':ttl': endsAt(now, DONE_SECONDS), ':now': now, ':attempt': attempt };
    await change(row, 'SET #ttl = :ttl, doneAt = :now REMOVE f, failedAt', values, condition);
  }

  /**
   * Marks the row as failed, because no retry helps, after so many calls if the row did not count them itself. It stays
   * visible for a month, or until a user sends it again.
   */
  async function markFailed(row: Row, error: DeliveryError, calls?: number): Promise<void> {
    const now = clock.now();
    const counted = calls === undefined ? undefined : { ':calls': calls };
    const values = { ':error': error, ':account': row.account, ':failedAt': timeKey(now, row.event), ...counted };
    const set = `${counted ? 'calls = :calls, ' : ''}lastError = :error, f = :account, failedAt = :failedAt, #ttl = :ttl`;
    const failing = `SET ${set} REMOVE sendingAt`;
    // A holder that lost its lease long ago must not fail what the next one has sent.
    if (await change(row, failing, { ...values, ':ttl': endsAt(now, FAILED_SECONDS) }, IS_PENDING)) noteFailed?.();
  }

  /**
   * The write that puts a reply among the failed rows, after so many more calls. It is refused if this attempt of it or a
   * later one is there. A row of an earlier release, which was put when the reply began to wait, becomes it. An attempt
   * that was sent and is `undelivered` takes the place of its own earlier failure.
   */
  function failing(reply: FailedReply, calls: number, error: DeliveryError, undelivered?: 'undelivered') {
    const { lane, event, account, chat, attempt, storedAt } = reply;
    const now = clock.now();
    const about = { kind: 'reply', account, chat, attempt, createdAt: storedAt, since: storedAt, lastError: error };
    const set = { ...about, ...(undelivered && { undelivered: true }) };
    const failed = { f: account, failedAt: timeKey(now, event), ttl: endsAt(now, FAILED_SECONDS) };
    const fields = Object.entries({ ...set, ...failed });
    const sets = fields.map(([name]) => `#${name} = :${name}`).join(', ');
    return {
      Update: {
        TableName: table,
        Key: { l: lane, e: event },
        UpdateExpression: `SET calls = if_not_exists(calls, :none) + :calls, ${sets} REMOVE doneAt, o${undelivered ? '' : ', undelivered'}`,
        ConditionExpression: undelivered ? IS_UNLISTED_SO : IS_UNLISTED,
        ExpressionAttributeNames: Object.fromEntries(fields.map(([name]) => [`#${name}`, name])),
        ExpressionAttributeValues: {
          ':none': 0,
          ':calls': calls,
          ...Object.fromEntries(fields.map(([name, value]) => [`:${name}`, value])),
        },
      },
    };
  }

  /** Changes the row if it is there; false if it is not, or if the condition does not hold. */
  async function change(
    { lane, event }: Pick<Row, 'lane' | 'event'>,
    UpdateExpression: string,
    values?: Record<string, unknown>,
    also?: string,
  ): Promise<boolean> {
    return updateIf(client, {
      TableName: table,
      Key: { l: lane, e: event },
      UpdateExpression,
      ConditionExpression: also === undefined ? 'attribute_exists(e)' : `attribute_exists(e) AND ${also}`,
      ...(values && { ExpressionAttributeValues: values }),
    });
  }

  return {
    add,
    get,
    getAll,
    earlierIn,
    forgetEarlier,
    markSending,
    noteMade,
    markDone,
    markFailed,
    failing,
    takeOffList,
    takeSentOffList,
    ...createPendingRows(deps),
  };
}

/**
 * The put of a row that begins to wait at that time (epoch ms), which is refused if it is there already. What it tells of
 * may be older: a reply is told when it is known what became of it.
 */
export function addition(TableName: string, { lane, event, storedAt, ...row }: NewRow, since: number) {
  const Item = { l: lane, e: event, createdAt: storedAt, since, calls: 0, ...row };
  return { TableName, Item, ConditionExpression: 'attribute_not_exists(e)' };
}

function inOrder(items: readonly Record<string, unknown>[]): Row[] {
  return items.map(readRow).sort((one, other) => (one.event < other.event ? -1 : 1));
}

function endsAt(now: number, seconds: number): number {
  return Math.ceil(now / 1000) + seconds;
}
