import { type AmoCall, answerAmo } from '#local/demo/crm/amo';
import type { AmoHook } from '#local/demo/crm/amo-hooks';
import { type AmoAnswer, listed } from '#local/demo/crm/amo-lists';
import { type AmoState, newAmoState } from '#local/demo/crm/amo-state';
import type { VirtualClock } from '#test/doubles/virtual-clock';
import { type Answer, type CrmCall, type CrmFrame, createCrmFrame, type RawRequest } from '../../kit/frame.ts';
import { createLimit, type Limit } from '../../kit/limit.ts';
import { type AmoOauth, createOauth } from './oauth.ts';

/** A record that was deleted. Lists do not have it any more, events do. */
export interface Deleted {
  readonly type: 'contact' | 'lead';
  readonly id: number;
  /** In seconds. */
  readonly at: number;
}

/** An account of amoCRM. What it answers comes from the stand-in of `npm start`; the double adds what goes wrong there. */
export interface AmoDouble extends CrmFrame {
  readonly state: AmoState;
  readonly oauth: AmoOauth;
  /** The hooks that it has rung, the oldest first. */
  readonly hooks: AmoHook[];
  readonly deleted: Deleted[];
  /** Addresses that amoCRM has switched off. */
  readonly disabled: Set<string>;
  /** Seven calls a second. It bites only if `isLimited`, because clocks of tests stand still. */
  readonly limit: Limit;
  isLimited: boolean;
  /** Lets the control of duplicates join the next lead of `leads/complex` to this one. */
  joinTo?: number | undefined;
}

/** How long the search lags behind. */
export const LAG_SECONDS = 10;
const JSON_OF = { ok: 'application/hal+json', problem: 'application/problem+json' };

/** Makes the double. Hosts other than those of amoCRM, such as 127.0.0.1, stand for the account's own. */
export function createAmoDouble(clock: VirtualClock): AmoDouble {
  const state = newAmoState('demo');
  const oauth = createOauth(clock);
  const limit = createLimit(clock, 7, 1000);
  const hooks: AmoHook[] = [];
  const deleted: Deleted[] = [];
  const disabled = new Set<string>();
  let uids = 0;

  function seconds() {
    return Math.floor(clock.now() / 1000);
  }

  function answer({ verb, url, headers, body }: CrmCall): Answer {
    if (double.isLimited && !limit.take()) return { status: 429, body: '<html>429 Too Many Requests</html>' };
    if (url.pathname === '/oauth2/access_token') return oauth.answer(body);
    const isKnown = oauth.isGood(headers.authorization);
    if (!isKnown || isFormer(url.host)) return problem(401, 'Unauthorized');
    if (url.pathname === '/oauth2/account/subdomain') {
      const { id, subdomain } = state.account;
      return { status: 200, body: { id, subdomain, domain: hostNow(), top_level_domain: 'ru' } };
    }
    const path = url.pathname.replace(/^\/api\/v4/, '');
    if (path === '/events') return shown(events(url.searchParams));
    const call = {
      method: verb,
      path,
      query: url.searchParams,
      sent: body,
      now: seconds(),
      newUid: () => `uid-${++uids}`,
    };
    const { answer: said, hooks: rung } = answerAmo(indexed(call), call);
    hooks.push(...rung);
    return shown(changed(call, said));
  }

  /** A search does not see what was changed just now. */
  function indexed({ query }: AmoCall): AmoState {
    if (!query.has('query')) return state;
    return { ...state, contacts: state.contacts.filter(({ updatedAt }) => updatedAt <= seconds() - LAG_SECONDS) };
  }

  function hostNow() {
    return `${state.account.subdomain}.amocrm.ru`;
  }

  function isFormer(host: string) {
    return host.endsWith('.amocrm.ru') && host !== 'www.amocrm.ru' && host !== hostNow();
  }

  function events(query: URLSearchParams): AmoAnswer {
    const from = Number(query.get('filter[created_at][from]') ?? 0);
    const found = deleted.filter(({ at }) => at >= from);
    const all = found.map(({ type, id, at }) => ({
      id: `e${id}`,
      type: `${type}_deleted`,
      entity_id: id,
      entity_type: type,
      created_at: at,
    }));
    return listed('events', all, query);
  }

  /** What the stand-in has no need of: hooks that were switched off, and the control of duplicates. */
  function changed({ method, path, sent }: AmoCall, said: AmoAnswer): AmoAnswer {
    if (path === '/webhooks') {
      if (method !== 'GET') disabled.delete((sent as { destination: string }).destination);
      else if (said.body) {
        const { _embedded, ...rest } = said.body as { _embedded: { webhooks: { destination: string }[] } };
        const webhooks = _embedded.webhooks.map((one) => ({ ...one, disabled: disabled.has(one.destination) }));
        return { ...said, body: { ...rest, _embedded: { webhooks } } };
      }
    }
    if (path === '/leads/complex' && double.joinTo !== undefined && said.status === 200) {
      const [made] = said.body as [{ id: number }];
      const heir = state.leads.find(({ id }) => id === double.joinTo);
      state.leads = state.leads.filter(({ id }) => id !== made.id);
      double.joinTo = undefined;
      return { ...said, body: [{ ...made, id: heir?.id, contact_id: heir?.contacts[0] ?? null, merged: true }] };
    }
    return said;
  }

  const double: AmoDouble = Object.assign(createCrmFrame(read, answer), {
    state,
    oauth,
    hooks,
    deleted,
    disabled,
    limit,
    isLimited: false,
  });
  return double;
}

function read({ verb, url, headers, bytes }: RawRequest): CrmCall {
  const text = bytes.toString('utf8');
  const path = url.pathname.replace(/^\/api\/v4/, '').replaceAll(/\/\d+/g, '/{id}');
  return { name: `${verb} ${path}`, verb, url, headers, body: text === '' ? undefined : JSON.parse(text) };
}

function shown({ status, body }: AmoAnswer): Answer {
  const type = status < 400 ? JSON_OF.ok : JSON_OF.problem;
  return { status, body: body === undefined ? '' : JSON.stringify(body), headers: { 'content-type': type } };
}

/** An error as amoCRM's API says it. */
export function problem(status: number, detail: string, more: Readonly<Record<string, unknown>> = {}): Answer {
  const title = detail;
  const body = JSON.stringify({ title, type: `https://httpstatus.es/${status}`, status, detail, ...more });
  return { status, body, headers: { 'content-type': JSON_OF.problem } };
}
