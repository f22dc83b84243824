import { randomUUID } from 'node:crypto';
import { BatchWriteCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { timeKey } from '#domain/time-key';
import type { QueueName } from '#lib/listeners';
import type { StreamId } from '#lib/tables';
import { describeError, type Log } from '#log';
import { type StoreDeps, tableName } from '#store/dynamo/client';
import { queryPages } from '#store/dynamo/pages';
import type { StreamEvent } from '#store/dynamo/stream';
import { createTogether } from './together.ts';

/** What rang: a table with changed items, or a queue with a new message. */
export type BellKind = StreamId | QueueName;

/** What a bell of that kind carries: the records of a write, or the body of a message. */
export type BellBody<K extends BellKind> = K extends StreamId ? StreamEvent['Records'] : string;

/** What listens to a write or a message may not have finished. A row of the table `bells` tells of one or more. */
export interface Bell<K extends BellKind = BellKind> {
  readonly kind: K;
  /** The id of its row: a time and a random part. Writes to a table that came together share a row. */
  readonly id: string;
  readonly body: BellBody<K>;
}

type Records = StreamEvent['Records'];

export type BellRows = ReturnType<typeof createBellRows>;

/** The partitions of kinds that earlier releases named differently. Their rows may still be there. */
const PARTITIONS: Readonly<Record<string, string>> = { lanes: 'lane', tasks: 'task', failedChats: 'failed' };

const PAGE = 200;
const BATCH_WRITE = 25;
/** The most writes that share a row, which keeps the row far below the limit of an item. */
const SHARE_A_ROW = 50;
/** Sorts behind every id. */
const END_OF_IDS = ':';

/**
 * The rows of the table `bells`. A bell is held from `put` or `take` until `remove` or `leave`, and `take` skips it
 * meanwhile. The end of a process frees what it held.
 */
export function createBellRows(deps: StoreDeps & { readonly log: Log }) {
  const { client, clock, log } = deps;
  const table = tableName(deps, 'bells');
  const held = new Set<string>();
  let unwanted: Bell[] = [];
  let removing: Promise<void> | undefined;

  /** The rows that several bells share, by id: how many bells are not answered yet, and whether one was left. */
  const shared = new Map<string, { readonly open: number; readonly isLeft: boolean }>();
  const together = new Map<BellKind, (records: Records) => Promise<string>>();

  /** Stores a new bell and holds it. Bells of writes that come together share a row, which is half of their cost. */
  async function put<K extends BellKind>(kind: K, body: BellBody<K>, signal?: AbortSignal): Promise<Bell<K>> {
    signal?.throwIfAborted();
    if (typeof body === 'string') return { kind, id: await putRow(kind, body), body };
    const row = putTogether(kind)(body as Records);
    try {
      return { kind, id: await untilAborted(row, signal), body };
    } catch (error) {
      row.then((id) => remove({ kind, id, body })).catch(() => {});
      throw error;
    }
  }

  function putTogether(kind: BellKind) {
    const known = together.get(kind);
    if (known) return known;
    const made = createTogether(SHARE_A_ROW, async (bodies: readonly Records[]) => {
      const id = await putRow(kind, bodies.flat());
      shared.set(id, { open: bodies.length, isLeft: false });
      return id;
    });
    together.set(kind, made);
    return made;
  }

  async function putRow(kind: BellKind, body: BellBody<BellKind>): Promise<string> {
    const id = timeKey(clock.now(), randomUUID());
    held.add(id);
    try {
      await client.send(new PutCommand({ TableName: table, Item: { b: partitionOf(kind), s: id, body } }));
      return id;
    } catch (error) {
      held.delete(id);
      throw error;
    }
  }

  /**
   * The bells of that kind that are not held, a page at a time: those from before that time (epoch ms), or all. Holds
   * them.
   */
  async function* take<K extends BellKind>(kind: K, before?: number): AsyncGenerator<Bell<K>[]> {
    const pages = queryPages(client, {
      TableName: table,
      KeyConditionExpression: 'b = :kind AND s < :end',
      ExpressionAttributeValues: {
        ':kind': partitionOf(kind),
        ':end': before === undefined ? END_OF_IDS : String(before),
      },
      ConsistentRead: true,
      Limit: PAGE,
    });
    for await (const items of pages) {
      const free = items.filter(({ s }) => !held.has(String(s)));
      for (const { s } of free) held.add(String(s));
      if (free.length > 0) yield free.map(({ s, body }) => ({ kind, id: String(s), body: body as BellBody<K> }));
    }
  }

  /**
   * For a bell that was answered: deletes its row soon, unless another bell of it is not answered yet. A row that stays
   * because deleting failed rings again, which is harmless.
   */
  function remove(bell: Bell): void {
    end(bell, false);
  }

  /** Keeps the row for a later sweep. */
  function leave(bell: Bell): void {
    end(bell, true);
  }

  function end(bell: Bell, isLeft: boolean): void {
    const row = shared.get(bell.id) ?? { open: 1, isLeft: false };
    const now = { open: row.open - 1, isLeft: row.isLeft || isLeft };
    if (now.open > 0) return void shared.set(bell.id, now);
    shared.delete(bell.id);
    if (now.isLeft) return void held.delete(bell.id);
    unwanted.push(bell);
    removing ??= removeAll();
  }

  async function removeAll(): Promise<void> {
    // Waits one turn of the event loop, so that what ends together is removed together.
    await new Promise(setImmediate);
    while (unwanted.length > 0) {
      const batch = unwanted.slice(0, BATCH_WRITE);
      unwanted = unwanted.slice(BATCH_WRITE);
      await removeBatch(batch);
    }
    removing = undefined;
  }

  async function removeBatch(batch: readonly Bell[]): Promise<void> {
    const requests = batch.map(({ kind, id }) => ({ DeleteRequest: { Key: { b: partitionOf(kind), s: id } } }));
    try {
      await client.send(new BatchWriteCommand({ RequestItems: { [table]: requests } }));
    } catch (error) {
      log({ bells: 'not-removed', count: batch.length, ...describeError(error) });
    }
    for (const { id } of batch) held.delete(id);
  }

  /** Resolves when no row is being deleted. */
  async function settled(): Promise<void> {
    while (removing) await removing;
  }

  return { put, take, remove, leave, settled };
}

function partitionOf(kind: BellKind): string {
  return PARTITIONS[kind] ?? kind;
}

/** The work, or the reason of the signal if that is aborted first. */
function untilAborted<T>(work: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (!signal) return work;
  return new Promise((resolve, reject) => {
    const abort = () => reject(signal.reason);
    signal.addEventListener('abort', abort, { once: true });
    void work.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort));
  });
}
