import * as z from 'zod/mini';
import { shortHash } from '#domain/hash';
import { eraseTask, eraseTaskName } from './erase-task.ts';
import { giveBackTask, giveBackTaskName } from './give-back-task.ts';
import { madeDeal, madeSchema } from './made-item.ts';
import { closeTask, closeTaskName, forgetTask, forgetTaskName } from './retain-tasks.ts';
import { shiftTask, shiftTaskName } from './shift-task.ts';
import { lateTask, lateTaskName, waitTask, waitTaskName } from './wait-task.ts';

/** Every kind of work. */
export const taskSchema = z.discriminatedUnion('kind', [
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
   * got, and `placed` that only the pool is left.
   */
  z.object({
    kind: z.literal('place'),
    channelId: z.string(),
    since: z.number(),
    round: z.number(),
    after: z.optional(z.string()),
    placed: z.optional(z.boolean()),
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
  lateTask,
  shiftTask,
  giveBackTask,
  /** What had ended in a chat may have changed. Its waits have to be counted anew, from those that this fact may change. */
  z.object({ kind: z.literal('recount'), chat: z.string(), from: z.string() }),
  eraseTask,
  forgetTask,
  closeTask,
]);

/** Work that outlives the request that began it. Doing it again does no harm. */
export type Task = z.infer<typeof taskSchema>;

/** A task of those kinds. */
export type TaskOf<Kind extends Task['kind']> = Extract<Task, { kind: Kind }>;

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
    case 'late':
      return lateTaskName(task.channelId);
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
