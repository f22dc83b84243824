import { DeleteCommand, GetCommand, PutCommand, QueryCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod/mini';
import { LEASE_MS, RENEW_MS } from '#domain/delivery';
import { type StoreDeps, tableName } from '#store/dynamo/client';
import { isConditionFailure, UnreadableItemError, unlessRefused } from '#store/dynamo/errors';
import { queryAll } from '#store/dynamo/query-all';
import { updateIf } from '#store/dynamo/update-if';

const rowSchema = z.object({
  l: z.string(),
  e: z.string(),
  account: z.string(),
  kind: z.literal('reply'),
  chat: z.string(),
  attempt: z.number(),
  createdAt: z.number(),
  /** Since when this attempt has been waiting. */
  since: z.number(),
  payload: z.object({ text: z.string(), quotes: z.optional(z.string()), via: z.optional(z.string()) }),
  o: z.optional(z.string()),
  sendingAt: z.optional(z.number()),
  calls: z.number(),
  failedAt: z.optional(z.string()),
  lastError: z.optional(z.object({ code: z.string(), description: z.string() })),
});

/** Something that has to leave, has left or cannot leave: lane and event are its key. */
export interface Delivery extends Omit<z.infer<typeof rowSchema>, 'l' | 'e' | 'o'> {
  readonly lane: string;
  readonly event: string;
  readonly state: 'pending' | 'failed' | 'done';
}

/** A reply that has to leave. */
export interface NewDelivery {
  readonly lane: string;
  readonly event: string;
  readonly account: string;
  readonly chat: string;
  readonly attempt: number;
  /** When the fact was stored: what the lane is ordered by. */
  readonly storedAt: number;
  readonly payload: Delivery['payload'];
}

/** What a failed call or a call to be tried again leaves behind. */
export interface DeliveryError {
  readonly code: string;
  readonly description: string;
}

export type Outbox = ReturnType<typeof createOutbox>;

const LANE = '-';
/** Longer than a stream may repeat, so that a repeated batch adds nothing. */
const KEPT_SECONDS = 48 * 3600;
const WORK = 'work';

const NOT_HELD = '(attribute_not_exists(leaseUntil) OR leaseUntil <= :now)';
const IS_DUE = '(attribute_not_exists(nextAt) OR nextAt <= :now)';
const HOLDS_LEASE = '#token = :token';
const NOBODY_ASKED = 'attribute_not_exists(again)';
const IS_PENDING = 'attribute_exists(o)';

/** The lane of a chat's replies. */
export function replyLane(chatKey: string): string {
  return `reply#${chatKey}`;
}

/**
 * What leaves: the table is the queue. One lane has one holder at a time; everything that a holder does but the record
 * of a success is conditional on its token.
 */
export function createOutbox(deps: StoreDeps) {
  const { client, clock } = deps;
  const table = tableName(deps, 'outbox');

  /** Adds the row if its event is not there yet; one that is there for an older attempt is put back into its lane. */
  async function add({ lane, event, storedAt, ...delivery }: NewDelivery): Promise<void> {
    const Item = {
      l: lane,
      e: event,
      o: orderOf(storedAt, event),
      kind: 'reply',
      createdAt: storedAt,
      since: storedAt,
      calls: 0,
      ...delivery,
    };
    const added = await unlessRefused(
      client.send(new PutCommand({ TableName: table, Item, ConditionExpression: 'attribute_not_exists(e)' })),
    );
    if (!added && delivery.attempt > 1) await reopen(lane, event, delivery.attempt);
  }

  async function reopen(lane: string, event: string, attempt: number): Promise<void> {
    const now = clock.now();
    const reopening = 'SET attempt = :attempt, o = :order, since = :now REMOVE f, failedAt, sendingAt';
    const values = { ':attempt': attempt, ':order': orderOf(now, event), ':now': now };
    await change(lane, event, reopening, 'attempt < :attempt', values);
  }

  /** Changes a row of the lane, or the lane's own item, if the condition holds; false where it does not. */
  function change(
    l: string,
    e: string,
    UpdateExpression: string,
    ConditionExpression: string,
    ExpressionAttributeValues: Record<string, unknown>,
    options?: { readonly abortSignal: AbortSignal },
  ): Promise<boolean> {
    const update = { UpdateExpression, ConditionExpression, ExpressionAttributeValues };
    return updateIf(client, { TableName: table, Key: { l, e }, ...update }, options);
  }

  /**
   * Takes the lane. `held`: another holder has it and will look again before it lets go. `waiting`: it is not due before
   * `until` (epoch ms).
   */
  async function take(
    lane: string,
    token: string,
  ): Promise<{ outcome: 'taken'; attempts: number } | { outcome: 'held' } | { outcome: 'waiting'; until: number }> {
    for (;;) {
      const now = clock.now();
      const taken = await tryTake(lane, token, now);
      if ('attempts' in taken) return { outcome: 'taken', attempts: taken.attempts };
      if (taken.leaseUntil <= now) return { outcome: 'waiting', until: taken.nextAt };
      if (await askAgain(lane)) return { outcome: 'held' };
    }
  }

  async function tryTake(
    lane: string,
    token: string,
    now: number,
  ): Promise<{ attempts: number } | { leaseUntil: number; nextAt: number }> {
    try {
      const { Attributes } = await client.send(
        new UpdateCommand({
          TableName: table,
          Key: { l: lane, e: LANE },
          // A sweep by `nextAt` finds the lane of a holder that died.
          UpdateExpression: 'SET leaseUntil = :until, nextAt = :until, #token = :token, w = :work REMOVE again',
          ConditionExpression: `${NOT_HELD} AND ${IS_DUE}`,
          ExpressionAttributeNames: { '#token': 'token' },
          ExpressionAttributeValues: { ':until': now + LEASE_MS, ':now': now, ':token': token, ':work': WORK },
          ReturnValues: 'ALL_NEW',
          ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
        }),
      );
      return { attempts: Number(Attributes?.attempts ?? 0) };
    } catch (error) {
      if (!isConditionFailure(error)) throw error;
      return { leaseUntil: numberOf(error.Item?.leaseUntil), nextAt: numberOf(error.Item?.nextAt) };
    }
  }

  /** Makes the holder look again; false where nobody holds the lane any more. */
  async function askAgain(lane: string): Promise<boolean> {
    return change(lane, LANE, 'SET again = :true', 'leaseUntil > :now', { ':true': true, ':now': clock.now() });
  }

  /** Holds the lane for longer, and forgets that anybody asked to look again; false where the lease was lost. */
  async function renew(lane: string, token: string): Promise<boolean> {
    const values = { ':until': clock.now() + LEASE_MS, ':token': token };
    // An answer that comes later than that must not be taken for a fresh lease.
    const options = { abortSignal: clock.deadline(RENEW_MS) };
    return change(lane, LANE, 'SET leaseUntil = :until REMOVE again', HOLDS_LEASE, values, options);
  }

  /** Lets the lane go because nothing is left in it; `again` where somebody asked to look again, `lost` where it was not ours. */
  async function giveBack(lane: string, token: string): Promise<'given' | 'again' | 'lost'> {
    try {
      await client.send(
        new DeleteCommand({
          TableName: table,
          Key: { l: lane, e: LANE },
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

  /** Lets the lane go until `nextAt` (epoch ms), after that many failures in a row. */
  async function postpone(lane: string, token: string, nextAt: number, attempts: number): Promise<void> {
    const waiting = 'SET nextAt = :next, attempts = :attempts REMOVE leaseUntil, #token, again';
    await change(lane, LANE, waiting, HOLDS_LEASE, { ':next': nextAt, ':attempts': attempts, ':token': token });
  }

  /** The oldest row that has to leave, as it is now. */
  async function oldest(lane: string): Promise<Delivery | undefined> {
    const [item] = await pendingItems(lane, 1);
    return item && get(lane, String(item.e));
  }

  /** The row as it is now. */
  async function get(lane: string, event: string): Promise<Delivery | undefined> {
    const { Item } = await client.send(
      new GetCommand({ TableName: table, Key: { l: lane, e: event }, ConsistentRead: true }),
    );
    return Item && readRow(Item);
  }

  /** Marks that a call is about to be made, so that whoever finds the mark asks first whether it arrived. */
  async function markSending(row: Delivery): Promise<void> {
    await changeRow(row, 'SET sendingAt = :now, calls = calls + :one', { ':now': clock.now(), ':one': 1 });
  }

  /** The receiver took it: nothing has to leave any more. */
  async function markDone(row: Delivery): Promise<void> {
    const ttl = Math.ceil(clock.now() / 1000) + KEPT_SECONDS;
    await changeRow(row, 'SET #ttl = :ttl REMOVE o, sendingAt, lastError, f, failedAt', { ':ttl': ttl });
  }

  /** The receiver did not answer, or asked to wait: the row stays where it is, with the reason. */
  async function noteError(row: Delivery, error: DeliveryError): Promise<void> {
    await changeRow(row, 'SET lastError = :error REMOVE sendingAt', { ':error': error });
  }

  /** No retry helps: the row stays visible as failed until somebody sends it again. */
  async function markFailed(row: Delivery, error: DeliveryError): Promise<void> {
    const values = { ':error': error, ':account': row.account, ':failedAt': orderOf(clock.now(), row.event) };
    const failing = 'SET lastError = :error, f = :account, failedAt = :failedAt REMOVE o, sendingAt';
    // A holder that lost its lease long ago must not fail what the next one has sent.
    await changeRow(row, failing, values, IS_PENDING);
  }

  /** Changes the row if it is still at that attempt. */
  async function changeRow(
    { lane, event, attempt }: Pick<Delivery, 'lane' | 'event' | 'attempt'>,
    how: string,
    values: Record<string, unknown>,
    also?: string,
  ): Promise<void> {
    const condition = also === undefined ? 'attempt = :attempt' : `attempt = :attempt AND ${also}`;
    await change(lane, event, how, condition, { ...values, ':attempt': attempt });
  }

  /** Makes a waiting lane due now; one that is held or empty stays as it is. */
  async function hasten(lane: string): Promise<void> {
    const waits = 'attribute_exists(nextAt) AND attribute_not_exists(leaseUntil)';
    await change(lane, LANE, 'SET nextAt = :now', waits, { ':now': clock.now() });
  }

  /** Lets no lane of the channel call before then (epoch ms). */
  async function holdChannel(channelId: string, until: number): Promise<void> {
    const ttl = Math.ceil(until / 1000);
    await client.send(new PutCommand({ TableName: table, Item: { l: `hold#${channelId}`, e: LANE, until, ttl } }));
  }

  /** Until when the channel may not be called (epoch ms); 0 where it may. */
  async function heldUntil(channelId: string): Promise<number> {
    const { Item } = await client.send(
      new GetCommand({ TableName: table, Key: { l: `hold#${channelId}`, e: LANE }, ConsistentRead: true }),
    );
    return numberOf(Item?.until);
  }

  /** The lanes that are due, those of dead holders too. */
  async function dueLanes(): Promise<string[]> {
    return (await lanesWithWork(clock.now())).map(({ lane }) => lane);
  }

  /** The lanes in which something waits, those due first, up to that time (epoch ms). */
  async function lanesWithWork(until: number): Promise<{ lane: string; nextAt: number }[]> {
    const items = await queryAll(client, {
      TableName: table,
      IndexName: 'lanes',
      KeyConditionExpression: 'w = :work AND nextAt <= :until',
      ExpressionAttributeValues: { ':work': WORK, ':until': until },
    });
    return items.map(({ l, nextAt }) => ({ lane: String(l), nextAt: Number(nextAt) }));
  }

  /** The rows of a lane that have to leave, the oldest first. */
  async function pendingIn(lane: string, limit: number): Promise<Delivery[]> {
    return getAll(await pendingItems(lane, limit));
  }

  async function pendingItems(lane: string, limit: number): Promise<Record<string, unknown>[]> {
    const { Items = [] } = await client.send(
      new QueryCommand({
        TableName: table,
        IndexName: 'pending',
        KeyConditionExpression: 'l = :lane',
        ExpressionAttributeValues: { ':lane': lane },
        ConsistentRead: true,
        Limit: limit,
      }),
    );
    return Items;
  }

  /** The account's failed rows, the newest first, behind the place `after`. */
  async function failedOf(account: string, limit: number, after?: string): Promise<Delivery[]> {
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
    return getAll(Items);
  }

  async function getAll(items: Record<string, unknown>[]): Promise<Delivery[]> {
    const rows = await Promise.all(items.map(({ l, e }) => get(String(l), String(e))));
    return rows.filter((row) => row !== undefined);
  }

  return {
    add,
    take,
    renew,
    giveBack,
    postpone,
    oldest,
    get,
    markSending,
    markDone,
    noteError,
    markFailed,
    hasten,
    holdChannel,
    heldUntil,
    dueLanes,
    lanesWithWork,
    pendingIn,
    failedOf,
  };
}

function orderOf(time: number, event: string): string {
  return `${String(time).padStart(13, '0')}#${event}`;
}

/** A number of an item that a failed condition gave back, which the SDK leaves in its wire form. */
function numberOf(value: unknown): number {
  if (value !== null && typeof value === 'object' && 'N' in value) return Number(value.N);
  return Number(value ?? 0);
}

function readRow(item: Record<string, unknown>): Delivery {
  const parsed = rowSchema.safeParse(item);
  if (!parsed.success) throw new UnreadableItemError('outbox', { cause: parsed.error });
  const { l, e, o, ...row } = parsed.data;
  return {
    ...row,
    lane: l,
    event: e,
    state: o !== undefined ? 'pending' : row.failedAt !== undefined ? 'failed' : 'done',
  };
}
