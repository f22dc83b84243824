import * as z from 'zod/mini';
import { erasedSchema } from './erased.ts';

const texts = z.array(z.string());

/**
 * A person has to be erased. The task names them, and goes when they are erased. `round` and `step` say what is being done,
 * `place` how far that is, and `files` the files that may still come.
 */
export const eraseTask = z.object({
  kind: z.literal('erase'),
  account: z.string(),
  id: z.string(),
  /** When that was asked for (epoch ms). */
  at: z.number(),
  /** What was said before that time is erased, whenever it comes (epoch ms, the messenger's clock). */
  since: z.number(),
  person: z.object({ addresses: texts, contacts: texts, chats: texts }),
  round: z.number(),
  step: z.number(),
  place: z.exactOptional(z.string()),
  files: z.array(z.object({ file: z.string(), key: z.exactOptional(z.string()) })),
  erased: erasedSchema,
});

const PREFIX = 'task#erase';

/** The name of the task of an erasure: with the time of its request, so that one that is late is known by its name. */
export function eraseTaskName({ account, id, at }: Pick<z.infer<typeof eraseTask>, 'account' | 'id' | 'at'>): string {
  return `${PREFIX}#${account}#${at}#${id}`;
}

/** Whether that is the name of a task that erases: a person, what is old, or an account. */
export function isErasure(name: string): boolean {
  return name.startsWith(PREFIX);
}

/** When the erasure was asked for (epoch ms), by the name of its task; undefined for other tasks. */
export function erasureAskedAt(name: string): number | undefined {
  const [, , , at] = name.split('#');
  return isErasure(name) && at !== undefined ? Number(at) : undefined;
}
