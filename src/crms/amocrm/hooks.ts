import { createHmac } from 'node:crypto';
import { isSameSecret } from '#calls/secrets';
import { bracketKeys } from '#crms/bracket-keys';
import type { Crm, CrmNews, CrmRequest } from '#crms/crm';
import type { Ref } from '#domain/crm';

/** A hook may have several entities with all their fields. */
const MAX_BODY_BYTES = 1024 * 1024;

const TYPES: readonly (readonly [string, Ref['type']])[] = [
  ['leads', 'deal'],
  ['contacts', 'contact'],
];
const CHANGES = ['add', 'update', 'responsible', 'status', 'restore'];

type Fields = Readonly<Record<string, unknown>>;

/**
 * Hooks of amoCRM: forms with brackets in their keys, without a signature. The secret in their address proves them, and
 * the account has to be the one that is connected. https://www.amocrm.ru/developers/content/crm_platform/webhooks-format
 */
export const hooks: Crm['hooks'] = {
  maxBodyBytes: MAX_BODY_BYTES,
  verify(request, { app, accountId }) {
    const query = uninstallOf(request);
    if (query) {
      // The secret is of one integration alone. Who gave it beside a token need not have given the id too.
      const { clientId = query.clientId, clientSecret = '' } = app;
      if (clientSecret === '' || accountId === undefined) return false;
      const signature = createHmac('sha256', clientSecret).update(`${clientId}|${accountId}`).digest('hex');
      return isSameSecret(query.account, accountId) && isSameSecret(query.signature, signature);
    }
    const { account } = formOf(request);
    return accountId !== undefined && isSameSecret(textOf(fieldsOf(account).id), accountId);
  },
  parse(request) {
    if (uninstallOf(request)) return [{ kind: 'uninstalled' }];
    const form = formOf(request);
    const news = TYPES.flatMap(([name, type]) => ringsOf(type, fieldsOf(form[name])));
    const all = [...news, ...enquiriesOf(fieldsOf(fieldsOf(form.unsorted).delete))];
    return [...new Map(all.map((one) => [JSON.stringify(one), one])).values()];
  },
};

/** Somebody took the integration away: `GET …?account_id=…&client_uuid=…&signature=…`. */
function uninstallOf({ method, url }: CrmRequest) {
  if (method !== 'GET') return undefined;
  const query = URL.parse(url)?.searchParams;
  const [account = '', clientId = '', signature = ''] = ['account_id', 'client_uuid', 'signature'].map(
    (name) => query?.get(name) ?? '',
  );
  return { account, clientId, signature };
}

/** Companies come as contacts. A merge is the deletion of one and a change of the other. */
function ringsOf(type: Ref['type'], acts: Fields): CrmNews[] {
  return Object.entries(acts).flatMap(([act, items]) => {
    const kind = act === 'delete' ? 'deleted' : CHANGES.includes(act) ? 'changed' : undefined;
    if (!kind) return [];
    return Object.values(fieldsOf(items)).flatMap((item): CrmNews[] => {
      const { id, type: what } = fieldsOf(item);
      return what !== 'company' && isId(id) ? [{ kind, ref: { type, id: String(id) } }] : [];
    });
  });
}

/** Who accepted or declined an enquiry is told here and nowhere else. */
function enquiriesOf(items: Fields): CrmNews[] {
  return Object.values(items).flatMap((item): CrmNews[] => {
    const { uid: given, action, modified_user_id: userId, accept_result: result } = fieldsOf(item);
    const uid = textOf(given);
    if (!uid || uid.length > 200) return [];
    if (action === 'decline') return [{ kind: 'declined', uid }];
    if (action !== 'accept') return [];
    const [dealId] = Object.values(fieldsOf(fieldsOf(result).leads));
    return [
      {
        kind: 'accepted',
        uid,
        ...(isId(dealId) && { dealId: String(dealId) }),
        ...(isId(userId) && { userId: String(userId) }),
      },
    ];
  });
}

function formOf({ body }: CrmRequest): Fields {
  return bracketKeys(Buffer.from(body).toString('utf8'));
}

function fieldsOf(value: unknown): Fields {
  return typeof value === 'object' && value !== null ? (value as Fields) : {};
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

function isId(value: unknown): boolean {
  return typeof value === 'string' && /^[1-9]\d{0,18}$/.test(value);
}
