import * as z from 'zod/mini';
import type { DescribedRoutes } from '#api/described-route';
import { text } from '#api/fields';
import type { NoFields } from '#no-fields';
import type { NewAccount, NewKey } from '#store/accounts/accounts';

/** The body of `POST /v1/accounts`. The name has 1 to 200 characters. */
export const newAccount = z.object({ name: z.string().check(z.minLength(1), z.maxLength(200)) });

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

/** The routes of accounts and their keys. */
export const describedAccountRoutes: DescribedRoutes = {
  'POST /v1/accounts': {
    summary: 'Make an account; its key is shown this once',
    body: newAccount,
    answer: newAccountAnswer,
    status: 201,
    security: 'operatorKey',
  },
  'POST /v1/account/keys': {
    summary: 'Make another API key; it is shown this once',
    answer: newKeyAnswer,
    status: 201,
    security: 'apiKey',
  },
  'DELETE /v1/account/keys/{keyId}': {
    summary: 'Revoke an API key within 10 seconds; not the last one',
    answer: keyId,
    status: 200,
    security: 'apiKey',
  },
};
