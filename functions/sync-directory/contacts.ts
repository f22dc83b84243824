import type * as z from 'zod/mini';
import { contact, presentContact } from '#api/contact-routes';
import { MOST_ENTITIES } from '#api/crm-fields';
import type { CrmRoutes } from '#api/crm-routes';
import { addressKeys } from '#domain/address';
import type { Contact } from '#domain/directory';
import { handlesOf } from '#domain/handles';
import type { ContactChanges } from '#flows/sight/push-contact';
import { RequestError } from '#http/errors';
import { readJson } from '#http/json';
import { readValues, withoutNulls } from '#http/read-body';
import type { Contacts } from '#store/directory/contacts';
import { cardRoutes, fits } from './cards.ts';

export interface ContactsDeps {
  readonly contacts: Pick<Contacts, 'get' | 'page'>;
  readonly contactChanges: ContactChanges;
}

const kind = {
  schema: contact,
  code: 'INVALID_CONTACTS_DATA' as const,
  description: 'One or more of provided contacts data are not valid.',
  most: MOST_ENTITIES,
};

/** The contacts of the CRM, as in the Wazzup API v3. The chats of a deleted contact stay. */
export function contactRoutes({ contacts, contactChanges }: ContactsDeps): CrmRoutes {
  const routes = cardRoutes('/v3/contacts', {
    kind,
    toCard: toContact,
    touches: (account, { contactData }) => [...addressKeys(account, contactData), ...handlesOf(account, contactData)],
    push: contactChanges.pushContact,
    remove: contactChanges.removeContact,
    get: contacts.get,
    page: contacts.page,
    present: presentContact,
    notFound,
  });
  return {
    ...routes,

    async 'PUT /v3/contacts/{id}'({ params: { id = '' }, body }, { account }) {
      if (!fits(id)) throw notFound();
      const given = readChange(id, body);
      const updated = await contactChanges.updateContact(account, id, (now) =>
        toContact(readValues(contact, withoutNulls({ ...presentContact(now), ...given, id }), refused)),
      );
      if (!updated) throw notFound();
      return { status: 200, body: presentContact(updated) };
    },
  };
}

/** The fields that change. The id may be among them, and then has to be that of the path. */
function readChange(id: string, body: Uint8Array): object {
  const given = withoutNulls(readJson(body));
  if (typeof given !== 'object' || given === null || Array.isArray(given)) throw refused([]);
  const { id: value } = given as { id?: unknown };
  const named = typeof value === 'number' ? String(value) : value;
  if (named !== undefined && named !== '' && named !== id) throw refused(['id']);
  return given;
}

function refused(fields: readonly string[]): RequestError {
  return new RequestError(400, kind.code, kind.description, fields.length > 0 ? [{ index: 0, fields }] : []);
}

function notFound(): RequestError {
  return new RequestError(404, 'CONTACT_NOT_FOUND', 'There is no such contact');
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
