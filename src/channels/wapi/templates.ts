import { CredentialsRefusedError, MessengerUnreachableError } from '#channels/errors';
import type { CallGraph, GraphAnswer } from '#channels/meta/client';
import { createRemembered, tellerOf } from '#channels/meta/remembered';
import type { Template } from '#channels/outbound';
import { resultOf } from '#channels/result-of';
import type { Credentials } from '#channels/terms';
import { type LiveTemplate, readTemplate, TEMPLATE_FIELDS, templatePageSchema } from './template-schema.ts';

const PAGE_SIZE = 100;
/** An account has 6,000 templates at most, each in several languages. */
const MOST_PAGES = 200;
/** Room for 6,000 templates of a usual length. A server of somebody's own may send pages for ever. */
const MOST_LETTERS = 16_000_000;
const REMEMBERED_MS = 10 * 60_000;
const MOST_REMEMBERED = 500;

/** A template as it is, or why it is not known. */
export type FoundTemplate =
  | { readonly kind: 'found'; readonly live: LiveTemplate; readonly isRemembered: boolean }
  | Exclude<GraphAnswer, { kind: 'ok' }>;

/**
 * Reads the templates of accounts. A single one is remembered for ten minutes: a copy that is kept any longer is refused
 * when the template was changed at Meta (https://github.com/chatwoot/chatwoot/issues/13805).
 */
export function createTemplates(call: CallGraph, now: () => number) {
  const remembered = createRemembered<LiveTemplate>(MOST_REMEMBERED, REMEMBERED_MS, now);

  return {
    /** One template by its id. Returns every outcome and never throws. */
    async find(credentials: Credentials, templateId: string, signal: AbortSignal): Promise<FoundTemplate> {
      const known = remembered.get(keyOf(credentials, templateId));
      if (known) return { kind: 'found', live: known, isRemembered: true };
      const path = encodeURIComponent(templateId);
      const answer = await call(credentials, { method: 'GET', path, query: { fields: TEMPLATE_FIELDS } }, signal);
      if (answer.kind !== 'ok') return answer;
      const live = readTemplate(answer.result);
      if (!live) return { kind: 'refused', code: '132001', description: 'There is no such template' };
      remembered.set(keyOf(credentials, templateId), live);
      return { kind: 'found', live, isRemembered: false };
    },

    /** The template is read anew when it is needed next. */
    forget: (credentials: Credentials, templateId: string) => remembered.forget(keyOf(credentials, templateId)),

    /**
     * All templates of the account. Ones that cannot be read are left out. Throws `CredentialsRefusedError` or
     * `MessengerUnreachableError`.
     */
    async list(credentials: Credentials, signal: AbortSignal): Promise<readonly Template[]> {
      const { wabaId } = credentials;
      if (!wabaId) throw new CredentialsRefusedError('The templates belong to an account', ['credentials.wabaId']);
      const path = `${encodeURIComponent(wabaId)}/message_templates`;
      const templates: Template[] = [];
      let letters = 0;
      let after: string | undefined;
      for (let page = 0; page < MOST_PAGES; page++) {
        const query = { fields: TEMPLATE_FIELDS, limit: String(PAGE_SIZE), ...(after !== undefined && { after }) };
        const { data, paging } = pageOf(resultOf(await call(credentials, { method: 'GET', path, query }, signal)));
        for (const value of data) {
          const live = readTemplate(value);
          if (!live) continue;
          templates.push(live.template);
          letters += JSON.stringify(live.template).length;
        }
        if (letters > MOST_LETTERS) throw new MessengerUnreachableError('a list of templates that is too long');
        after = paging?.next === undefined ? undefined : paging.cursors?.after;
        if (after === undefined) break;
      }
      return templates;
    },
  };
}

/** Another number may not see the template of this one, so each has its own copy. */
function keyOf(credentials: Credentials, templateId: string): string {
  return `${tellerOf(credentials)}#${templateId}`;
}

function pageOf(result: unknown) {
  const read = templatePageSchema.safeParse(result);
  if (!read.success) throw new MessengerUnreachableError('an unreadable list of templates');
  return read.data;
}
