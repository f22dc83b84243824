import { GetCommand, PutCommand, QueryCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod/mini';
import { shortHash } from '#domain/hash';
import { type StoreDeps, tableName } from '#store/dynamo/client';
import { isConditionFailure, UnreadableItemError } from '#store/dynamo/errors';
import { setting, transact, type Write } from '#store/dynamo/transaction';
import { eraseTask, eraseTaskName } from './erase-task.ts';
import { giveBackTask, giveBackTaskName } from './give-back-task.ts';
import { madeDeal, madeSchema } from './made-item.ts';
import { closeTask, closeTaskName, forgetTask, forgetTaskName } from './retain-tasks.ts';
import { shiftTask, shiftTaskName } from './shift-task.ts';
import { waitTask, waitTaskName } from './wait-task.ts';

const taskSchema = z.discriminatedUnion('kind', [
  /** The chats of a contact have to follow a change of it that was cut short. */
  z.object({ kind: z.literal('settle'), account: z.string(), contactId: z.string() }),
  /** A new client, or a new decision about an address, has to be followed up; an attempt failed. */
  z.object({ kind: z.literal('assign'), address: z.string() }),
  /** The client of an address changed their name or username. A contact that Konvert keeps has to follow. */
  z.object({ kind: z.literal('profile'), address: z.string() }),
  /** Nobody makes contact and deal of a decided address any more, so Konvert keeps them itself. */
  z.object({ kind: z.literal('keep'), address: z.string() }),
  /** An id has to be linked to the person of a chat, once a contact that is being made for one of them is there. */
  z.object({
    kind: z.literal('link'),
    account: z.string(),
    chat: z.string(),
    id: z.object({
      chatType: z.string(),
      chatId: z.string(),
      at: z.number(),
      became: z.exactOptional(z.literal(true)),
    }),
    tries: z.number(),
  }),
  /**
   * A CRM made a contact, or contact and deal, for the decision about an address. The decision is named by the id that
   * Konvert's own contact would have.
   */
  z.object({ kind: z.literal('adopt'), address: z.string(), creation: z.string(), made: madeSchema }),
  /** A user wants one more deal for the contact of a chat. `id` names the request, and Konvert's own deal. */
  z.object({
    kind: z.literal('ask-deal'),
    account: z.string(),
    chat: z.string(),
    contact: z.string(),
    userId: z.string(),
    id: z.string(),
    at: z.number(),
  }),
  /** A deal was made for a contact, because a user asked for it: by the CRM, or by Konvert itself. */
  z.object({
    kind: z.literal('deal'),
    account: z.string(),
    contact: z.string(),
    userId: z.string(),
    made: madeDeal,
  }),
  /**
   * The settings of a channel have changed. Its chats have to move to the places that its roles give them, and the
   * clients who wait in its pool have to be given out. `since` is when the settings changed, `after` how far the moving
   * got, and `placed` that only the pool is left. With `late`, late clients behind that place have to be minded anew by the
   * new settings.
   */
  z.object({
    kind: z.literal('place'),
    channelId: z.string(),
    since: z.number(),
    round: z.number(),
    after: z.optional(z.string()),
    placed: z.optional(z.boolean()),
    late: z.optional(z.string()),
  }),
  /**
   * What failed for a target before `at` (epoch ms) has to be sent again, or only what failed with that code. `begun` is
   * the oldest of the rows that a run was at. Without a target it is the only one, and its lane has to be told of it: that
   * of the account's events, or `lane`.
   */
  z.object({
    kind: z.literal('retry'),
    account: z.string(),
    target: z.exactOptional(z.string()),
    at: z.number(),
    begun: z.exactOptional(z.string()),
    lane: z.exactOptional(z.string()),
    code: z.exactOptional(z.string()),
  }),
  /** Events of an account from one sort key to before another have to be sent once more. */
  z.object({
    kind: z.literal('replay'),
    account: z.string(),
    id: z.string(),
    from: z.string(),
    before: z.string(),
  }),
  waitTask,
  shiftTask,
  giveBackTask,
  /** What had ended in a chat may have changed. Its waits have to be counted anew, from those that this fact may change. */
  z.object({ kind: z.literal('recount'), chat: z.string(), from: z.string() }),
  eraseTask,
  forgetTask,
  closeTask,
]);

const rowSchema = z.object({ l: z.string(), task: taskSchema, stamp: z.string() });

/** Work that outlives the request that began it. Doing it again does no harm. */
export type Task = z.infer<typeof taskSchema>;

/** A task of those kinds. */
export type TaskOf<Kind extends Task['kind']> = Extract<Task, { kind: Kind }>;

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
   * The task with the time at which it is due, without taking it. For tasks that do no harm if two runs have them, and that
   * are rung by a sweep anyway.
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

/** The name by which a task is rung. */
export function taskName(task: Task): string {
  switch (task.kind) {
    case 'settle':
      return `task#settle#${task.account}#${task.contactId}`;
    case 'assign':
      return `task#assign#${task.address}`;
    case 'profile':
      return `task#profile#${task.address}`;
    case 'keep':
      return `task#keep#${task.address}`;
    case 'link':
      return `task#link#${task.chat}#${task.id.chatId}`;
    case 'adopt':
      return `task#adopt#${task.creation}`;
    case 'ask-deal':
      return `task#ask-deal#${task.account}#${task.id}`;
    case 'deal':
      return `task#deal#${task.account}#${task.made.id}`;
    case 'place':
      return placeTask(task.channelId);
    case 'give-back':
      return giveBackTaskName(task.account, task.userId);
    case 'shift':
      return shiftTaskName(task.account);
    case 'retry':
      return `task#retry#${task.account}#${shortHash(retryName(task))}`;
    case 'replay':
      return `task#replay#${task.account}#${task.id}`;
    case 'wait':
      return waitTaskName(task.chatKey);
    case 'recount':
      return `task#recount#${task.chat}#${task.from}`;
    case 'erase':
      return eraseTaskName(task);
    case 'forget':
      return forgetTaskName(task.account);
    case 'close':
      return closeTaskName(task);
    default:
      return task satisfies never;
  }
}

/** What a task sends again: two of them are done side by side. */
function retryName({ target, begun = '', lane = '', code = '' }: TaskOf<'retry'>): string {
  return target === undefined ? `${lane}${begun}` : `${target}${code}`;
}

/** The name of the task that a change of a channel's settings leaves. */
export function placeTask(channelId: string): string {
  return `task#place#${channelId}`;
}
