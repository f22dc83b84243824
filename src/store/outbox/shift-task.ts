import * as z from 'zod/mini';

/**
 * The team of an account has changed, or a schedule or a word about a user comes to a border: `nextAt` of the row says when.
 * The rotations of its channels have to follow, and clients may be given to somebody now. `followedAt` is when they followed
 * last; without it anybody may have come on. `left` is the channel that a run got to.
 */
export const shiftTask = z.object({
  kind: z.literal('shift'),
  account: z.string(),
  followedAt: z.exactOptional(z.number()),
  left: z.exactOptional(z.string()),
});

/** A task by which the rotations of an account follow its team. */
export type ShiftTask = z.infer<typeof shiftTask>;

const PREFIX = 'task#shift#';

/** The name of the task by which the rotations of an account follow its team. There is one of an account. */
export function shiftTaskName(account: string): string {
  return `${PREFIX}${account}`;
}

/** Whether that is the name of such a task. */
export function isShiftTask(name: string): boolean {
  return name.startsWith(PREFIX);
}
