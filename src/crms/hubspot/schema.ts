import * as z from 'zod/mini';
import { lenient } from '#calls/lenient';

/** Everything here is as HubSpot writes it: values of properties are texts, times are ISO. */
const properties = z.record(z.string(), z.nullish(z.string()));

export const objectSchema = z.object({
  id: z.string(),
  properties,
  createdAt: z.string(),
  updatedAt: z.string(),
  archived: lenient(z.boolean()),
});

export type HubspotObject = z.infer<typeof objectSchema>;

const paging = lenient(z.object({ next: lenient(z.object({ after: z.string() })) }));

export const objectsSchema = z.object({ results: z.array(objectSchema), paging });

/** The associations of several records. `toObjectId` is a number, or a text in newer versions. */
export const associationsSchema = z.object({
  results: z.array(
    z.object({
      from: z.object({ id: z.string() }),
      to: z.array(z.object({ toObjectId: z.union([z.string(), z.number()]) })),
    }),
  ),
});

/** The associations of one record. */
export const associatedSchema = z.object({
  results: z.array(z.object({ toObjectId: z.union([z.string(), z.number()]) })),
  paging,
});

/** What a batch has made. What it has not is among the errors. */
export const batchSchema = z.object({
  results: z.array(z.object({ id: z.string(), objectWriteTraceId: z.nullish(z.string()) })),
  errors: lenient(
    z.array(
      z.object({
        message: z.string(),
        category: lenient(z.string()),
        context: lenient(z.record(z.string(), z.array(z.string()))),
      }),
    ),
  ),
});

export const ownersSchema = z.object({
  results: z.array(
    z.object({
      id: z.string(),
      email: z.nullish(z.string()),
      type: lenient(z.string()),
      firstName: z.nullish(z.string()),
      lastName: z.nullish(z.string()),
      archived: lenient(z.boolean()),
    }),
  ),
  paging,
});

export const pipelinesSchema = z.object({
  results: z.array(
    z.object({
      id: z.string(),
      label: z.string(),
      displayOrder: z.number(),
      archived: lenient(z.boolean()),
      stages: z.array(
        z.object({
          id: z.string(),
          label: z.string(),
          displayOrder: z.number(),
          archived: lenient(z.boolean()),
          metadata: lenient(z.record(z.string(), z.string())),
        }),
      ),
    }),
  ),
});

export const propertySchema = z.object({ name: z.string(), hasUniqueValue: lenient(z.boolean()) });

export const accountSchema = z.object({ portalId: z.number(), uiDomain: z.string().check(z.regex(/^[\w.-]+$/)) });

export const tokensSchema = z.object({
  access_token: z.string(),
  refresh_token: lenient(z.string()),
  expires_in: z.number(),
});

export const errorSchema = z.object({
  message: z.string(),
  category: lenient(z.string()),
  policyName: lenient(z.string()),
  errors: lenient(
    z.array(z.object({ code: lenient(z.string()), context: lenient(z.record(z.string(), z.array(z.string()))) })),
  ),
});

export type HubspotError = z.infer<typeof errorSchema>;

/** What is wrong with a property. */
export interface ErrorDetail {
  readonly code: string;
  readonly property?: string | undefined;
}

const inMessageSchema = z.array(z.object({ error: z.string(), name: lenient(z.string()) }));

/** What an error says of properties. Some errors say it in their message, as JSON behind a sentence. */
export function detailsOf({ message, errors = [] }: HubspotError): readonly ErrorDetail[] {
  const told = errors.map(({ code = '', context }) => ({ code, property: context?.propertyName?.[0] }));
  return told.some(({ property }) => property) ? told : [...told, ...inMessage(message)];
}

function inMessage(message: string): readonly ErrorDetail[] {
  const begin = message.indexOf('[{');
  if (begin < 0) return [];
  try {
    const read = inMessageSchema.safeParse(JSON.parse(message.slice(begin)));
    return (read.data ?? []).map(({ error, name }) => ({ code: error, property: name }));
  } catch {
    return [];
  }
}

/** One event of a hook. Old kinds name the object in their type, new ones beside it. */
export const eventSchema = z.object({
  subscriptionType: z.string(),
  portalId: lenient(z.number()),
  objectId: lenient(z.union([z.number(), z.string()])),
  objectTypeId: lenient(z.string()),
  primaryObjectId: lenient(z.union([z.number(), z.string()])),
  mergedObjectIds: lenient(z.array(z.union([z.number(), z.string()]))),
  newObjectId: lenient(z.union([z.number(), z.string()])),
  fromObjectId: lenient(z.union([z.number(), z.string()])),
  toObjectId: lenient(z.union([z.number(), z.string()])),
  associationType: lenient(z.string()),
});

export type HubspotEvent = z.infer<typeof eventSchema>;
