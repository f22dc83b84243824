import { createAmocrm } from '#crms/amocrm/index';
import type { CrmNews, CrmRequest, HookSecrets } from '#crms/crm';
import { createVirtualClock } from '#test/doubles/virtual-clock';
import type { CrmRig, HookFixtures } from '../../kit/rig.ts';
import { type AmoHands, handsOf } from './hands.ts';
import { type AmoDouble, createAmoDouble, LAG_SECONDS, problem } from './index.ts';

const HOOKS_URL = 'https://konvert.example/webhooks/crm/amocrm/c1/secret';
const HTML = { 'content-type': 'text/html' };

/** A rig with what amoCRM alone has. */
export interface AmoRig extends CrmRig {
  readonly double: AmoDouble;
  readonly hands: AmoHands;
}

/** Opens an account that is connected by a long-lived token, whose adapter calls it in this process. */
export function openAmocrm(clock = createVirtualClock()): AmoRig {
  const double = createAmoDouble(clock);
  const hands = handsOf(double, clock);
  const { clientId, clientSecret } = double.oauth.app;
  const credentials = { host: hands.portal.host, accessToken: double.oauth.longLived, clientId, clientSecret };
  return {
    crm: createAmocrm({ fetch: double.fetch, clock: clock.now }),
    clock,
    double,
    hands,
    credentials,
    session: { host: credentials.host, accessToken: credentials.accessToken, app: credentials },
    answers: {
      throttled: { status: 429, body: '<html>429 Too Many Requests</html>', headers: HTML, seconds: 2 },
      blocked: { status: 403, body: '<html>403 Forbidden</html>', headers: HTML, seconds: 900 },
      forbidden: problem(403, 'Forbidden'),
      silent: [
        { status: 200, body: '<html>amoCRM</html>', headers: HTML },
        { status: 502, body: '<html>nginx</html>', headers: HTML },
        { status: 400, body: '<html>nginx</html>', headers: HTML },
        problem(504, 'Gateway Timeout'),
      ],
    },
    hooks: hooksOf(credentials, clock.now(), hands.portal.accountId),
    traits: {
      isUnique: false,
      makesBoth: true,
      tellsMoved: false,
      deletes: false,
      lagMs: LAG_SECONDS * 1000,
      page: 250,
    },
    async stop() {
      await double.stop();
    },
  };
}

/** A hook with that form. */
export function formRequest(body: string): CrmRequest {
  const headers = { 'content-type': 'application/x-www-form-urlencoded', 'user-agent': 'amoCRM-WebHook-client/1.0' };
  return { method: 'POST', url: HOOKS_URL, headers, body: Buffer.from(body) };
}

/** What amoCRM calls when somebody takes the integration away. The signature is that of `crms.md` 9, or one computed so. */
export function uninstallRequest(accountId: string, clientId: string, signature: string): CrmRequest {
  const query = new URLSearchParams({ account_id: accountId, client_uuid: clientId, signature });
  return { method: 'GET', url: `${HOOKS_URL}?${query}`, headers: {}, body: Buffer.from('') };
}

function hooksOf(app: HookSecrets['app'], now: number, accountId: string): HookFixtures {
  return {
    secrets: { app, accountId, hooksUrl: HOOKS_URL, now },
    request(news) {
      const form = new URLSearchParams();
      news.forEach((one, at) => {
        for (const [name, value] of entriesOf(one, at)) form.append(name, value);
      });
      form.append('account[subdomain]', 'demo');
      form.append('account[id]', accountId);
      return formRequest(form.toString());
    },
    forged(request) {
      const changed = (value: string | undefined) => {
        const form = new URLSearchParams(Buffer.from(request.body).toString());
        value === undefined ? form.delete('account[id]') : form.set('account[id]', value);
        return { request: { ...request, body: Buffer.from(form.toString()) } };
      };
      return {
        'another account': changed('31000002'),
        'no account': changed(undefined),
        nothing: { request: { ...request, body: Buffer.from('') } },
        'an uninstallation without its signature': { request: uninstallRequest(accountId, app.clientId ?? '', '') },
        'an uninstallation with another one': {
          request: uninstallRequest(accountId, app.clientId ?? '', 'a'.repeat(64)),
        },
      };
    },
    news: [
      [{ kind: 'changed', ref: { type: 'deal', id: '812' } }],
      [
        { kind: 'changed', ref: { type: 'contact', id: '344' } },
        { kind: 'deleted', ref: { type: 'contact', id: '345' } },
      ],
      [{ kind: 'accepted', uid: '7bd8', dealId: '701', userId: '9002' }],
      [{ kind: 'declined', uid: '7bd8' }],
    ],
  };
}

function entriesOf(news: CrmNews, at: number): [string, string][] {
  if (news.kind === 'changed' || news.kind === 'deleted') {
    const name = `${news.ref.type === 'deal' ? 'leads' : 'contacts'}[${news.kind === 'changed' ? 'update' : 'delete'}][${at}]`;
    return [
      [`${name}[id]`, news.ref.id],
      [`${name}[linked_leads_id][701][ID]`, '701'],
    ];
  }
  if (news.kind === 'accepted') {
    return [
      ['unsorted[delete][0][action]', 'accept'],
      ['unsorted[delete][0][uid]', news.uid],
      ['unsorted[delete][0][modified_user_id]', news.userId ?? ''],
      ['unsorted[delete][0][accept_result][leads][0]', news.dealId ?? ''],
    ];
  }
  if (news.kind === 'declined') {
    return [
      ['unsorted[delete][0][action]', 'decline'],
      ['unsorted[delete][0][uid]', news.uid],
    ];
  }
  return [];
}
