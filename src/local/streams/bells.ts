import { randomUUID } from 'node:crypto';
import { BatchWriteCommand, PutCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { describeError, type Log } from '#log';
import { type StoreDeps, tableName } from '#store/dynamo/client';
import type { StreamEvent } from '#store/dynamo/stream';

/** What a bell of each kind says. */
export interface BellBodies {
  /** A write of the table `messages`: its records. */
  readonly messages: StreamEvent['Records'];
  /** The same of the table `addresses`. */
  readonly addresses: StreamEvent['Records'];
  /** A lane of the outbox in which something may wait. */
  readonly lane: string;
  /** A task that has to be done. */
  readonly task: string;
  /** A chat that could not be folded, as its queue would hold it. */
  readonly failed: string;
}

export type BellKind = keyof BellBodies;

/** The tables whose writes ring. */
export type StreamKind = 'messages' | 'addresses';

/** One row of the table of bells: something may not have been followed up yet. */
export interface Bell<K extends BellKind = BellKind> {
  readonly kind: K;
  /** Its time and a random part, so that no two bells are ever one row. */
  readonly id: string;
  readonly body: BellBodies[K];
}

export type Bells = ReturnType<typeof createBells>;

const PAGE = 200;
const BATCH_WRITE = 25;
/** Sorts behind every id. */
const END_OF_IDS = ':';

/**
 * The rows of the table `bells`. A bell is held from `put` or `take` until `remove` or `leave`, and nobody else takes
 * it meanwhile; what a process that ended had held is free.
 */
export function createBells(deps: StoreDeps & { readonly log: Log }) {
  const { client, clock, log } = deps;
  const table = tableName(deps, 'bells');
  const held = new Set<string>();
  let unwanted: Bell[] = [];
  let removing: Promise<void> | undefined;

  /** Stores a new bell, and holds it. */
  async function put<K extends BellKind>(kind: K, body: BellBodies[K], signal?: AbortSignal): Promise<Bell<K>> {
    const id = `${String(clock.now()).padStart(13, '0')}#${randomUUID()}`;
    held.add(id);
    try {
      const command = new PutCommand({ TableName: table, Item: { b: kind, s: id, body } });
      await client.send(command, signal && { abortSignal: signal });
      return { kind, id, body };
    } catch (error) {
      held.delete(id);
      throw error;
    }
  }

  /** The bells of that kind that nobody holds, from before that time (epoch ms) or all, a page at a time; holds them. */
  async function* take<K extends BellKind>(kind: K, before?: number): AsyncGenerator<Bell<K>[]> {
    let start: Record<string, unknown> | undefined;
    do {
      const page = await client.send(
        new QueryCommand({
          TableName: table,
          KeyConditionExpression: 'b = :kind AND s < :end',
          ExpressionAttributeValues: { ':kind': kind, ':end': before === undefined ? END_OF_IDS : String(before) },
          ConsistentRead: true,
          Limit: PAGE,
          ...(start && { ExclusiveStartKey: start }),
        }),
      );
      const free = (page.Items ?? []).filter(({ s }) => !held.has(s));
      for (const { s } of free) held.add(s);
      if (free.length > 0) yield free.map(({ s, body }) => ({ kind, id: s, body }));
      start = page.LastEvaluatedKey;
    } while (start);
  }

  /** Everything that follows from it is done. The row goes soon; one that stays is rung again, which is harmless. */
  function remove(bell: Bell): void {
    unwanted.push(bell);
    removing ??= removeAll();
  }

  /** Lets the row stand, to be taken by a later sweep. */
  function leave(bell: Bell): void {
    held.delete(bell.id);
  }

  async function removeAll(): Promise<void> {
    // One turn, so that what ends together is removed together.
    await new Promise(setImmediate);
    while (unwanted.length > 0) {
      const batch = unwanted.slice(0, BATCH_WRITE);
      unwanted = unwanted.slice(BATCH_WRITE);
      await removeBatch(batch);
    }
    removing = undefined;
  }

  async function removeBatch(batch: readonly Bell[]): Promise<void> {
    const requests = batch.map(({ kind, id }) => ({ DeleteRequest: { Key: { b: kind, s: id } } }));
    try {
      await client.send(new BatchWriteCommand({ RequestItems: { [table]: requests } }));
    } catch (error) {
      log({ bells: 'not-removed', count: batch.length, ...describeError(error) });
    }
    for (const { id } of batch) held.delete(id);
  }

  /** Resolves when no row is on its way out. */
  async function settled(): Promise<void> {
    while (removing) await removing;
  }

  return { put, take, remove, leave, settled };
}
