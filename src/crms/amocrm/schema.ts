import * as z from 'zod/mini';
import { lenient } from '#calls/lenient';
import type { Asked } from '#crms/crm';

// What amoCRM answers: https://www.amocrm.ru/developers/content/crm_platform/api-reference. Only what is needed is read.

/** Numbers come as numbers, in hooks as text. */
export const idSchema = z.pipe(
  z.union([z.string(), z.number()]),
  z.transform((id: string | number) => String(id)),
);

const linksSchema = lenient(z.object({ next: lenient(z.object({ href: z.string() })) }));

/** A page of a list. `_links.next` is absent on the last one. */
export function pageOf<T extends z.ZodMiniType>(name: string, item: T) {
  return z.object({ _links: linksSchema, _embedded: z.object({ [name]: z.array(item) }) });
}

/** An error: `application/problem+json`. */
export const problemSchema = z.object({
  title: lenient(z.string()),
  detail: lenient(z.string()),
  hint: lenient(z.string()),
  retry_after: lenient(z.number()),
  'validation-errors': lenient(
    z.array(
      z.object({
        errors: z.array(
          z.object({ code: lenient(z.string()), path: lenient(z.string()), detail: lenient(z.string()) }),
        ),
      }),
    ),
  ),
});

export const tokensSchema = z.object({
  access_token: z.string().check(z.minLength(1)),
  refresh_token: lenient(z.string()),
  expires_in: lenient(z.number()),
});

/** Where the account is now: the host, and in older answers only its first part. */
export const subdomainSchema = z.object({ domain: lenient(z.string()), subdomain: lenient(z.string()) });

export const accountSchema = z.object({
  id: idSchema,
  name: lenient(z.string()),
  subdomain: lenient(z.string()),
  current_user_id: lenient(idSchema),
});

export const userSchema = z.object({
  id: idSchema,
  name: lenient(z.string()),
  email: lenient(z.string()),
  rights: lenient(z.object({ is_admin: lenient(z.boolean()), is_active: lenient(z.boolean()) })),
});

export const pipelineSchema = z.object({
  id: idSchema,
  name: z.string(),
  is_main: lenient(z.boolean()),
  is_archive: lenient(z.boolean()),
  _embedded: z.object({
    statuses: z.array(
      z.object({ id: idSchema, name: z.string(), sort: lenient(z.number()), type: lenient(z.number()) }),
    ),
  }),
});

const fieldValuesSchema = lenient(
  z.nullable(
    z.array(
      z.object({
        field_id: idSchema,
        field_code: lenient(z.nullable(z.string())),
        values: z.array(z.object({ value: lenient(z.union([z.string(), z.number()])) })),
      }),
    ),
  ),
);

const entity = {
  id: idSchema,
  name: lenient(z.nullable(z.string())),
  responsible_user_id: lenient(idSchema),
  created_at: z._default(z.catch(z.number(), 0), 0),
  updated_at: z._default(z.catch(z.number(), 0), 0),
  is_deleted: lenient(z.boolean()),
  custom_fields_values: fieldValuesSchema,
};
const idsSchema = lenient(z.array(z.object({ id: idSchema })));

export const contactSchema = z.object({ ...entity, _embedded: lenient(z.object({ leads: idsSchema })) });
export const leadSchema = z.object({
  ...entity,
  status_id: lenient(idSchema),
  closed_at: lenient(z.nullable(z.number())),
  _embedded: lenient(z.object({ contacts: idsSchema })),
});

export const customFieldSchema = z.object({ id: idSchema, name: z.string(), code: lenient(z.nullable(z.string())) });

/** `leads/complex` answers with a bare list. */
export const complexSchema = z.array(
  z.object({ id: idSchema, contact_id: lenient(z.nullable(idSchema)), merged: lenient(z.boolean()) }),
);

export const unsortedSchema = z.object({
  uid: z.string(),
  source_uid: lenient(z.string()),
  created_at: lenient(z.number()),
  _embedded: z.object({ leads: idsSchema, contacts: idsSchema }),
});

/** Hooks are listed whole, with the addresses of all integrations. */
export const hookSchema = z.object({
  destination: z.string(),
  settings: z._default(z.catch(z.array(z.string()), []), []),
  disabled: lenient(z.boolean()),
});

export const eventSchema = z.object({ type: z.string(), entity_id: idSchema, entity_type: lenient(z.string()) });

/** Reads an answer. One in another form says nothing about what was asked. */
export function readAs<T extends z.ZodMiniType>(schema: T, asked: Asked<unknown>): Asked<z.output<T>> {
  if (asked.kind !== 'ok') return asked;
  const read = schema.safeParse(asked.value);
  return read.success ? { kind: 'ok', value: read.data } : { kind: 'unreachable', reason: 'an answer in another form' };
}
