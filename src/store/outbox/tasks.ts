import { PutCommand, QueryCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod/mini';
import { type StoreDeps, tableName } from '#store/dynamo/client';
import { isConditionFailure, UnreadableItemError } from '#store/dynamo/errors';
import { setting, transact } from '#store/dynamo/transaction';

const taskSchema = z.discriminatedUnion('kind', [
  /** The chats of a contact have to follow a change of it that was cut short. */
  z.object({ kind: z.literal('settle'), account: z.string(), contactId: z.string() }),
  /** Somebody new, or newly decided, has to be followed up; an attempt failed. */
  z.object({ kind: z.literal('assign'), address: z.string() }),
  /**
   * The settings of a channel have changed: its chats have to move to where its roles put them, and who waits in its
   * pool has to be given out. `since` is when they changed, `after` how far it got, and `placed` that only the pool is left.
   */
  z.object({
    kind: z.literal('place'),
    channelId: z.string(),
    since: z.number(),
    round: z.number(),
    after: z.optional(z.string()),
    placed: z.optional(z.boolean()),
  }),
]);

const rowSchema = z.object({ l: z.string(), task: taskSchema, stamp: z.string() });

/** Work that outlives the request that began it. Doing it again does no harm. */
export type Task = z.infer<typeof taskSchema>;

/** A task that somebody took. `stamp` is new each time that it is put. */
export interface TakenTask {
  readonly name: string;
  readonly task: Task;
  readonly stamp: string;
}

export type Tasks = ReturnType<typeof createTasks>;

const TASK = '-';
const DUE = 'task';
/** For how long the sweep leaves a task alone that somebody took: by then its bell has come back, if it was not lost. */
export const RUN_MS = 60_000;
/** For as long a request may still be at what its task would finish. */
export const REQUEST_MS = 60_000;

/** What still has to be done, kept where what leaves is kept: rows by name, with the time at which a sweep rings them. */
export function createTasks(deps: StoreDeps) {
  const { client, clock, newId } = deps;
  const table = tableName(deps, 'outbox');

  /** The write that makes sure the task is done, at the latest some time after `afterMs`. One of the same name begins anew. */
  function write(task: Task, afterMs: number) {
    const Item = { l: taskName(task), e: TASK, w: DUE, nextAt: clock.now() + afterMs, task, stamp: newId() };
    return { Put: { TableName: table, Item } };
  }

  /** Makes sure that the task is done: it is due now. */
  async function put(task: Task): Promise<void> {
    await client.send(new PutCommand(write(task, 0).Put));
  }

  /** Takes the task for a minute; undefined where it is done already. */
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
      const parsed = rowSchema.safeParse(Attributes);
      if (!parsed.success) throw new UnreadableItemError('outbox', { cause: parsed.error });
      return { name, task: parsed.data.task, stamp: parsed.data.stamp };
    } catch (error) {
      if (isConditionFailure(error)) return undefined;
      throw error;
    }
  }

  /** The task is done, unless it was put anew meanwhile. */
  async function finish({ name, stamp }: Pick<TakenTask, 'name' | 'stamp'>): Promise<void> {
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
    ]);
  }

  /** What is left of the task is due after that time, unless it was put anew meanwhile. */
  async function goOn({ name, stamp }: TakenTask, task: Task, afterMs: number): Promise<void> {
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

  /** The names of the tasks that are due, those of dead holders too. */
  async function due(): Promise<string[]> {
    const { Items = [] } = await client.send(
      new QueryCommand({
        TableName: table,
        IndexName: 'lanes',
        KeyConditionExpression: 'w = :due AND nextAt <= :now',
        ExpressionAttributeValues: { ':due': DUE, ':now': clock.now() },
      }),
    );
    return Items.map(({ l }) => String(l));
  }

  return { write, put, take, finish, goOn, due };
}

/** The name by which a task is rung. */
export function taskName(task: Task): string {
  switch (task.kind) {
    case 'settle':
      return `task#settle#${task.account}#${task.contactId}`;
    case 'assign':
      return `task#assign#${task.address}`;
    case 'place':
      return placeTask(task.channelId);
    default:
      return task satisfies never;
  }
}

/** The name of the task that a change of a channel's settings leaves. */
export function placeTask(channelId: string): string {
  return `task#place#${channelId}`;
}
