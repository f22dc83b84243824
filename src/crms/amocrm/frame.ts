import { jwtVerify } from 'jose';
import * as z from 'zod/mini';
import { bracketKeys } from '#crms/bracket-keys';
import type { Crm, CrmRequest } from '#crms/crm';
import type { Ref } from '#domain/crm';
import { idSchema } from './schema.ts';

const claimsSchema = z.object({ account_id: idSchema, user_id: idSchema, client_uuid: z.optional(z.string()) });
const SKEW_SECONDS = 60;

/**
 * Our page in a card of amoCRM, opened by the widget of `integrations/amocrm`. amoCRM gives its user a token for one
 * request, signed with the secret of the integration: https://www.amocrm.ru/developers/content/oauth/disposable-tokens
 */
export const frame: NonNullable<Crm['frame']> = async (request, { app, accountId, now }) => {
  const { clientId = '', clientSecret = '' } = app;
  const form = formOf(request);
  const token = request.headers['x-auth-token'] ?? textOf(form.token);
  if (clientSecret === '') return 'no-secret';
  if (!token || accountId === undefined) return undefined;
  try {
    const { payload } = await jwtVerify(token, Buffer.from(clientSecret), {
      algorithms: ['HS256'],
      currentDate: new Date(now),
      clockTolerance: SKEW_SECONDS,
      requiredClaims: ['exp'],
    });
    const read = claimsSchema.safeParse(payload);
    if (!read.success) return undefined;
    const { account_id, user_id: userId, client_uuid = clientId } = read.data;
    // The secret is of one integration alone. Who gave it beside a token need not have given the id too.
    if (account_id !== accountId || (clientId !== '' && client_uuid !== clientId)) return undefined;
    const ref = refOf(form);
    // All that is signed. Several spellings of a signature mean the same.
    const id = token.slice(0, token.lastIndexOf('.'));
    const until = ((payload.exp ?? 0) + SKEW_SECONDS) * 1_000;
    return { userId, once: { id, until }, ...(ref && { ref }) };
  } catch {
    return undefined;
  }
};

function formOf({ url, body }: CrmRequest): Readonly<Record<string, unknown>> {
  return { ...bracketKeys(URL.parse(url)?.search.slice(1) ?? ''), ...bracketKeys(Buffer.from(body).toString('utf8')) };
}

/** The widget says which card is open. What the user may see there is not asked of it. */
function refOf({ entity, id }: Readonly<Record<string, unknown>>): Ref | undefined {
  if (entity !== 'contact' && entity !== 'deal') return undefined;
  return typeof id === 'string' && /^[1-9]\d{0,18}$/.test(id) ? { type: entity, id } : undefined;
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
