import { DeleteCommand, GetCommand, QueryCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod/mini';
import { eachAtOnce } from '#at-once';
import type { Ref } from '#domain/crm';
import { type StoreDeps, tableName } from '#store/dynamo/client';
import { isConditionFailure, UnreadableItemError } from '#store/dynamo/errors';
import { pastTransactions } from '#store/dynamo/past-transactions';
import { updateIf } from '#store/dynamo/update-if';
import { type Announced, createAnnounce } from './announce.ts';
import { newsLane } from './lane-names.ts';
import { createLanes } from './lanes.ts';

/**
 * What has to be looked at in a connected CRM: an entity; all that changed since a time (`proof`); all that is kept of it (`kept`);
 * users and pipelines; fields and hooks (`prepare`). What cannot be read from the CRM is told here: that Konvert was taken away, or installed.
 */
export type Dirty =
  | Ref
  /** A request in the CRM's inbox that may have been accepted, by its deal, and by whom if a hook told it (D5). */
  | { readonly type: 'enquiry'; readonly id: string; readonly userId?: string }
  | { readonly type: 'users' | 'prepare' | 'proof' | 'kept' }
  | { readonly type: 'uninstalled'; readonly connectionId: string }
  /** `sealed` are the tokens and the secret of hooks, sealed for the tokens of the connection. */
  | { readonly type: 'installed'; readonly connectionId: string; readonly sealed: string };

/** A mark. It is taken away only if it is still the one that was read. */
export interface DirtyRow {
  readonly lane: string;
  readonly event: string;
  readonly dirty: Dirty;
  readonly stamp: string;
  /** It is not looked at before that time (epoch ms). */
  readonly dueAt: number;
  /** Since when it stands (epoch ms). */
  readonly since: number;
  /** When it was first found that the entity is gone (epoch ms). */
  readonly goneAt?: number | undefined;
  /** How far a proof has come. `at` is when it began, and up to when it proves (epoch ms). */
  readonly proof?: Proof | undefined;
}

export interface Proof {
  readonly at: number;
  readonly since: number;
  readonly cursor?: string | undefined;
}

/** Marks that are due, and when the next of the others is (epoch ms). */
export interface DueNews {
  readonly due: readonly DirtyRow[];
  readonly nextAt?: number;
}

export type News = ReturnType<typeof createNews>;

/** All marks stand behind that key. A lane of news is always read from its beginning, because what was read is deleted. */
export const FIRST_NEWS = '0';
const END = ':';
const AT_ONCE = 16;
const PAGE = 250;

/**
 * What is told goes first, then what takes a few calls, then entities: contacts before their deals. Proofs may take an hour,
 * so no hook waits for one, and what they mark is read before they go on.
 */
const PLACES = {
  // The later one of the two counts.
  uninstalled: '0#grant',
  installed: '0#grant',
  prepare: '1#1prepare',
  users: '1#2users',
  enquiry: '1#3enquiry',
  contact: '2#contact',
  deal: '3#deal',
  proof: '4#1proof',
  kept: '4#2kept',
} as const satisfies Record<Dirty['type'], string>;

const rowSchema = z.object({
  l: z.string(),
  e: z.string(),
  type: z.enum(['contact', 'deal', 'users', 'prepare', 'proof', 'kept', 'uninstalled', 'installed', 'enquiry']),
  id: z.optional(z.string()),
  userId: z.optional(z.string()),
  connectionId: z.optional(z.string()),
  sealed: z.optional(z.string()),
  stamp: z.string(),
  since: z.optional(z.number()),
  dueAt: z.optional(z.number()),
  goneAt: z.optional(z.number()),
  proof: z.optional(z.object({ at: z.number(), since: z.number(), cursor: z.optional(z.string()) })),
});

/** The marks of what may have changed in connected CRMs, one for each entity however often it rings (K1). */
export function createNews(deps: StoreDeps) {
  const { client, clock, newId } = deps;
  const table = tableName(deps, 'outbox');
  const announce = createAnnounce(deps);
  const { hasten } = createLanes(deps);

  /** Marks all of them, then announces the lane. What is told makes a lane due that waits. */
  async function mark(account: string, all: readonly Dirty[]): Promise<Announced> {
    const lane = newsLane(account);
    const stamp = newId();
    const each = new Map(all.map((dirty) => [keyOf(dirty), dirty]));
    await eachAtOnce([...each], AT_ONCE, async ([e, dirty]) => {
      const fields = Object.entries({ ...dirty, account, stamp });
      const sets = fields.map(([name]) => `#${name} = :${name}`).join(', ');
      await pastTransactions(() =>
        client.send(
          new UpdateCommand({
            TableName: table,
            Key: { l: lane, e },
            UpdateExpression: `SET ${sets}, since = if_not_exists(since, :since) REMOVE dueAt`,
            ExpressionAttributeNames: Object.fromEntries(fields.map(([name]) => [`#${name}`, name])),
            ExpressionAttributeValues: {
              ':since': clock.now(),
              ...Object.fromEntries(fields.map(([name, value]) => [`:${name}`, value])),
            },
          }),
        ),
      );
    });
    const announced = await announce(lane, [FIRST_NEWS]);
    if (!all.some(({ type }) => type === 'installed' || type === 'uninstalled')) return announced;
    await hasten(lane);
    return { ...announced, ring: true };
  }

  /** Whether fields and hooks, or users and pipelines, are still to be looked at. */
  async function isRefreshing(account: string): Promise<boolean> {
    const { Items = [] } = await client.send(
      new QueryCommand({
        TableName: table,
        KeyConditionExpression: 'l = :lane AND e BETWEEN :first AND :last',
        ExpressionAttributeValues: {
          ':lane': newsLane(account),
          ':first': keyOf({ type: 'prepare' }),
          ':last': keyOf({ type: 'users' }),
        },
        ConsistentRead: true,
      }),
    );
    return Items.length > 0;
  }

  /** Up to `most` of the lane's marks that are due at that time, in order. */
  async function dueIn(lane: string, now: number, most: number): Promise<DueNews> {
    const due: DirtyRow[] = [];
    let nextAt: number | undefined;
    let start: Record<string, unknown> | undefined;
    do {
      const { Items = [], LastEvaluatedKey } = await client.send(
        new QueryCommand({
          TableName: table,
          KeyConditionExpression: 'l = :lane AND e BETWEEN :first AND :end',
          ExpressionAttributeValues: { ':lane': lane, ':first': FIRST_NEWS, ':end': END },
          ConsistentRead: true,
          Limit: PAGE,
          ...(start && { ExclusiveStartKey: start }),
        }),
      );
      for (const row of Items.map(readRow)) {
        if (row.dueAt > now) nextAt = Math.min(nextAt ?? row.dueAt, row.dueAt);
        else if (due.length < most) due.push(row);
      }
      start = due.length < most ? LastEvaluatedKey : undefined;
    } while (start);
    return { due, ...(nextAt !== undefined && { nextAt }) };
  }

  /** Up to so many of the lane's marks from that sort key on, due or not, and the key from which the next ones are read. */
  async function pageOf(lane: string, limit: number, from = FIRST_NEWS): Promise<{ rows: DirtyRow[]; next?: string }> {
    const { Items = [], LastEvaluatedKey } = await client.send(
      new QueryCommand({
        TableName: table,
        KeyConditionExpression: 'l = :lane AND e BETWEEN :from AND :end',
        ExpressionAttributeValues: { ':lane': lane, ':from': from, ':end': END },
        ConsistentRead: true,
        Limit: limit,
      }),
    );
    const rows = Items.map(readRow);
    return LastEvaluatedKey ? { rows, next: `${LastEvaluatedKey.e}\0` } : { rows };
  }

  /** Whether the mark stands. */
  async function isMarked(lane: string, event: string): Promise<boolean> {
    const { Item } = await client.send(
      new GetCommand({ TableName: table, Key: { l: lane, e: event }, ConsistentRead: true }),
    );
    return Item !== undefined;
  }

  /**
   * Takes the mark away if it is still the one that was read. `gone`: another holder took it away meanwhile, so what was
   * stored by this one may be older.
   */
  async function clear({ lane, event, stamp }: DirtyRow): Promise<'cleared' | 'marked' | 'gone'> {
    try {
      await pastTransactions(() =>
        client.send(
          new DeleteCommand({
            TableName: table,
            Key: { l: lane, e: event },
            ConditionExpression: 'stamp = :stamp',
            ExpressionAttributeValues: { ':stamp': stamp },
            ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
          }),
        ),
      );
      return 'cleared';
    } catch (error) {
      if (!isConditionFailure(error)) throw error;
      return error.Item ? 'marked' : 'gone';
    }
  }

  /** Notes what was found, and puts the mark off until then (epoch ms), if it is still the one that was read. */
  async function putOff(
    { lane, event, stamp }: DirtyRow,
    dueAt: number,
    found: Pick<DirtyRow, 'goneAt' | 'proof'>,
  ): Promise<void> {
    const fields = Object.entries({ dueAt, ...found });
    await updateIf(client, {
      TableName: table,
      Key: { l: lane, e: event },
      UpdateExpression: `SET ${fields.map(([name]) => `#${name} = :${name}`).join(', ')}`,
      ConditionExpression: 'stamp = :stamp',
      ExpressionAttributeValues: {
        ':stamp': stamp,
        ...Object.fromEntries(fields.map(([name, value]) => [`:${name}`, value])),
      },
    });
  }

  return { mark, isRefreshing, dueIn, pageOf, isMarked, clear, putOff };
}

function keyOf(dirty: Dirty): string {
  return `${PLACES[dirty.type]}${'id' in dirty ? `#${dirty.id}` : ''}`;
}

function readRow(item: Record<string, unknown>): DirtyRow {
  const parsed = rowSchema.safeParse(item);
  if (!parsed.success) throw new UnreadableItemError('outbox', { cause: parsed.error });
  const { l, e, dueAt = 0, since = 0, stamp, goneAt, proof } = parsed.data;
  return { lane: l, event: e, dirty: dirtyOf(parsed.data), dueAt, since, stamp, goneAt, proof };
}

function dirtyOf({ type, id = '', userId, connectionId = '', sealed = '' }: z.infer<typeof rowSchema>): Dirty {
  switch (type) {
    case 'contact':
    case 'deal':
      return { type, id };
    case 'enquiry':
      return { type, id, ...(userId !== undefined && { userId }) };
    case 'uninstalled':
      return { type, connectionId };
    case 'installed':
      return { type, connectionId, sealed };
    default:
      return { type };
  }
}
