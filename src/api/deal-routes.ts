import * as z from 'zod/mini';
import {
  directoryId,
  idsToDelete,
  LONGEST_NAME,
  MOST_ENTITIES,
  optionalUpTo,
  pageQuery,
  shortText,
  unknownIds,
} from '#api/crm-fields';
import type { DescribedRoutes } from '#api/described-route';
import { count, done } from '#api/fields';
import { type Deal, MOST_CONTACTS } from '#domain/directory';
import type { NoFields } from '#no-fields';

/**
 * A deal as the CRM pushes it; name and `uri` have at most 200 characters. It has at most 10 contacts, which need not
 * exist yet, and is open if nothing says that it is closed. `link` is the name of `uri` in an old example of Wazzup's.
 */
export const deal = z.object({
  id: directoryId,
  responsibleUserId: directoryId,
  name: shortText(LONGEST_NAME),
  contacts: z.array(directoryId).check(z.maxLength(MOST_CONTACTS)),
  closed: z._default(z.boolean(), false),
  uri: optionalUpTo(200),
  link: optionalUpTo(200),
});

/** The body of `POST /v3/deals`: at most 100 deals. */
export const dealPush = z.array(deal).check(z.maxLength(MOST_ENTITIES));

/** A deal, with the ids of its contacts. `uri` is an empty text if there is none: existing clients expect a text. */
export const dealAnswer = z.object({
  id: z.string(),
  responsibleUserId: z.string(),
  name: z.string(),
  contacts: z.array(z.string()),
  closed: z.boolean(),
  uri: z.string(),
});

/**
 * A page of deals, sorted by id. `count` is the number on this page: the reference says so of deals, and of deals only.
 */
export const dealList = z.object({ count, data: z.array(dealAnswer) });

/** A deal as the API shows it. */
export function presentDeal({
  id,
  name,
  responsibleUserId,
  contacts,
  closed,
  uri,
  ...rest
}: Deal): z.infer<typeof dealAnswer> {
  rest satisfies NoFields;
  return { id, name, responsibleUserId, contacts: [...contacts], closed, uri: uri ?? '' };
}

/** The body of `PATCH /v3/deals/bulk_delete`. */
export const dealIds = idsToDelete(MOST_ENTITIES);

/** The routes of deals (reference, section 7). */
export const describedDealRoutes = {
  'GET /v3/deals': {
    operationId: 'listDeals',
    tag: 'Deals',
    summary: 'The deals of the CRM, 100 at a time, by their ids',
    description: '`count` is the number of deals in the answer, as in the Wazzup API. `limit` and `sort` are ignored.',
    query: pageQuery,
    answer: dealList,
    status: 200,
    security: 'apiKey',
    errors: ['INVALID_REQUEST'],
  },
  'POST /v3/deals': {
    operationId: 'pushDeals',
    tag: 'Deals',
    summary: 'Push deals, at most 100; their chats follow before the answer',
    description:
      'The array is checked whole before anything is stored, and a deal takes the place of the one with its id. Its responsible user sees the chats of its contacts. Contacts may be pushed later. A deal without `closed` is open.',
    body: dealPush,
    answer: done,
    status: 200,
    security: 'apiKey',
    errors: ['INVALID_DEALS_DATA', 'TOO_MANY_ENTITIES', 'DIRECTORY_KEPT_BY_CONNECTOR'],
  },
  'GET /v3/deals/{id}': {
    operationId: 'getDeal',
    tag: 'Deals',
    summary: 'One deal',
    answer: dealAnswer,
    status: 200,
    security: 'apiKey',
    errors: ['DEAL_NOT_FOUND'],
  },
  'DELETE /v3/deals/{id}': {
    operationId: 'deleteDeal',
    tag: 'Deals',
    summary: 'Delete a deal',
    answer: done,
    status: 200,
    security: 'apiKey',
    errors: ['DEAL_NOT_FOUND', 'DIRECTORY_KEPT_BY_CONNECTOR'],
  },
  'PATCH /v3/deals/bulk_delete': {
    operationId: 'deleteDeals',
    tag: 'Deals',
    summary: 'Delete deals; the ids that were unknown come back',
    body: dealIds,
    answer: unknownIds,
    status: 200,
    security: 'apiKey',
    errors: ['INVALID_DEALS_DATA', 'TOO_MANY_ENTITIES', 'DIRECTORY_KEPT_BY_CONNECTOR'],
  },
} satisfies DescribedRoutes;
