import * as z from 'zod/mini';
import type { Erased } from '#domain/erasure';
import { schemaOf } from '#schema-of';

/** How much was erased, as it is stored in tasks and reports. */
export const erasedSchema = schemaOf<Erased>()(
  z.object({
    chats: z.number(),
    messages: z.number(),
    files: z.number(),
    contacts: z.number(),
    deals: z.number(),
    deliveries: z.number(),
  }),
);
