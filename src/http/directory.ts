import * as z from 'zod/mini';

const shortText = (longest: number) => z.string().check(z.minLength(1), z.maxLength(longest));
/** An id of the CRM's own: any text, or a number that is taken as its decimal text. */
const idUpTo = (longest: number) =>
  z.pipe(
    z.union([shortText(longest), z.int()]),
    z.transform((value) => String(value)),
  );

export const userId = idUpTo(64);
export const directoryId = idUpTo(100);

/** In digits; one that is badly formed is dropped without an error. */
const phoneOrNothing = z.pipe(
  z.unknown(),
  z.transform((value) => {
    const digits = String(value).replaceAll(/[\s()+-]/g, '');
    return /^[1-9]\d{6,14}$/.test(digits) ? digits : undefined;
  }),
);

export const user = z.object({ id: userId, name: shortText(150), phone: z.optional(phoneOrNothing) });
export const userAnswer = z.object({ id: z.string(), name: z.string(), phone: z.nullable(z.string()) });
export const userList = z.array(z.object({ id: z.string(), name: z.string() }));

const stage = z.object({ id: directoryId, name: shortText(100) });
const stages = z.array(stage).check(z.minLength(1), z.refine(areDistinct));
export const pipeline = z.object({ id: directoryId, name: shortText(100), stages: z.optional(stages) });
export const pipelineList = z.array(
  z.object({
    id: z.string(),
    name: z.string(),
    stages: z.optional(z.array(z.object({ id: z.string(), name: z.string() }))),
  }),
);

/** Ids, as `bulk_delete` takes them and answers with those that were unknown. */
export const unknownIds = z.array(z.string());
export const someId = z.pipe(
  z.union([z.string(), z.int()]),
  z.transform((value) => String(value)),
);

function areDistinct(entities: readonly { readonly id: string }[]): boolean {
  return new Set(entities.map(({ id }) => id)).size === entities.length;
}
