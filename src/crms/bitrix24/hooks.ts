import { isSameSecret } from '#calls/secrets';
import { bracketKeys } from '#crms/bracket-keys';
import type { Crm, CrmNews, CrmRequest } from '#crms/crm';
import { tokensOf } from './client.ts';

/** A hook names one entity. */
const MAX_BODY_BYTES = 64 * 1024;

type Fields = Readonly<Record<string, unknown>>;

/** Hooks of Bitrix24: an id and nothing else. https://apidocs.bitrix24.com/api-reference/events/index.html */
export function createHooks(clock: () => number): Crm['hooks'] {
  return {
    maxBodyBytes: MAX_BODY_BYTES,
    /**
     * Which portal it is and the token that the application was given at its installation, together, in constant time.
     * Nothing is known before the installation, which proves itself by the secret in its address.
     */
    verify(request, { hookSecret }) {
      const { event, auth, form } = readHook(request);
      if (hookSecret === undefined) return true;
      // An installation anew brings a token anew. Its portal has to be the same.
      const portal = event === 'ONAPPINSTALL' ? auth.member_id : event === '' ? form.member_id : undefined;
      if (portal !== undefined) return isSameSecret(textOf(portal), hookSecret.split(':')[0] ?? '');
      return isSameSecret(secretOf(auth), hookSecret);
    },
    parse(request) {
      const { event, data, auth, form } = readHook(request);
      if (event === 'ONAPPINSTALL') return installed(auth, secretOf(auth), clock());
      if (event === '' && form.AUTH_ID !== undefined) return installedByForm(form, clock());
      return newsOf(event, textOf(fieldsOf(data.FIELDS).ID));
    },
  };
}

/** The portal and its token. They are kept together: a token alone does not name its portal. */
function secretOf(auth: Fields): string | undefined {
  const [portal, token] = [textOf(auth.member_id), textOf(auth.application_token)];
  return portal && token ? `${portal}:${token}` : undefined;
}

function installed(auth: Fields, hookSecret: string | undefined, now: number): CrmNews[] {
  const tokens = tokensOf(auth, now);
  return tokens ? [{ kind: 'installed', tokens, ...(hookSecret && { hookSecret }) }] : [];
}

/** An application that has a page of its own gets its tokens with the first look at it. */
function installedByForm(form: Fields, now: number): CrmNews[] {
  const host = textOf(form.DOMAIN);
  return installed(
    {
      access_token: form.AUTH_ID,
      refresh_token: form.REFRESH_ID,
      expires_in: form.AUTH_EXPIRES,
      ...(host && { client_endpoint: `https://${host}/rest/` }),
    },
    secretOf({ member_id: form.member_id, application_token: form.APPLICATION_TOKEN }),
    now,
  );
}

function newsOf(event: string, id: string | undefined): CrmNews[] {
  if (event === 'ONUSERADD') return [{ kind: 'users' }];
  // The documentation has both spellings.
  if (event === 'ONAPPUNINSTALL' || event === 'ONAPPSUNINSTALL') return [{ kind: 'uninstalled' }];
  const [, entity, act] = /^ONCRM(DEAL|CONTACT)(ADD|UPDATE|DELETE|MOVETOCATEGORY)$/.exec(event) ?? [];
  if (!entity || !id || !/^\d{1,20}$/.test(id)) return [];
  const ref = { type: entity === 'DEAL' ? 'deal' : 'contact', id } as const;
  return [{ kind: act === 'DELETE' ? 'deleted' : 'changed', ref }];
}

/** A form with brackets in its keys. What came with the address of the form counts too. */
function readHook({ url, headers, body }: CrmRequest) {
  const text = Buffer.from(body).toString('utf8');
  const isJson = /^application\/json/i.test(headers['content-type'] ?? '');
  const form: Fields = {
    ...bracketKeys(URL.parse(url)?.search.slice(1) ?? ''),
    ...(isJson ? jsonOf(text) : bracketKeys(text)),
  };
  const event = textOf(form.event)?.toUpperCase() ?? '';
  return { event, data: fieldsOf(form.data), auth: fieldsOf(form.auth), form };
}

function jsonOf(text: string): Fields {
  try {
    return fieldsOf(JSON.parse(text));
  } catch {
    return {};
  }
}

function fieldsOf(value: unknown): Fields {
  return typeof value === 'object' && value !== null ? (value as Fields) : {};
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : undefined;
}
