import * as z from 'zod/mini';
import type { Made, MadeContact, MadeDeal } from '#domain/creation';
import { schemaOf } from '#schema-of';

const common = {
  id: z.string(),
  name: z.exactOptional(z.string()),
  responsibleUserId: z.exactOptional(z.string()),
  uri: z.exactOptional(z.string()),
};

const contactDataSchema = z.object({
  chatType: z.string(),
  chatId: z.exactOptional(z.string()),
  username: z.exactOptional(z.string()),
  phone: z.exactOptional(z.string()),
});

const madeContact = schemaOf<MadeContact>()(
  z.object({ ...common, contactData: z.exactOptional(z.array(contactDataSchema)) }),
);

/** The deal that a CRM has made, as it is stored until it is pushed. */
export const madeDeal = schemaOf<MadeDeal>()(
  z.object({ ...common, contacts: z.exactOptional(z.array(z.string())), closed: z.exactOptional(z.boolean()) }),
);

/** What a CRM has made for a decision, as it is stored until it is pushed. */
export const madeSchema = schemaOf<Made>()(
  z.object({ askedFor: z.string(), contact: madeContact, deal: z.exactOptional(madeDeal) }),
);
