import { createBitrix24 } from '#crms/bitrix24/index';
import type { CrmNews, CrmRequest, HookSecrets } from '#crms/crm';
import type { Ref } from '#domain/crm';
import { createVirtualClock } from '#test/doubles/virtual-clock';
import type { CrmHands, CrmRig, HookFixtures } from '../../kit/rig.ts';
import { type Bitrix24Double, createBitrix24Double } from './index.ts';
import { addItem, changeItem, removeItem } from './items.ts';
import { hookBody, type Item, keyOf, type PortalState, ring } from './state.ts';

const HOOKS_URL = 'https://konvert.example/webhooks/crm/bitrix24/c1/secret';

/** A rig with what Bitrix24 alone has. */
export interface Bitrix24Rig extends CrmRig {
  readonly double: Bitrix24Double;
  readonly hands: CrmHands & { renamePortal(host: string): void };
}

/** Opens a portal with a local application, whose adapter calls it in this process. */
export function openBitrix24(clock = createVirtualClock()): Bitrix24Rig {
  const double = createBitrix24Double(clock);
  const { state } = double;
  const { accessToken } = double.oauth.install('1', Number.POSITIVE_INFINITY);
  const credentials = { host: state.host, clientId: state.app.code, clientSecret: state.app.secret };
  return {
    crm: createBitrix24({ fetch: double.fetch, clock: clock.now }),
    clock,
    double,
    hands: handsOf(double),
    credentials,
    session: { host: state.host, accessToken, app: credentials },
    answers: {
      throttled: {
        status: 429,
        body: {
          error: 'OPERATION_TIME_LIMIT',
          error_description: 'Method is blocked due to operation time limit.',
          time: { finish: 1_712_132_793.5, operating_reset_at: 1_712_132_830 },
        },
        seconds: 37,
      },
      blocked: {
        status: 401,
        body: { error: 'OVERLOAD_LIMIT', error_description: 'REST API is blocked due to overload.' },
        seconds: 900,
      },
      forbidden: { status: 403, body: { error: 'ACCESS_DENIED', error_description: 'Access denied!' } },
      silent: [
        { status: 200, body: '<html>Bitrix24</html>', headers: { 'content-type': 'text/html' } },
        { status: 502, body: '<html>nginx</html>', headers: { 'content-type': 'text/html' } },
        { status: 500, body: { error: 'INTERNAL_SERVER_ERROR', error_description: 'Internal server error' } },
        { status: 500, body: { error: '', error_description: '' } },
        { status: 200, body: {} },
        { status: 302, body: '', headers: { location: 'http://plain.example/rest/batch' } },
      ],
    },
    hooks: hooksOf(state, credentials),
    traits: {
      isUnique: false,
      makesBoth: true,
      tellsMoved: false,
      makesFields: false,
      findsSecondContacts: false,
      lagMs: 0,
      page: 50,
    },
    async stop() {
      await double.stop();
    },
  };
}

function handsOf({ state, oauth }: Bitrix24Double): Bitrix24Rig['hands'] {
  const item = ({ type, id }: Ref) => state.items.get(keyOf(type, id)) as Item;
  function addUser({ name, phone = '' }: { name: string; phone?: string }) {
    const id = String(state.next());
    const [first = '', ...rest] = name.split(' ');
    state.users.set(id, {
      id,
      name: first,
      lastName: rest.join(' '),
      phone,
      type: 'employee',
      isActive: true,
      isAdmin: false,
    });
    return id;
  }
  return {
    addUser,
    dismissUser(id) {
      const user = state.users.get(id);
      if (user) user.isActive = false;
    },
    rehireUser(id) {
      const user = state.users.get(id);
      if (user) user.isActive = true;
    },
    close: (dealId, as) =>
      changeItem(state, item({ type: 'deal', id: dealId }), { stageId: as === 'won' ? 'WON' : 'LOSE' }),
    addContact({ name, phone, responsibleUserId = '1' }) {
      const fm = phone === undefined ? [] : [{ typeId: 'PHONE', valueType: 'WORK', value: phone }];
      return String(addItem(state, 'contact', { name, fm, assignedById: responsibleUserId }, '1').id);
    },
    addDeal({ name, contacts, responsibleUserId = '1', closed }) {
      const stageId = closed && { won: 'WON', lost: 'LOSE' }[closed];
      const fields = {
        title: name,
        contactIds: contacts,
        assignedById: responsibleUserId,
        ...(stageId && { stageId }),
      };
      return String(addItem(state, 'deal', fields, '1').id);
    },
    setResponsible: (ref, userId) => changeItem(state, item(ref), { assignedById: userId }),
    setPhone(contactId, phone) {
      const contact = item({ type: 'contact', id: contactId });
      contact.fm = [{ id: state.next(), typeId: 'PHONE', valueType: 'WORK', value: phone }];
      contact.updatedAt = state.clock.now();
      ring(state, 'ONCRMCONTACTUPDATE', { ID: contactId });
    },
    touch: (ref) => changeItem(state, item(ref), { comments: `seen at ${state.clock.now()}` }),
    /** The loser is deleted, and what it had goes to the winner. */
    merge(loser, winner) {
      const [lost, heir] = [item({ type: 'contact', id: loser }), item({ type: 'contact', id: winner })];
      heir.fm = [...heir.fm, ...lost.fm];
      heir.updatedAt = state.clock.now();
      for (const deal of state.items.values())
        deal.contactIds = deal.contactIds.map((id) => (id === lost.id ? heir.id : id));
      removeItem(state, lost);
      ring(state, 'ONCRMCONTACTUPDATE', { ID: winner });
      return winner;
    },
    remove: (ref) => removeItem(state, item(ref)),
    addPipeline({ name, stages }) {
      const id = String(state.next());
      state.categories.set(id, { name });
      const made = stages.map((stage, at) => {
        // Ids are cut to 21 characters.
        const word = { open: at === 0 ? 'NEW' : `UC_${state.next()}ABCDEFGHIJKLMNOP`, won: 'WON', lost: 'LOSE' }[
          stage.kind
        ];
        const semantics = { open: null, won: 'S', lost: 'F' } as const;
        const status = {
          id: `C${id}:${word}`.slice(0, 21),
          list: `DEAL_STAGE_${id}`,
          name: stage.name,
          semantics: semantics[stage.kind],
          sort: (at + 1) * 10,
        };
        state.statuses.push(status);
        return status.id;
      });
      return { id, stages: made };
    },
    renameStage(_pipelineId, stageId, name) {
      for (const status of state.statuses) if (status.id === stageId) status.name = name;
    },
    removeStage(_pipelineId, stageId) {
      state.statuses = state.statuses.filter(({ id }) => id !== stageId);
    },
    // The fields of keys are Bitrix24's own, so nobody can delete them.
    deleteFields() {},
    addStray() {
      const hooks = state.handlers[0]?.handler ?? '';
      state.handlers.push({ event: 'ONCRMDEALADD', handler: hooks.replace(/[^/]+$/, 'former-secret') });
      state.handlers.push({ event: 'ONCRMLEADADD', handler: hooks });
      state.places.push({ placement: 'CRM_DEAL_DETAIL_TAB', handler: `${state.places[0]?.handler}-former` });
    },
    ours: () => ({ fields: 2, hooks: state.handlers.length + state.places.length }),
    revoke: () => oauth.revoke(),
    renamePortal(host) {
      state.oldHosts.add(state.host);
      state.host = host;
    },
    count: (type) => [...state.items.values()].filter(({ kind }) => kind === type).length,
    notesOf: ({ type, id }) =>
      state.comments.filter((one) => one.kind === type && String(one.id) === id).map(({ text }) => text),
    get portal() {
      return { accountId: state.app.code, host: state.host, name: state.host, connectedAs: 'Anna K', isAdmin: true };
    },
  };
}

const FORM = { 'content-type': 'application/x-www-form-urlencoded' };

/** A request to the address of hooks with that form. */
export function formRequest(body: string, url = HOOKS_URL): CrmRequest {
  return { method: 'POST', url, headers: FORM, body: Buffer.from(body) };
}

function hooksOf(state: PortalState, app: HookSecrets['app']): HookFixtures {
  const secrets: HookSecrets = {
    app,
    hookSecret: `${state.memberId}:${state.app.token}`,
    hooksUrl: HOOKS_URL,
    now: state.clock.now(),
  };
  return {
    secrets,
    request([news]) {
      const [event, id] = eventOf(news);
      return formRequest(hookBody(state, event, id === undefined ? {} : { ID: id }));
    },
    forged(request) {
      const changed = (name: string, value: string) => {
        const form = new URLSearchParams(Buffer.from(request.body).toString());
        value === '' ? form.delete(name) : form.set(name, value);
        return { request: { ...request, body: Buffer.from(form.toString()) } };
      };
      return {
        'the token of another application': changed('auth[application_token]', '51856fefc120afa5'),
        'no token': changed('auth[application_token]', ''),
        'another portal': changed('auth[member_id]', 'ffffffffffffffffffffffffffffffff'),
        'no portal': changed('auth[member_id]', ''),
        'an installation at another portal': {
          request: formRequest(`event=ONAPPINSTALL&auth[access_token]=a&auth[refresh_token]=r&auth[member_id]=other`),
        },
        nothing: { request: { ...request, body: Buffer.from('') } },
      };
    },
    news: [
      [{ kind: 'changed', ref: { type: 'deal', id: '812' } }],
      [{ kind: 'changed', ref: { type: 'contact', id: '344' } }],
      [{ kind: 'deleted', ref: { type: 'contact', id: '344' } }],
      [{ kind: 'users' }],
      [{ kind: 'uninstalled' }],
    ],
  };
}

function eventOf(news: CrmNews | undefined): [string, string?] {
  if (news?.kind === 'users') return ['ONUSERADD'];
  if (news?.kind === 'uninstalled') return ['ONAPPUNINSTALL'];
  if (news?.kind !== 'changed' && news?.kind !== 'deleted') return ['ONOTHER'];
  return [`ONCRM${news.ref.type.toUpperCase()}${news.kind === 'deleted' ? 'DELETE' : 'UPDATE'}`, news.ref.id];
}
