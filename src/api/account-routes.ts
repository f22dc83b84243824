import * as z from 'zod/mini';
import type { DescribedRoutes } from '#api/described-route';
import { text, time } from '#api/fields';
import { begunErasure } from '#api/people-routes';
import { presentTime } from '#api/present-time';
import type { NoFields } from '#no-fields';
import type { ListedKey, NewAccount, NewKey } from '#store/accounts/accounts';

/** The body of `POST /v1/accounts`. The name has 1 to 200 characters. */
export const newAccount = z.object({ name: z.string().check(z.minLength(1), z.maxLength(200)) });

/** The body of a request for a key, which may be left out. The name is for people; it has 1 to 200 characters. */
export const wantedKey = z.optional(z.object({ name: z.optional(newAccount.shape.name) }));

/** The body of `PATCH /v1/accounts/{accountId}`. */
export const accountChange = z.object({ enabled: z.boolean() });

/** Whether the account is enabled. The keys of one that is not are 403, and nothing of it is sent. */
export const accountAnswer = z.object({ accountId: text, enabled: z.boolean() });

/** An API key, without the key itself. */
export const listedKey = z.object({
  keyId: text,
  name: z.nullable(text),
  createdAt: z.nullable(time),
  lastUsedAt: z.nullable(time),
});

/**
 * The API keys of the account, the oldest first. `createdAt` is null for keys of the first version, `lastUsedAt` if a
 * key was never used; it is up to an hour too early.
 */
export const keyList = z.object({
  keys: z.array(listedKey),
});

/** A new account with its first API key. The key is never answered again. */
export const newAccountAnswer = z.object({ accountId: text, keyId: text, apiKey: text });

/** Another API key of the account. `apiKey` is never answered again; `keyId` revokes it. */
export const newKeyAnswer = z.object({ keyId: text, apiKey: text });

/** The id of the API key that was revoked. */
export const keyId = z.object({ keyId: text });

/** A new account with its key in clear. */
export function presentNewAccount({ accountId, keyId, apiKey, ...rest }: NewAccount): z.infer<typeof newAccountAnswer> {
  rest satisfies NoFields;
  return { accountId, keyId, apiKey };
}

/** A new key in clear. */
export function presentNewKey({ keyId, apiKey, ...rest }: NewKey): z.infer<typeof newKeyAnswer> {
  rest satisfies NoFields;
  return { keyId, apiKey };
}

/** The keys of an account, without the keys themselves. */
export function presentKeys(keys: readonly ListedKey[]): z.infer<typeof keyList> {
  return {
    keys: keys.map(({ keyId, name, createdAt, lastUsedAt, ...rest }) => {
      rest satisfies NoFields;
      return { keyId, name: name ?? null, createdAt: timeOrNull(createdAt), lastUsedAt: timeOrNull(lastUsedAt) };
    }),
  };
}

function timeOrNull(at: number | undefined): string | null {
  return at === undefined ? null : presentTime(at);
}

/** The routes of accounts and their keys. */
export const describedAccountRoutes = {
  'POST /v1/accounts': {
    operationId: 'createAccount',
    tag: 'Accounts',
    summary: 'Make an account; its key is shown this once',
    description: 'The key is 64 hexadecimal digits, and acts as the CRM of the account.',
    body: newAccount,
    answer: newAccountAnswer,
    status: 201,
    security: 'operatorKey',
    errors: ['INVALID_REQUEST'],
  },
  'POST /v1/accounts/{accountId}/keys': {
    operationId: 'createKeyForAccount',
    tag: 'Accounts',
    summary: 'Make an API key for an account that has lost its own; it is shown this once',
    body: wantedKey,
    answer: newKeyAnswer,
    status: 201,
    security: 'operatorKey',
    errors: ['INVALID_REQUEST', 'ACCOUNT_NOT_FOUND'],
  },
  'PATCH /v1/accounts/{accountId}': {
    operationId: 'enableAccount',
    tag: 'Accounts',
    summary: 'Disable an account within 10 seconds, or enable it again',
    description:
      'While an account is disabled its keys are 403 and nothing is sent; what clients write is still stored. What waited leaves within five minutes after it is enabled.',
    body: accountChange,
    answer: accountAnswer,
    status: 200,
    security: 'operatorKey',
    errors: ['INVALID_REQUEST', 'ACCOUNT_NOT_FOUND'],
  },
  'DELETE /v1/accounts/{accountId}': {
    operationId: 'closeAccount',
    tag: 'Accounts',
    summary: 'Close a disabled account: everything of it is erased',
    description:
      'Its webhooks are taken away from messengers and CRM, as far as these answer, then everything of it goes, from every table and with every file; nothing brings it back but a backup. Nobody can enable it from the answer on. A repeated request answers the same `erasureId`, until all is gone. `GET /v1/erasures/{erasureId}` reports it; the operator’s audit keeps that the account was closed.',
    answer: begunErasure,
    status: 202,
    security: 'operatorKey',
    errors: ['ACCOUNT_NOT_FOUND', 'ACCOUNT_ENABLED'],
  },
  'GET /v1/account/keys': {
    operationId: 'listKeys',
    tag: 'Accounts',
    summary: 'The API keys of the account, and when each was used last',
    description: 'Uses are noted once an hour.',
    answer: keyList,
    status: 200,
    security: 'apiKey',
    errors: [],
  },
  'POST /v1/account/keys': {
    operationId: 'createKey',
    tag: 'Accounts',
    summary: 'Make another API key; it is shown this once',
    body: wantedKey,
    answer: newKeyAnswer,
    status: 201,
    security: 'apiKey',
    errors: ['INVALID_REQUEST'],
  },
  'DELETE /v1/account/keys/{keyId}': {
    operationId: 'revokeKey',
    tag: 'Accounts',
    summary: 'Revoke an API key within 10 seconds; not the last one',
    answer: keyId,
    status: 200,
    security: 'apiKey',
    errors: ['LAST_KEY', 'KEY_NOT_FOUND'],
  },
} satisfies DescribedRoutes;
