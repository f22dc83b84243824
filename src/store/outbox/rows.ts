import { GetCommand, PutCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { timeKey } from '#domain/time-key';
import { type StoreDeps, tableName } from '#store/dynamo/client';
import { unlessRefused } from '#store/dynamo/errors';
import { updateIf } from '#store/dynamo/update-if';
import { type DeliveryError, type Payload, type Row, readRow } from './row-item.ts';

/** A message that has to leave, and its lane. */
export type NewRow = Payload & {
  readonly lane: string;
  /** Unique in its lane, and the same if the row is added again. */
  readonly event: string;
  readonly account: string;
  readonly attempt: number;
  /** When the fact was stored. The lane is in this order. */
  readonly storedAt: number;
};

export type Rows = ReturnType<typeof createRows>;

/** Longer than a stream may repeat, so that a repeated batch adds nothing. */
const KEPT_SECONDS = 48 * 3600;

const IS_PENDING = 'attribute_exists(o)';

/** The lane of a chat's replies. */
export function replyLane(chatKey: string): string {
  return `reply#${chatKey}`;
}

const PRESS_LANE = 'press#';

/** The lane of a chat's pressed buttons. They neither wait for its replies nor hold them up. */
export function pressLane(chatKey: string): string {
  return `${PRESS_LANE}${chatKey}`;
}

/** Whether the lane holds pressed buttons. */
export function isPressLane(lane: string): boolean {
  return lane.startsWith(PRESS_LANE);
}

/** The place of a row that waits, in the order of its lane. */
export function placeInLane({ since, event }: Pick<Row, 'since' | 'event'>): string {
  return timeKey(since, event);
}

/** The rows of lanes: what waits, what left and what failed. */
export function createRows(deps: StoreDeps) {
  const { client, clock } = deps;
  const table = tableName(deps, 'outbox');

  /** Adds the row if its event is not there yet. One that is there for an older attempt is put back into its lane. */
  async function add({ lane, event, storedAt, ...row }: NewRow): Promise<void> {
    const Item = {
      l: lane,
      e: event,
      o: placeInLane({ since: storedAt, event }),
      createdAt: storedAt,
      since: storedAt,
      calls: 0,
      ...row,
    };
    const added = await unlessRefused(
      client.send(new PutCommand({ TableName: table, Item, ConditionExpression: 'attribute_not_exists(e)' })),
    );
    if (!added && row.attempt > 1) await reopen(lane, event, row.attempt);
  }

  async function reopen(lane: string, event: string, attempt: number): Promise<void> {
    const now = clock.now();
    await updateIf(client, {
      TableName: table,
      Key: { l: lane, e: event },
      UpdateExpression: 'SET attempt = :attempt, o = :order, since = :now REMOVE f, failedAt, sendingAt',
      ConditionExpression: 'attempt < :attempt',
      ExpressionAttributeValues: { ':attempt': attempt, ':order': placeInLane({ since: now, event }), ':now': now },
    });
  }

  /** The row as it is now. */
  async function get(lane: string, event: string): Promise<Row | undefined> {
    const { Item } = await client.send(
      new GetCommand({ TableName: table, Key: { l: lane, e: event }, ConsistentRead: true }),
    );
    return Item && readRow(Item);
  }

  /** The rows of a lane that have to leave, the oldest first, as they are now, behind the place `after`. */
  async function pendingIn(lane: string, limit: number, after?: string): Promise<Row[]> {
    const { Items = [] } = await client.send(
      new QueryCommand({
        TableName: table,
        IndexName: 'pending',
        KeyConditionExpression: `l = :lane${after === undefined ? '' : ' AND o > :after'}`,
        ExpressionAttributeValues: { ':lane': lane, ...(after !== undefined && { ':after': after }) },
        ConsistentRead: true,
        Limit: limit,
      }),
    );
    return getAll(Items);
  }

  /** The account's failed rows, the newest first, behind the place `after`, and the place to go on behind. */
  async function failedOf(account: string, limit: number, after?: string): Promise<{ rows: Row[]; next?: string }> {
    const { Items = [] } = await client.send(
      new QueryCommand({
        TableName: table,
        IndexName: 'failed',
        KeyConditionExpression: `f = :account${after === undefined ? '' : ' AND failedAt < :after'}`,
        ExpressionAttributeValues: { ':account': account, ...(after !== undefined && { ':after': after }) },
        ScanIndexForward: false,
        Limit: limit,
      }),
    );
    const rows = await getAll(Items);
    return Items.length < limit ? { rows } : { rows, next: String(Items.at(-1)?.failedAt) };
  }

  async function getAll(items: Record<string, unknown>[]): Promise<Row[]> {
    const rows = await Promise.all(items.map(({ l, e }) => get(String(l), String(e))));
    return rows.filter((row) => row !== undefined);
  }

  /** Marks that a call is about to be made. A holder that finds the mark first asks for the outcome of that call. */
  async function markSending(row: Row): Promise<void> {
    await change(row, 'SET sendingAt = :now, calls = calls + :one', { ':now': clock.now(), ':one': 1 });
  }

  /** Marks the row as done: the receiver took it. */
  async function markDone(row: Row): Promise<void> {
    const ttl = Math.ceil(clock.now() / 1000) + KEPT_SECONDS;
    await change(row, 'SET #ttl = :ttl REMOVE o, sendingAt, lastError, f, failedAt', { ':ttl': ttl });
  }

  /** Notes why the receiver has not taken the row: it did not answer, or asked to wait. The row stays in its lane. */
  async function noteError(row: Row, error: DeliveryError): Promise<void> {
    await change(row, 'SET lastError = :error REMOVE sendingAt', { ':error': error });
  }

  /** Marks the row as failed, because no retry helps. It stays visible until a user sends it again. */
  async function markFailed(row: Row, error: DeliveryError): Promise<void> {
    const values = { ':error': error, ':account': row.account, ':failedAt': timeKey(clock.now(), row.event) };
    const failing = 'SET lastError = :error, f = :account, failedAt = :failedAt REMOVE o, sendingAt';
    // A holder that lost its lease long ago must not fail what the next one has sent.
    await change(row, failing, values, IS_PENDING);
  }

  /** Changes the row if it is still at that attempt. */
  async function change(
    { lane, event, attempt }: Row,
    UpdateExpression: string,
    values: Record<string, unknown>,
    also?: string,
  ): Promise<void> {
    await updateIf(client, {
      TableName: table,
      Key: { l: lane, e: event },
      UpdateExpression,
      ConditionExpression: also === undefined ? 'attempt = :attempt' : `attempt = :attempt AND ${also}`,
      ExpressionAttributeValues: { ...values, ':attempt': attempt },
    });
  }

  return { add, get, pendingIn, failedOf, markSending, markDone, noteError, markFailed };
}
