import { GetCommand, QueryCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod/mini';
import { ERASURE_KINDS, type Erased, type Erasure, NOTHING_ERASED, REPORTED_MS } from '#domain/erasure';
import { timeKey } from '#domain/time-key';
import { schemaOf } from '#schema-of';
import { erasuresPartition } from '#store/accounts/keys';
import { type StoreDeps, tableName } from '#store/dynamo/client';
import { UnreadableItemError, unlessRefused } from '#store/dynamo/errors';
import { setting, type Write } from '#store/dynamo/transaction';
import { erasedSchema } from '#store/outbox/erased';

const erasureSchema = schemaOf<Erasure>()(
  z.object({
    id: z.string(),
    kind: z.enum(ERASURE_KINDS),
    requestedAt: z.number(),
    doneAt: z.exactOptional(z.number()),
    erased: erasedSchema,
  }),
);

const leadSchema = z.object({ log: z.string(), at: z.number() });

export type Erasures = ReturnType<typeof createErasures>;

/**
 * What was erased, and what is being erased: one log for each account, and one of the operator, who erases accounts.
 * Nothing in them is of the person. They are kept for 90 days.
 */
export function createErasures(deps: StoreDeps) {
  const { client, clock } = deps;
  const table = tableName(deps, 'accounts');

  /** The writes that begin an erasure in that log. */
  function begin(log: string, { id, kind, requestedAt }: Omit<Erasure, 'doneAt' | 'erased'>): Write[] {
    const ttl = Math.ceil((requestedAt + REPORTED_MS) / 1000);
    const erasure = { id, kind, requestedAt, erased: NOTHING_ERASED };
    const isNew = { ConditionExpression: 'attribute_not_exists(p)' };
    return [
      { Put: { TableName: table, Item: { ...keyOf(log, requestedAt, id), ...erasure, ttl }, ...isNew } },
      { Put: { TableName: table, Item: { ...leadKey(id), log, at: requestedAt, ttl }, ...isNew } },
    ];
  }

  /** The erasure of that log; undefined if it is another log's, or was reported for long enough. */
  async function get(log: string, id: string): Promise<Erasure | undefined> {
    const { Item: lead } = await client.send(
      new GetCommand({ TableName: table, Key: leadKey(id), ConsistentRead: true }),
    );
    if (!lead) return undefined;
    const { log: owner, at } = leadSchema.parse(lead);
    if (owner !== log || at + REPORTED_MS <= clock.now()) return undefined;
    const Key = keyOf(log, at, id);
    const { Item } = await client.send(new GetCommand({ TableName: table, Key, ConsistentRead: true }));
    return Item && read(Item);
  }

  /** The erasures of that log, the newest first, behind the place `after`. Without `next` there are no more. */
  async function page(
    log: string,
    limit: number,
    after: string | undefined,
  ): Promise<{ erasures: Erasure[]; next?: string }> {
    const from = timeKey(Math.max(0, clock.now() - REPORTED_MS), '');
    // A page may be asked for behind what is reported no longer.
    if (after !== undefined && after < from) return { erasures: [] };
    const { Items = [], LastEvaluatedKey } = await client.send(
      new QueryCommand({
        TableName: table,
        KeyConditionExpression: 'p = :log AND s BETWEEN :from AND :before',
        ExpressionAttributeValues: { ':log': erasuresPartition(log), ':from': from, ':before': after ?? ':' },
        ScanIndexForward: false,
        ConsistentRead: true,
        // The one at `after` is one more than asked.
        Limit: limit + (after === undefined ? 0 : 1),
      }),
    );
    const erasures = Items.filter(({ s }) => s !== after).map(read);
    return { erasures, ...(LastEvaluatedKey && { next: String(LastEvaluatedKey.s) }) };
  }

  /** Notes how much is erased by now. */
  async function note(log: string, { id, requestedAt }: Pick<Erasure, 'id' | 'requestedAt'>, erased: Erased) {
    await change(log, { id, requestedAt }, { erased });
  }

  /** Notes that all is erased. Repeating it keeps the first time. */
  async function finish(log: string, erasure: Pick<Erasure, 'id' | 'requestedAt'>, erased: Erased): Promise<void> {
    await change(log, erasure, { erased, doneAt: clock.now() });
  }

  async function change(
    log: string,
    { id, requestedAt }: Pick<Erasure, 'id' | 'requestedAt'>,
    attributes: Pick<Erasure, 'erased'> & Partial<Pick<Erasure, 'doneAt'>>,
  ): Promise<void> {
    const isUnderWay = { ConditionExpression: 'attribute_exists(p) AND attribute_not_exists(#doneAt)' };
    const update = setting(attributes, isUnderWay);
    const ExpressionAttributeNames = { ...update.ExpressionAttributeNames, '#doneAt': 'doneAt' };
    const put = { TableName: table, Key: keyOf(log, requestedAt, id), ...update, ExpressionAttributeNames };
    await unlessRefused(client.send(new UpdateCommand(put)));
  }

  return { begin, get, page, note, finish };
}

function keyOf(log: string, requestedAt: number, id: string) {
  return { p: erasuresPartition(log), s: timeKey(requestedAt, id) };
}

function leadKey(id: string) {
  return { p: `erasure#${id}`, s: '-' };
}

function read(item: Record<string, unknown>): Erasure {
  const parsed = erasureSchema.safeParse(item);
  if (!parsed.success) throw new UnreadableItemError('accounts', { cause: parsed.error });
  return parsed.data;
}
