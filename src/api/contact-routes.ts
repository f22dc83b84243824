import * as z from 'zod/mini';
import {
  directoryId,
  idsToDelete,
  LONGEST_NAME,
  MOST_ENTITIES,
  optionalIdUpTo,
  optionalUpTo,
  pageQuery,
  shortText,
  unknownIds,
} from '#api/crm-fields';
import type { DescribedRoutes } from '#api/described-route';
import { chatType, count, done, toldChatType } from '#api/fields';
import { type Contact, type ContactData, MOST_ADDRESSES } from '#domain/directory';
import type { NoFields } from '#no-fields';

const contactDataFields = z.object({
  chatType,
  chatId: optionalIdUpTo(256),
  username: optionalUpTo(100),
  phone: optionalIdUpTo(100),
});
/** One way to reach a contact. */
export const contactData = contactDataFields.check(z.refine(isReachable, { path: ['chatId'] }));

/**
 * A contact as the CRM pushes it; name and `uri` have at most 200 characters. An address needs a `chatId`; in Telegram
 * a username or a phone will do, in MAX a phone. A contact has at most 45 addresses.
 */
export const contact = z.object({
  id: directoryId,
  responsibleUserId: directoryId,
  name: shortText(LONGEST_NAME),
  contactData: z.array(contactData).check(z.maxLength(MOST_ADDRESSES)),
  uri: optionalUpTo(200),
});

/** The body of `PUT /v3/contacts/{id}`: the fields that change. An id has to be that of the path. */
export const contactChange = z.partial(contact);

/** The body of `POST /v3/contacts`: at most 100 contacts. */
export const contactPush = z.array(contact).check(z.maxLength(MOST_ENTITIES));

/** An address of a contact. */
export const contactAddress = z.object({
  chatType: toldChatType,
  chatId: z.string(),
  username: z.nullable(z.string()),
  phone: z.nullable(z.string()),
});

/**
 * A contact. Existing clients read the fields of its addresses without a check: `chatId` is an empty text if it is not
 * known yet, `username` and `phone` are null.
 */
export const contactAnswer = z.object({
  id: z.string(),
  responsibleUserId: z.string(),
  name: z.string(),
  contactData: z.array(contactAddress),
  uri: z.optional(z.string()),
});

/** A page of contacts, sorted by id. `count` is the number of all contacts. */
export const contactList = z.object({ count, data: z.array(contactAnswer) });

/** A contact as the API shows it. */
export function presentContact({
  id,
  name,
  responsibleUserId,
  contactData,
  uri,
  ...rest
}: Contact): z.infer<typeof contactAnswer> {
  rest satisfies NoFields;
  return { id, name, responsibleUserId, uri, contactData: contactData.map(presentAddress) };
}

function presentAddress({
  chatType,
  chatId,
  username,
  phone,
  ...rest
}: ContactData): z.infer<typeof contactAnswer>['contactData'][number] {
  rest satisfies NoFields;
  return { chatType, chatId: chatId ?? '', username: username ?? null, phone: phone ?? null };
}

/** The body of `PATCH /v3/contacts/bulk_delete`. */
export const contactIds = idsToDelete(MOST_ENTITIES);

/** The routes of contacts (reference, section 6). */
export const describedContactRoutes = {
  'GET /v3/contacts': {
    operationId: 'listContacts',
    tag: 'Contacts',
    summary: 'The contacts of the CRM, 100 at a time, by their ids',
    description: '`count` is the number of all contacts. `limit` and `sort` are ignored.',
    query: pageQuery,
    answer: contactList,
    status: 200,
    security: 'apiKey',
    errors: ['INVALID_REQUEST'],
  },
  'POST /v3/contacts': {
    operationId: 'pushContacts',
    tag: 'Contacts',
    summary: 'Push contacts, at most 100; their chats follow before the answer',
    description:
      'The array is checked whole before anything is stored, and a contact takes the place of the one with its id. `chatId` is the messenger’s id of the person: of WhatsApp the number in digits, of Telegram the id of the chat. A Telegram address may have a `username` only: the `chatId` follows when that person writes. Users may be pushed later.',
    body: contactPush,
    answer: done,
    status: 200,
    security: 'apiKey',
    errors: ['INVALID_CONTACTS_DATA', 'TOO_MANY_ENTITIES', 'DIRECTORY_KEPT_BY_CONNECTOR'],
  },
  'GET /v3/contacts/{id}': {
    operationId: 'getContact',
    tag: 'Contacts',
    summary: 'One contact',
    answer: contactAnswer,
    status: 200,
    security: 'apiKey',
    errors: ['CONTACT_NOT_FOUND'],
  },
  'PUT /v3/contacts/{id}': {
    operationId: 'changeContact',
    tag: 'Contacts',
    summary: 'Change a contact; fields that are left out stay as they are',
    body: contactChange,
    answer: contactAnswer,
    status: 200,
    security: 'apiKey',
    errors: ['INVALID_CONTACTS_DATA', 'CONTACT_NOT_FOUND', 'DIRECTORY_KEPT_BY_CONNECTOR'],
  },
  'DELETE /v3/contacts/{id}': {
    operationId: 'deleteContact',
    tag: 'Contacts',
    summary: 'Delete a contact; the chats stay',
    answer: done,
    status: 200,
    security: 'apiKey',
    errors: ['CONTACT_NOT_FOUND', 'DIRECTORY_KEPT_BY_CONNECTOR'],
  },
  'PATCH /v3/contacts/bulk_delete': {
    operationId: 'deleteContacts',
    tag: 'Contacts',
    summary: 'Delete contacts; the ids that were unknown come back',
    body: contactIds,
    answer: unknownIds,
    status: 200,
    security: 'apiKey',
    errors: ['INVALID_CONTACTS_DATA', 'TOO_MANY_ENTITIES', 'DIRECTORY_KEPT_BY_CONNECTOR'],
  },
} satisfies DescribedRoutes;

/**
 * In Telegram and MAX a team may write first to a person without knowing their id yet (reference, sections 3.2 and 6).
 */
function isReachable({ chatType, chatId, username, phone }: z.infer<typeof contactDataFields>): boolean {
  if (chatId !== undefined) return true;
  if (chatType === 'telegram') return username !== undefined || phone !== undefined;
  return chatType === 'max' && phone !== undefined;
}
