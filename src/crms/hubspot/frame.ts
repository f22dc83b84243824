import * as z from 'zod/mini';
import { lenient } from '#calls/lenient';
import type { Crm } from '#crms/crm';
import type { Ref } from '#domain/crm';
import { type CallHubspot, PATHS } from './client.ts';
import { ask } from './read.ts';
import { isSigned, proofOf } from './signature.ts';

const TYPES: Readonly<Record<string, Ref['type']>> = { '0-1': 'contact', '0-3': 'deal' };

const ownerSchema = z.object({ id: z.string() });
const bodySchema = z.object({
  objectId: lenient(z.union([z.number(), z.string()])),
  objectTypeId: lenient(z.string()),
});

/**
 * Makes `frame`. Our card calls by `hubspot.fetch`: HubSpot signs that request as it signs hooks, and adds who looks:
 * https://developers.hubspot.com/docs/apps/developer-platform/add-features/ui-extensions/fetching-data
 */
export function createFrame(call: CallHubspot): NonNullable<Crm['frame']> {
  return async (request, { app, accountId, now }, askCrm) => {
    const { clientSecret = '' } = app;
    if (clientSecret === '') return 'no-secret';
    if (!isSigned(request, request.url, clientSecret, now)) return undefined;
    const query = URL.canParse(request.url) ? new URL(request.url).searchParams : new URLSearchParams();
    const userId = query.get('userId') ?? '';
    if (!/^\d+$/.test(userId) || (accountId !== undefined && query.get('portalId') !== accountId)) return undefined;
    // A responsible user is an owner, whose id is another one than the user's.
    const path = `${PATHS.owners}/${userId}`;
    const asked = await askCrm((session) =>
      ask(call, session, { method: 'GET', path, query: { idProperty: 'userId' } }, ownerSchema),
    );
    if (asked.kind !== 'ok') return undefined;
    const ref = refOf(request.body);
    return { userId: asked.value.id, once: proofOf(request), ...(ref && { ref }) };
  };
}

function refOf(body: Uint8Array): Ref | undefined {
  try {
    const { objectId, objectTypeId = '' } = bodySchema.parse(JSON.parse(Buffer.from(body).toString('utf8')));
    const type = Object.hasOwn(TYPES, objectTypeId) ? TYPES[objectTypeId] : undefined;
    return type && objectId !== undefined ? { type, id: String(objectId) } : undefined;
  } catch {
    return undefined;
  }
}
