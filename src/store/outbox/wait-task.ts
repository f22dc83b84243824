import * as z from 'zod/mini';

/** A client waits and is late: something will have to be done about it, and `nextAt` of the row says when. */
export const waitTask = z.object({ kind: z.literal('wait'), chatKey: z.string() });

const PREFIX = 'task#wait#';

/** The name of the task of a chat whose client is late. There is one of a chat. */
export function waitTaskName(chatKey: string): string {
  return `${PREFIX}${chatKey}`;
}

/** The late chat of the task of that name; undefined for every other task. */
export function chatOfWaitTask(name: string): string | undefined {
  return name.startsWith(PREFIX) ? name.slice(PREFIX.length) : undefined;
}

/** Whether that is the name of the task of a late chat. */
export function isWaitTask(name: string): boolean {
  return chatOfWaitTask(name) !== undefined;
}
