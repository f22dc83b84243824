import * as z from 'zod/mini';
import { chatTypes } from '#http/contract';

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
    if (typeof value !== 'string' && typeof value !== 'number') return undefined;
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

/** A text that may be left out; existing clients send an empty one instead. */
const optionalUpTo = (longest: number) =>
  z.pipe(
    z.optional(z.string().check(z.maxLength(longest))),
    z.transform((value) => value || undefined),
  );
const optionalIdUpTo = (longest: number) =>
  z.pipe(
    z.optional(z.union([z.string().check(z.maxLength(longest)), z.int()])),
    z.transform((value) => (value === undefined || value === '' ? undefined : String(value))),
  );

const contactDataFields = z.object({
  chatType: z.enum(chatTypes),
  chatId: optionalIdUpTo(256),
  username: optionalUpTo(100),
  phone: optionalIdUpTo(100),
});
const contactData = contactDataFields.check(z.refine(isReachable, { path: ['chatId'] }));
export const contact = z.object({
  id: directoryId,
  responsibleUserId: directoryId,
  name: shortText(200),
  contactData: z.array(contactData),
  uri: optionalUpTo(200),
});
export const contactAnswer = z.object({
  id: z.string(),
  responsibleUserId: z.string(),
  name: z.string(),
  contactData: z.array(
    z.object({
      chatType: z.string(),
      chatId: z.nullable(z.string()),
      username: z.nullable(z.string()),
      phone: z.nullable(z.string()),
    }),
  ),
  uri: z.optional(z.string()),
});
export const contactList = z.object({ count: z.number(), data: z.array(contactAnswer) });

export const deal = z.object({
  id: directoryId,
  responsibleUserId: directoryId,
  name: shortText(200),
  contacts: z.array(directoryId).check(z.maxLength(10)),
  closed: z.boolean(),
  uri: optionalUpTo(200),
});
export const dealAnswer = z.object({
  id: z.string(),
  responsibleUserId: z.string(),
  name: z.string(),
  contacts: z.array(z.string()),
  closed: z.boolean(),
  uri: z.optional(z.string()),
});
export const dealList = z.object({ count: z.number(), data: z.array(dealAnswer) });

/** `sort` and what else existing clients send beside it is ignored; so is a `limit` that is none. */
export const pageQuery = z.object({
  offset: z._default(
    z.pipe(
      z.string().check(z.regex(/^\d{1,9}$/)),
      z.transform((value) => Number(value)),
    ),
    0,
  ),
  limit: z.pipe(
    z.optional(z.string()),
    z.transform((value) => (/^[1-9]\d?$/.test(value ?? '') ? Number(value) : 100)),
  ),
});

/** Ids, as `bulk_delete` takes them and answers with those that were unknown. */
export const unknownIds = z.array(z.string());
export const someId = z.pipe(
  z.union([z.string(), z.int()]),
  z.transform((value) => String(value)),
);

function areDistinct(entities: readonly { readonly id: string }[]): boolean {
  return new Set(entities.map(({ id }) => id)).size === entities.length;
}

/** In Telegram and MAX a CRM that writes first may know no id yet (Wazzup API v3, "Working with contacts"). */
function isReachable({ chatType, chatId, username, phone }: z.infer<typeof contactDataFields>): boolean {
  if (chatId !== undefined) return true;
  if (chatType === 'telegram') return username !== undefined || phone !== undefined;
  return chatType === 'max' && phone !== undefined;
}
