import { GetCommand, PutCommand, QueryCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod/mini';
import { type StoreDeps, tableName } from '#store/dynamo/client';
import { isConditionFailure, UnreadableItemError } from '#store/dynamo/errors';
import { setting, transact, type Write } from '#store/dynamo/transaction';
import { type Task, taskName, taskSchema } from './task-kinds.ts';

export { placeTask, type Task, type TaskOf, taskName } from './task-kinds.ts';

const rowSchema = z.object({ l: z.string(), task: taskSchema, stamp: z.string() });

/** A task that a run has taken. `stamp` is new each time that the task is put. */
export interface TakenTask<T extends Task = Task> {
  readonly name: string;
  readonly task: T;
  readonly stamp: string;
}

/** A task that a sweep rings, and when it is due (epoch ms). */
export interface DueTask {
  readonly name: string;
  readonly at: number;
}

export type Tasks = ReturnType<typeof createTasks>;

const TASK = '-';
const DUE = 'task';
/** How long the sweep leaves a taken task alone. By then its bell has come back, if it was not lost. */
export const RUN_MS = 60_000;
/** How long a request may still be at work on what its task would finish. */
export const REQUEST_MS = 60_000;

/** Tasks: work that is left to do. They are rows of the outbox by name, with the time at which a sweep rings them. */
export function createTasks(deps: StoreDeps) {
  const { client, clock, newId } = deps;
  const table = tableName(deps, 'outbox');

  /**
   * The write that puts the task: a sweep rings it some time after `afterMs`, if it is not done by then. A task of the
   * same name begins anew.
   */
  function write(task: Task, afterMs: number) {
    const Item = { l: taskName(task), e: TASK, w: DUE, nextAt: clock.now() + afterMs, task, stamp: newId() };
    return { Put: { TableName: table, Item } };
  }

  /** Puts the task, due now. */
  async function put(task: Task): Promise<void> {
    await client.send(new PutCommand(write(task, 0).Put));
  }

  /** Puts the task for a request that does it at once. A sweep rings it if the request dies. */
  async function begin<T extends Task>(task: T): Promise<TakenTask<T>> {
    const { Put } = write(task, REQUEST_MS);
    await client.send(new PutCommand(Put));
    return { name: Put.Item.l, task, stamp: Put.Item.stamp };
  }

  /** Takes the task for a minute. Undefined if it is done already. */
  async function take(name: string): Promise<TakenTask | undefined> {
    try {
      const { Attributes } = await client.send(
        new UpdateCommand({
          TableName: table,
          Key: { l: name, e: TASK },
          ...setting({ nextAt: clock.now() + RUN_MS }),
          ConditionExpression: 'attribute_exists(l)',
          ReturnValues: 'ALL_NEW',
        }),
      );
      return readTask(name, Attributes);
    } catch (error) {
      if (isConditionFailure(error)) return undefined;
      throw error;
    }
  }

  /** Ends the task together with those writes, unless it was put anew meanwhile. */
  async function finish(
    { name, stamp }: Pick<TakenTask, 'name' | 'stamp'>,
    others: readonly Write[] = [],
  ): Promise<void> {
    await transact(client, [
      {
        Delete: {
          TableName: table,
          Key: { l: name, e: TASK },
          ConditionExpression: '#stamp = :stamp',
          ExpressionAttributeNames: { '#stamp': 'stamp' },
          ExpressionAttributeValues: { ':stamp': stamp },
        },
      },
      ...others,
    ]);
  }

  /** Keeps what is left of the task, due after `afterMs`, unless it was put anew meanwhile. */
  async function goOn({ name, stamp }: Pick<TakenTask, 'name' | 'stamp'>, task: Task, afterMs: number): Promise<void> {
    const change = setting({ task, nextAt: clock.now() + afterMs });
    await transact(client, [
      {
        Update: {
          TableName: table,
          Key: { l: name, e: TASK },
          ...change,
          ConditionExpression: '#stamp = :stamp',
          ExpressionAttributeNames: { ...change.ExpressionAttributeNames, '#stamp': 'stamp' },
          ExpressionAttributeValues: { ...change.ExpressionAttributeValues, ':stamp': stamp },
        },
      },
    ]);
  }

  /**
   * Reads the task and when it is due (epoch ms), without taking it. It is for tasks that do no harm if two runs have them.
   */
  async function look(name: string): Promise<(TakenTask & { readonly dueAt: number }) | undefined> {
    const Key = { l: name, e: TASK };
    const { Item } = await client.send(new GetCommand({ TableName: table, Key, ConsistentRead: true }));
    return Item && { ...readTask(name, Item), dueAt: Number(Item.nextAt) };
  }

  /** Whether the task is not done yet. */
  async function isThere(name: string): Promise<boolean> {
    const Key = { l: name, e: TASK };
    const { Item } = await client.send(new GetCommand({ TableName: table, Key, ConsistentRead: true }));
    return Item !== undefined;
  }

  /** The tasks that are due within that time from now, also those taken by runs that died. */
  async function due(withinMs = 0): Promise<DueTask[]> {
    const { Items = [] } = await client.send(
      new QueryCommand({
        TableName: table,
        IndexName: 'lanes',
        KeyConditionExpression: 'w = :due AND nextAt <= :now',
        ExpressionAttributeValues: { ':due': DUE, ':now': clock.now() + withinMs },
      }),
    );
    return Items.map(({ l, nextAt }) => ({ name: String(l), at: Number(nextAt) }));
  }

  return { write, put, begin, take, look, finish, goOn, isThere, due };
}

function readTask(name: string, item: Record<string, unknown> | undefined): TakenTask {
  const parsed = rowSchema.safeParse(item);
  if (!parsed.success) throw new UnreadableItemError('outbox', { cause: parsed.error });
  return { name, task: parsed.data.task, stamp: parsed.data.stamp };
}
