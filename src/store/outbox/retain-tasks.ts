import * as z from 'zod/mini';
import { erasedSchema } from './erased.ts';

/**
 * An account forgets what it keeps no longer. The task stays as long as the account has the option, due once a day; `from`
 * is how far the run under way has come.
 */
export const forgetTask = z.object({
  kind: z.literal('forget'),
  account: z.string(),
  from: z.exactOptional(z.object({ channel: z.string(), after: z.exactOptional(z.string()) })),
});

/** The name of the task by which an account forgets. It rings in the queue of erasures. */
export function forgetTaskName(account: string): string {
  return `task#erase-old#${account}`;
}

/** An account has to go whole. `step` is what is being done, and `place` how far that is. */
export const closeTask = z.object({
  kind: z.literal('close'),
  account: z.string(),
  id: z.string(),
  /** When that was asked for (epoch ms). */
  at: z.number(),
  /** The base of the addresses that its messengers and CRM were given. */
  base: z.string(),
  step: z.number(),
  place: z.exactOptional(z.record(z.string(), z.string())),
  erased: erasedSchema,
});

/** The name of the task by which an account goes. It rings in the queue of erasures. */
export function closeTaskName({ account, id, at }: Pick<z.infer<typeof closeTask>, 'account' | 'id' | 'at'>): string {
  return `task#erase-account#${account}#${at}#${id}`;
}
