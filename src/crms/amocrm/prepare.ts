import type { Asked, Crm, Session } from '#crms/crm';
import type { CrmFields, CrmProblemCode } from '#domain/crm';
import { type AmocrmApi, bodyOf } from './client.ts';
import { hostOf, renamed } from './hosts.ts';
import { accountSchema, customFieldSchema, hookSchema, pageOf, readAs, userSchema } from './schema.ts';

/** What rings Konvert. https://www.amocrm.ru/developers/content/crm_platform/webhooks-format */
export const SETTINGS = [
  ...['add', 'update', 'delete', 'restore', 'responsible'].flatMap((act) => [`${act}_lead`, `${act}_contact`]),
  'status_lead',
  'delete_unsorted',
];
/** What ends the address of hooks: the connection and its secret. */
const OWN_PARTS = 2;
const MOST_PAGES = 20;

/** The fields that Konvert makes. People may not change the keys. */
const FIELDS = {
  contactKey: { of: 'contacts', name: 'Konvert ID', code: 'KONVERT_ID', type: 'text', is_api_only: true },
  dealKey: { of: 'leads', name: 'Konvert ID', code: 'KONVERT_ID', type: 'text', is_api_only: true },
  chats: { of: 'contacts', name: 'Konvert chats', code: 'KONVERT_CHATS', type: 'textarea', is_api_only: true },
} as const;

type Problem = { readonly code: CrmProblemCode; readonly about?: string };

/** Names the account, and makes there what Konvert needs. */
export function createPreparing(api: AmocrmApi): Pick<Crm, 'identify' | 'prepare' | 'leave'> {
  async function fieldsOf(session: Session, of: 'contacts' | 'leads') {
    const all = [];
    for (let page = 1; page <= MOST_PAGES; page += 1) {
      const asked = await api.page(session, `/${of}/custom_fields`, {
        name: 'custom_fields',
        item: customFieldSchema,
        page,
      });
      if (asked.kind !== 'ok') return asked;
      all.push(...asked.value.items);
      if (!asked.value.hasNext) break;
    }
    return { kind: 'ok', value: all } as const;
  }

  async function makeFields(
    session: Session,
    of: 'contacts' | 'leads',
  ): Promise<Asked<{ fields: CrmFields; problems: Problem[] }>> {
    const listed = await fieldsOf(session, of);
    if (listed.kind !== 'ok') return listed;
    const fields: Record<string, string> = {};
    const problems: Problem[] = [];
    for (const [ours, { of: kind, ...field }] of Object.entries(FIELDS)) {
      if (kind !== of) continue;
      const known = session.fields[ours];
      const found = listed.value.find(({ id, code }) => id === known || code === field.code);
      if (found) {
        fields[ours] = found.id;
        continue;
      }
      const made = readAs(
        pageOf('custom_fields', customFieldSchema),
        bodyOf(await api.call(session, 'POST', `/${of}/custom_fields`, [field])),
      );
      if (made.kind !== 'ok') return made;
      const [first] = made.value._embedded.custom_fields ?? [];
      if (!first) return { kind: 'unreachable', reason: 'a field without its id' };
      fields[ours] = first.id;
      if (known !== undefined) problems.push({ code: 'FIELD_GONE', about: field.name });
    }
    return { kind: 'ok', value: { fields, problems } };
  }

  async function hooksOf(session: Session, hooksUrl: string) {
    const asked = await api.page(session, '/webhooks', { name: 'webhooks', item: hookSchema });
    if (asked.kind !== 'ok') return asked;
    return { kind: 'ok', value: asked.value.items.filter(({ destination }) => isOurs(destination, hooksUrl)) } as const;
  }

  function drop(session: Session, destination: string) {
    return api.call(session, 'DELETE', '/webhooks', { destination });
  }

  /** amoCRM switches an address off that answered badly, without a word: it is made anew, and told of once. */
  async function makeHooks(session: Session, hooksUrl: string): Promise<Asked<Problem[]>> {
    const listed = await hooksOf(session, hooksUrl);
    if (listed.kind === 'refused') return { kind: 'ok', value: [problemOf(listed.code)] };
    if (listed.kind !== 'ok') return listed;
    const own = listed.value.find(({ destination }) => destination === hooksUrl);
    for (const { destination } of listed.value) {
      if (destination === hooksUrl) continue;
      const dropped = await drop(session, destination);
      if (dropped.kind !== 'ok' && dropped.kind !== 'gone') return dropped;
    }
    const isWhole = own && !own.disabled && SETTINGS.every((setting) => own.settings.includes(setting));
    if (isWhole) return { kind: 'ok', value: [] };
    if (own) await drop(session, hooksUrl);
    const made = await api.call(session, 'POST', '/webhooks', { destination: hooksUrl, settings: SETTINGS });
    if (made.kind === 'refused') return { kind: 'ok', value: [problemOf(made.code)] };
    if (made.kind !== 'ok') return made;
    return { kind: 'ok', value: own?.disabled ? [{ code: 'HOOKS_OFF' }] : [] };
  }

  return {
    /** The account's own name for itself is where it is reached now. */
    async identify(session) {
      const asked = await api.call(session, 'GET', '/account');
      const account = readAs(accountSchema, bodyOf(asked));
      if (asked.kind !== 'ok') return asked;
      if (account.kind !== 'ok') return account;
      const { id, name, subdomain = '', current_user_id: userId } = account.value;
      const user = readAs(
        userSchema,
        bodyOf(await api.call({ ...session, host: asked.value.host }, 'GET', `/users/${userId ?? 0}`)),
      );
      // Who is no administrator may not read users.
      const isHidden = user.kind === 'refused' || user.kind === 'gone';
      if (user.kind !== 'ok' && !isHidden) return user;
      const host = renamed(asked.value.host, subdomain) ?? hostOf(asked.value.host) ?? session.host;
      return {
        kind: 'ok',
        value: {
          accountId: id,
          host,
          name: name || host,
          connectedAs: (user.kind === 'ok' && (user.value.name || user.value.email)) || `#${userId ?? 0}`,
          isAdmin: user.kind === 'ok' && user.value.rights?.is_admin === true,
        },
      };
    },
    async prepare(session, hooksUrl) {
      const contacts = await makeFields(session, 'contacts');
      if (contacts.kind !== 'ok') return contacts;
      const leads = await makeFields(session, 'leads');
      if (leads.kind !== 'ok') return leads;
      const hooks = await makeHooks(session, hooksUrl);
      if (hooks.kind !== 'ok') return hooks;
      const problems = [...contacts.value.problems, ...leads.value.problems, ...hooks.value];
      return { kind: 'ok', value: { fields: { ...contacts.value.fields, ...leads.value.fields }, todo: [], problems } };
    },
    async leave(session, hooksUrl) {
      const listed = await hooksOf(session, hooksUrl);
      if (listed.kind !== 'ok') return listed;
      for (const { destination } of listed.value) {
        const dropped = await drop(session, destination);
        if (dropped.kind !== 'ok' && dropped.kind !== 'gone') return dropped;
      }
      return { kind: 'ok', value: undefined };
    },
  };
}

/** An address of this deployment for this CRM: of another connection, or with another secret. */
function isOurs(destination: string, hooksUrl: string): boolean {
  const [one, other] = [URL.parse(destination), URL.parse(hooksUrl)];
  const prefix = other?.pathname.split('/').slice(0, -OWN_PARTS).join('/');
  return !!one && !!other && one.origin === other.origin && one.pathname.startsWith(`${prefix}/`);
}

/** Hooks need an administrator and a plan that has them. Without them Konvert compares more often. */
function problemOf(code: string): Problem {
  return code === 'PLAN'
    ? { code: 'PLAN' }
    : { code: code === 'NOT_ADMIN' ? 'NOT_ADMIN' : 'HOOKS_MISSING', about: 'webhooks' };
}
