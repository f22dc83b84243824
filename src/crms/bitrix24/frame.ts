import type * as z from 'zod/mini';
import { bracketKeys } from '#crms/bracket-keys';
import type { Crm } from '#crms/crm';
import type { Ref } from '#domain/crm';
import { type Bitrix24Api, partOf } from './client.ts';
import { commandOf } from './query.ts';
import { appSchema, leadSchema, profileSchema, readAs } from './schema.ts';

/** Where our page is a tab, and of what. Everywhere else it is of no card. */
const TAB_OF: Readonly<Record<string, 'deal' | 'contact' | 'lead'>> = {
  CRM_DEAL_DETAIL_TAB: 'deal',
  CRM_CONTACT_DETAIL_TAB: 'contact',
  CRM_LEAD_DETAIL_TAB: 'lead',
};
/** https://apidocs.bitrix24.com/api-reference/crm/data-types.html#object_type */
const LEAD = 1;

/**
 * Our page in a tab of Bitrix24. What the request says of its portal proves nothing, so its token is tried at the portal
 * that is connected: who the user is, and whether it was made for our application. A lead is shown as its contact.
 * https://apidocs.bitrix24.com/api-reference/widgets/crm/detail-tab.html
 */
export function createFrame(api: Bitrix24Api): NonNullable<Crm['frame']> {
  return async ({ body }, { app }, _ask, signal) => {
    const form = bracketKeys(Buffer.from(body).toString('utf8'));
    const { AUTH_ID: accessToken, PLACEMENT: placement, PLACEMENT_OPTIONS: options } = form;
    if (typeof accessToken !== 'string' || accessToken === '' || !app.host) return undefined;
    const tab = typeof placement === 'string' && Object.hasOwn(TAB_OF, placement) ? TAB_OF[placement] : undefined;
    const id = idOf(options);
    const caller = { host: app.host, accessToken, signal };
    const asked = await api.batch(caller, {
      user: commandOf('profile', {}),
      app: commandOf('app.info', {}),
      ...(tab === 'lead' && id && { lead: commandOf('crm.item.get', { entityTypeId: LEAD, id }) }),
    });
    if (asked.kind !== 'ok') return undefined;
    const user = readAs(profileSchema, partOf(asked.value, 'user'));
    const known = readAs(appSchema, partOf(asked.value, 'app'));
    if (user.kind !== 'ok' || known.kind !== 'ok' || known.value.CODE !== app.clientId) return undefined;
    const userId = user.value.ID;
    if (!tab) return { userId };
    if (tab !== 'lead') return { userId, ref: id ? { type: tab, id } : 'nobody' };
    const lead = readAs(leadSchema, partOf(asked.value, 'lead'));
    return { userId, ref: (lead.kind === 'ok' && contactOf(lead.value.item)) || 'nobody' };
  };
}

/** The first contact of a lead. Bitrix24 says 0 if there is none. */
function contactOf({ contactId = '0', contactIds = [] }: z.infer<typeof leadSchema>['item']): Ref | undefined {
  const [id = contactId] = contactIds;
  return id === '0' ? undefined : { type: 'contact', id };
}

/** The options are JSON: `{"ID":"3473"}`. */
function idOf(options: unknown): string | undefined {
  try {
    const id = JSON.parse(String(options))?.ID;
    return /^\d{1,20}$/.test(String(id)) ? String(id) : undefined;
  } catch {
    return undefined;
  }
}
