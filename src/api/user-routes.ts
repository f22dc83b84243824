import * as z from 'zod/mini';
import { idsToDelete, MOST_ENTITIES, MOST_USER_IDS, pageQuery, shortText, unknownIds, userId } from '#api/crm-fields';
import type { DescribedRoutes } from '#api/described-route';
import { done } from '#api/fields';
import type { NoFields } from '#no-fields';
import type { User } from '#store/directory/users';

/**
 * A phone of 7 to 15 digits. Signs between them are removed; a phone that is badly formed is dropped without an error.
 */
export const phoneOrNothing = z.pipe(
  z.unknown(),
  z.transform((value) => {
    if (typeof value !== 'string' && typeof value !== 'number') return undefined;
    const digits = String(value).replaceAll(/[\s()+-]/g, '');
    return /^[1-9]\d{6,14}$/.test(digits) ? digits : undefined;
  }),
);

/** A user as the CRM pushes them. The name has 1 to 150 characters; a phone belongs to one user of an account only. */
export const user = z.object({ id: userId, name: shortText(150), phone: z.optional(phoneOrNothing) });

/** The body of `POST /v3/users`: 1 to 100 users. An account has at most 1000. */
export const userPush = z.array(user).check(z.maxLength(MOST_ENTITIES));

/** One user. The phone is in digits. */
export const userAnswer = z.object({ id: z.string(), name: z.string(), phone: z.nullable(z.string()) });

/** A user in a list. */
export const listedUser = z.object({ id: z.string(), name: z.string() });

/** All users of an account, sorted by name. Phones are left out. */
export const userList = z.array(listedUser);

/** A user as `GET /v3/users/{id}` shows them. */
export function presentUser({ id, name, phone, made: _made, ...rest }: User): z.infer<typeof userAnswer> {
  rest satisfies NoFields;
  return { id, name, phone: phone ?? null };
}

/** A user as `GET /v3/users` shows them. */
export function presentListedUser({
  id,
  name,
  phone: _phone,
  made: _made,
  ...rest
}: User): z.infer<typeof userList>[number] {
  rest satisfies NoFields;
  return { id, name };
}

/** The body of `PATCH /v3/users/bulk_delete`. */
export const userIds = idsToDelete(MOST_USER_IDS);

/** The routes of users (reference, section 5). */
export const describedUserRoutes = {
  'GET /v3/users': {
    operationId: 'listUsers',
    tag: 'Users',
    summary: 'The users of the CRM, by name; with an offset, 100 of them',
    description: 'Without `offset` all users come at once.',
    query: pageQuery,
    answer: userList,
    status: 200,
    security: 'apiKey',
    errors: ['INVALID_REQUEST'],
  },
  'POST /v3/users': {
    operationId: 'pushUsers',
    tag: 'Users',
    summary: 'Push users, at most 100; each takes the place of the one with its id',
    description:
      'The array is checked whole before anything is stored. A user has no role until the settings of a channel give one. When the answer is there, nobody sees a chat by what was so before.',
    body: userPush,
    answer: done,
    status: 200,
    security: 'apiKey',
    errors: [
      'INVALID_USERS_DATA',
      'TOO_MANY_ENTITIES',
      'USER_LIMIT_EXCEEDED',
      'DUPLICATE_PHONE_NUMBER',
      'DIRECTORY_KEPT_BY_CONNECTOR',
    ],
  },
  'GET /v3/users/{id}': {
    operationId: 'getUser',
    tag: 'Users',
    summary: 'One user',
    answer: userAnswer,
    status: 200,
    security: 'apiKey',
    errors: ['USER_NOT_FOUND'],
  },
  'DELETE /v3/users/{id}': {
    operationId: 'deleteUser',
    tag: 'Users',
    summary: 'Delete a user. The roles of the user rest until the user is pushed again',
    description: 'Pages of the user end. A contact or deal keeps the id.',
    answer: done,
    status: 200,
    security: 'apiKey',
    errors: ['USER_NOT_FOUND', 'DIRECTORY_KEPT_BY_CONNECTOR'],
  },
  'PATCH /v3/users/bulk_delete': {
    operationId: 'deleteUsers',
    tag: 'Users',
    summary: 'Delete users; the ids that nobody had come back',
    body: userIds,
    answer: unknownIds,
    status: 200,
    security: 'apiKey',
    errors: ['INVALID_USERS_DATA', 'TOO_MANY_ENTITIES', 'DIRECTORY_KEPT_BY_CONNECTOR'],
  },
} satisfies DescribedRoutes;
