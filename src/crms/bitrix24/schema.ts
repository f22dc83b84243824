import * as z from 'zod/mini';
import { lenient } from '#calls/lenient';
import type { Asked } from '#crms/crm';

// What Bitrix24 answers: https://apidocs.bitrix24.com. An empty map of PHP is an empty list in JSON.

/** A map, or the empty list that PHP writes for an empty one. */
function mapOf<T extends z.ZodMiniType>(schema: T) {
  return z._default(z.catch(z.record(z.string(), schema), {}), {});
}

/** Numbers come as numbers, or as text. */
const idSchema = z.pipe(
  z.union([z.string(), z.number()]),
  z.transform((id: string | number) => String(id)),
);

const flagSchema = z.union([z.string(), z.boolean(), z.number()]);

const timeSchema = z.object({
  finish: lenient(z.number()),
  operating_reset_at: lenient(z.number()),
});

/** The envelope of all answers. `error` may be empty, and stands in an answer with status 200 too. */
export const answerSchema = z.object({
  result: z.optional(z.unknown()),
  error: lenient(z.union([z.string(), z.number(), z.object({ code: z.string(), message: lenient(z.string()) })])),
  error_description: lenient(z.string()),
  total: lenient(z.number()),
  next: lenient(z.number()),
  time: lenient(timeSchema),
});

export const batchSchema = z.object({
  result: mapOf(z.unknown()),
  result_error: mapOf(z.unknown()),
  result_time: mapOf(z.unknown()),
});

export const errorSchema = z.object({ error: lenient(z.string()), error_description: lenient(z.string()) });

export const partTimeSchema = timeSchema;

const multifieldSchema = z.object({
  typeId: lenient(z.string()),
  valueType: lenient(z.string()),
  value: lenient(z.string()),
});

export const contactSchema = z.object({
  id: idSchema,
  name: lenient(z.string()),
  lastName: lenient(z.string()),
  assignedById: lenient(idSchema),
  originatorId: lenient(z.string()),
  originId: lenient(z.string()),
  fm: lenient(z.array(multifieldSchema)),
});

export const dealSchema = z.object({
  id: idSchema,
  title: lenient(z.string()),
  stageSemanticId: lenient(z.string()),
  closed: lenient(z.string()),
  assignedById: lenient(idSchema),
  contactId: lenient(idSchema),
  contactIds: lenient(z.array(idSchema)),
  originatorId: lenient(z.string()),
  originId: lenient(z.string()),
});

export const carrierSchema = z.object({
  id: idSchema,
  originId: z.string(),
  createdTime: z.string(),
  updatedTime: lenient(z.string()),
  lastActivityTime: lenient(z.string()),
  contactId: lenient(idSchema),
  contactIds: lenient(z.array(idSchema)),
});

export const idOnlySchema = z.object({ id: idSchema });

/** What `crm.item.list` answers. */
export function itemsOf<T extends z.ZodMiniType>(schema: T) {
  return z.object({ items: z.array(schema) });
}

/** What `crm.item.add` answers. */
export const madeSchema = z.object({ item: z.object({ id: idSchema, assignedById: lenient(idSchema) }) });

/** What `crm.item.get` answers of a lead. */
export const leadSchema = z.object({
  item: z.object({ contactId: lenient(idSchema), contactIds: lenient(z.array(idSchema)) }),
});

/** `[]`, if nobody was found. */
export const foundSchema = z.object({ CONTACT: z.catch(z.array(idSchema), []) });

export const contactRowsSchema = z.array(z.object({ ID: idSchema }));

export const userSchema = z.object({
  ID: idSchema,
  ACTIVE: lenient(flagSchema),
  NAME: lenient(z.string()),
  LAST_NAME: lenient(z.string()),
  EMAIL: lenient(z.string()),
  PERSONAL_MOBILE: lenient(z.string()),
  WORK_PHONE: lenient(z.string()),
  USER_TYPE: lenient(z.string()),
});

export const profileSchema = z.object({
  ID: idSchema,
  ADMIN: lenient(flagSchema),
  NAME: lenient(z.string()),
  LAST_NAME: lenient(z.string()),
});

export const appSchema = z.object({ CODE: z.string(), INSTALLED: lenient(flagSchema) });

export const categoriesSchema = z.object({
  categories: z.array(z.object({ id: idSchema, name: z.string(), isDefault: lenient(z.string()) })),
});

export const statusesSchema = z.array(
  z.object({
    STATUS_ID: z.string(),
    NAME: lenient(z.string()),
    SORT: lenient(idSchema),
    SEMANTICS: lenient(z.string()),
  }),
);

export const handlersSchema = z.array(
  z.object({ event: z.string(), handler: z.string(), offline: lenient(flagSchema), auth_type: lenient(idSchema) }),
);

export const placementsSchema = z.array(z.object({ placement: z.string(), handler: z.string() }));

/** What the server of authorization answers. */
export const tokensSchema = z.object({
  access_token: z.string().check(z.minLength(1)),
  refresh_token: lenient(z.string().check(z.minLength(1))),
  expires_in: lenient(z.union([z.number(), z.string()])),
  client_endpoint: lenient(z.string()),
});

/** Whether a flag of Bitrix24 says yes. */
export function isYes(flag: string | boolean | number | undefined): boolean {
  return flag === true || flag === 1 || flag === '1' || flag === 'Y' || flag === 'true';
}

/** The value in the form that is expected. Another form says nothing about what was asked. */
export function readAs<T extends z.ZodMiniType>(schema: T, asked: Asked<unknown>): Asked<z.output<T>> {
  if (asked.kind !== 'ok') return asked;
  const read = schema.safeParse(asked.value);
  return read.success
    ? { kind: 'ok', value: read.data as z.output<T> }
    : { kind: 'unreachable', reason: 'an answer in another form' };
}
