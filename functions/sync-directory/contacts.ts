import type * as z from 'zod/mini';
import { contact, presentContact } from '#api/contact-routes';
import { MOST_ENTITIES } from '#api/crm-fields';
import type { CrmRoutes } from '#api/crm-routes';
import { addressKeys } from '#domain/address';
import type { Contact } from '#domain/directory';
import type { ContactChanges } from '#flows/sight/push-contact';
import { RequestError } from '#http/errors';
import type { Contacts } from '#store/directory/contacts';
import { cardRoutes } from './cards.ts';

export interface ContactsDeps {
  readonly contacts: Pick<Contacts, 'get' | 'page'>;
  readonly contactChanges: ContactChanges;
}

/** The contacts of the CRM, as in the Wazzup API v3. The chats of a deleted contact stay. */
export function contactRoutes({ contacts, contactChanges }: ContactsDeps): CrmRoutes {
  return cardRoutes('/v3/contacts', {
    kind: {
      schema: contact,
      code: 'INVALID_CONTACTS_DATA',
      description: 'One or more of provided contacts data are not valid.',
      most: MOST_ENTITIES,
    },
    toCard: toContact,
    touches: (account, { contactData }) => addressKeys(account, contactData),
    push: contactChanges.pushContact,
    remove: contactChanges.removeContact,
    get: contacts.get,
    page: contacts.page,
    present: presentContact,
    countOf: (total) => total,
    notFound: () => new RequestError(404, 'CONTACT_NOT_FOUND', 'There is no such contact'),
  });
}

function toContact({ contactData, uri, ...given }: z.infer<typeof contact>): Contact {
  return {
    ...given,
    contactData: contactData.map(({ chatType, chatId, username, phone }) => ({
      chatType,
      ...(chatId !== undefined && { chatId }),
      ...(username !== undefined && { username }),
      ...(phone !== undefined && { phone }),
    })),
    ...(uri !== undefined && { uri }),
  };
}
