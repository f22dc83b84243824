import * as z from 'zod/mini';

/** A user has gone away and gives their waiting new clients back. */
export const giveBackTask = z.object({ kind: z.literal('give-back'), account: z.string(), userId: z.string() });

const PREFIX = 'task#give-back#';

/** The name of the task by which a user gives clients back. */
export function giveBackTaskName(account: string, userId: string): string {
  return `${PREFIX}${account}#${userId}`;
}

/** Whether that is the name of such a task. */
export function isGiveBackTask(name: string): boolean {
  return name.startsWith(PREFIX);
}
