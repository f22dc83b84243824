import * as z from 'zod/mini';

/** A client waits and is late: something will have to be done about it, and `nextAt` of the row says when. */
export const waitTask = z.object({ kind: z.literal('wait'), chatKey: z.string() });

/**
 * The timer or the hours of a channel have changed: its late clients, behind the place `after`, have to be minded anew.
 */
export const lateTask = z.object({
  kind: z.literal('late'),
  channelId: z.string(),
  after: z.exactOptional(z.string()),
});

const PREFIX = 'task#wait#';

/** The name of the task of a chat whose client is late. There is one of a chat. */
export function waitTaskName(chatKey: string): string {
  return `${PREFIX}${chatKey}`;
}

/** The name of the task by which the late clients of a channel are minded anew. */
export function lateTaskName(channelId: string): string {
  return `task#late#${channelId}`;
}

/** The late chat of the task of that name; undefined for every other task. */
export function chatOfWaitTask(name: string): string | undefined {
  return name.startsWith(PREFIX) ? name.slice(PREFIX.length) : undefined;
}

/** Whether that is the name of the task of a late chat. */
export function isWaitTask(name: string): boolean {
  return chatOfWaitTask(name) !== undefined;
}
