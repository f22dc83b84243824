import type { Asked, Crm, Session } from '#crms/crm';
import type { CrmProblemCode, CrmTodo, Portal } from '#domain/crm';
import { type CallHubspot, PATHS } from './client.ts';
import { CHATS, KEY, refused } from './map.ts';
import { ask } from './read.ts';
import { accountSchema, propertySchema } from './schema.ts';

/** What `prepare` makes: our key on contacts and deals, and a contact's addresses that are no phone. */
const OWN = [
  {
    objects: 'contacts',
    field: 'contactKey',
    property: { ...text(KEY, 'Konvert ID', 'contactinformation'), hasUniqueValue: true, fieldType: 'text' },
  },
  {
    objects: 'deals',
    field: 'dealKey',
    property: { ...text(KEY, 'Konvert ID', 'dealinformation'), hasUniqueValue: true, fieldType: 'text' },
  },
  {
    objects: 'contacts',
    field: 'contactChats',
    property: { ...text(CHATS, 'Konvert chats', 'contactinformation'), hasUniqueValue: false, fieldType: 'textarea' },
  },
] as const;

function text(name: string, label: string, groupName: string) {
  return { name, label, groupName, type: 'string', description: 'Konvert writes it and knows its own records by it.' };
}

/** Makes what connects an account and leaves it. */
export function createSetup(call: CallHubspot): Pick<Crm, 'identify' | 'prepare' | 'leave'> {
  /** Whether it had to be made. */
  async function make(
    session: Session,
    { objects, property }: (typeof OWN)[number],
  ): Promise<Asked<'made' | 'there' | 'wrong'>> {
    const path = `${PATHS.properties}/${objects}`;
    const found = await ask(call, session, { method: 'GET', path: `${path}/${property.name}` }, propertySchema);
    if (found.kind === 'ok') {
      const isRight = !property.hasUniqueValue || found.value.hasUniqueValue === true;
      return { kind: 'ok', value: isRight ? 'there' : 'wrong' };
    }
    if (found.kind !== 'gone') return found;
    const answer = await call(session, { method: 'POST', path, json: property });
    // Two that prepare at once.
    if (answer.kind === 'invalid' && answer.isConflict) return { kind: 'ok', value: 'there' };
    const asked = refused(answer);
    return asked.kind === 'ok' ? { kind: 'ok', value: 'made' } : asked;
  }

  return {
    async identify(session) {
      const asked = await ask(call, session, { method: 'GET', path: PATHS.details }, accountSchema);
      if (asked.kind !== 'ok') return asked;
      const { portalId, uiDomain } = asked.value;
      const accountId = String(portalId);
      // A key belongs to the account and not to a person. What it may not do is told when it is tried.
      const portal: Portal = {
        accountId,
        host: uiDomain,
        name: `HubSpot ${accountId}`,
        connectedAs: 'app',
        isAdmin: true,
      };
      return { kind: 'ok', value: portal };
    },

    async prepare(session, hooksUrl, frameUrl) {
      const fields: Record<string, string> = {};
      const problems: { code: CrmProblemCode; about?: string }[] = [];
      for (const own of OWN) {
        const made = await make(session, own);
        if (made.kind !== 'ok') return made;
        const wasThere = session.fields[own.field] !== undefined;
        if (made.value === 'wrong' || (made.value === 'made' && wasThere)) {
          problems.push({ code: 'FIELD_GONE', about: `${own.objects}.${own.property.name}` });
        }
        fields[own.field] = own.property.name;
      }
      const isSigned = (session.app.clientSecret ?? '') !== '';
      if (!isSigned) problems.push({ code: 'HOOKS_MISSING' });
      const todo: CrmTodo[] = [{ code: 'HUBSPOT_APP', values: { targetUrl: hooksUrl, frameUrl } }];
      return { kind: 'ok', value: { fields, problems, todo: isSigned ? [] : todo } };
    },

    /** Hooks belong to the app, and end with it. */
    leave: async () => ({ kind: 'ok', value: undefined }),
  };
}
