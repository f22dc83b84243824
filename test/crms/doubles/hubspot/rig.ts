import type { CrmNews, CrmRequest } from '#crms/crm';
import { createHubspot } from '#crms/hubspot/index';
import { signatureOf } from '#crms/hubspot/signature';
import type { CrmRig } from '#test/crms/kit/rig';
import { createVirtualClock } from '#test/doubles/virtual-clock';
import { deliver, type OnTheWay } from './delivery.ts';
import { createHubspotServer, type HubspotServer } from './server.ts';
import { createWorld, type Kind, PORTAL_ID, type Stored, tell, type World } from './world.ts';

const TOKEN = 'pat-eu1-double-token';
const SECRET = 'double-client-secret';
const HOOKS_URL = 'https://konvert.example/webhooks/crm/hubspot/1/secret';

/** A rig with HubSpot's own hands. */
export interface HubspotRig extends CrmRig {
  readonly world: World;
  readonly limits: Pick<HubspotServer, 'calls' | 'searches'>;
  /** Posts the hooks that wait. The statuses of the answers. */
  deliver(targetUrl: string, onTheWay?: OnTheWay, fetch?: typeof globalThis.fetch): Promise<readonly number[]>;
}

/** A portal of HubSpot beside our adapter. */
export async function openHubspot(clock = createVirtualClock()): Promise<HubspotRig> {
  const world = createWorld(clock, TOKEN);
  const { frame, ...limits } = createHubspotServer(world);
  await frame.listen();
  const credentials = { accessToken: TOKEN, clientSecret: SECRET };
  return {
    crm: createHubspot({ fetch, baseUrl: frame.baseUrl, now: clock.now }),
    clock,
    double: frame,
    world,
    limits,
    hands: handsOf(world),
    credentials,
    session: { host: 'app-eu1.hubspot.com', accessToken: TOKEN, app: credentials },
    answers: {
      throttled: {
        status: 429,
        body: { status: 'error', message: 'Over', errorType: 'RATE_LIMIT', policyName: 'TEN_SECONDLY_ROLLING' },
        headers: { 'x-hubspot-ratelimit-interval-milliseconds': '10000' },
        seconds: 10,
      },
      blocked: {
        status: 429,
        body: { status: 'error', message: 'Over', errorType: 'RATE_LIMIT', policyName: 'DAILY' },
        seconds: 3600,
      },
      forbidden: { status: 403, body: { status: 'error', message: 'Scopes', category: 'MISSING_SCOPES' } },
      silent: [
        { status: 200, body: '<html>' },
        { status: 502, body: '<html>', headers: { 'content-type': 'text/html' } },
        { status: 500, body: { status: 'error', message: 'internal', category: 'ERROR' } },
        { status: 403, body: '<html>' },
        { status: 302, body: '', headers: { location: '/' } },
      ],
    },
    hooks: {
      secrets: { app: credentials, accountId: String(PORTAL_ID), hooksUrl: HOOKS_URL, now: clock.now() },
      request: (news) => signed(news.flatMap(eventsOf), String(clock.now())),
      forged(request) {
        const old = String(clock.now() - 5 * 60_000 - 1);
        const text = Buffer.from(request.body).toString('utf8');
        const of = (headers: CrmRequest['headers']) => ({
          request: { ...request, headers: { ...request.headers, ...headers } },
        });
        return {
          'another body': { request: { ...request, body: Buffer.from(text.replace('1', '2')) } },
          'no signature': of({ 'x-hubspot-signature-v3': undefined }),
          'an empty signature': of({ 'x-hubspot-signature-v3': '' }),
          'an old request': { request: signed(JSON.parse(text), old) },
          'another time': of({ 'x-hubspot-request-timestamp': String(clock.now() + 1) }),
          'a time that is a fraction': of({ 'x-hubspot-request-timestamp': `${clock.now()}.0` }),
          'another portal': {
            request: signed(JSON.parse(text.replaceAll(String(PORTAL_ID), '5')), String(clock.now())),
          },
          'another secret': { request, secrets: { app: { clientSecret: 'x' }, hooksUrl: HOOKS_URL, now: clock.now() } },
          'no secret': { request, secrets: { app: {}, hooksUrl: HOOKS_URL, now: clock.now() } },
          'another address': { request, secrets: { app: credentials, hooksUrl: `${HOOKS_URL}/x`, now: clock.now() } },
        };
      },
      news: [
        [
          { kind: 'changed', ref: { type: 'deal', id: '701' } },
          { kind: 'changed', ref: { type: 'contact', id: '501' } },
        ],
        [{ kind: 'deleted', ref: { type: 'contact', id: '501' } }],
        [{ kind: 'merged', ref: { type: 'contact', id: '501' }, into: '502' }],
      ],
    },
    deliver: (targetUrl, onTheWay, by) =>
      deliver(world, { targetUrl, secret: SECRET, ...(by && { fetch: by }) }, onTheWay),
    traits: { isUnique: true, makesBoth: false, tellsMoved: true, lagMs: 10_000, page: 200 },
    stop: () => frame.stop(),
  };
}

function signed(events: readonly object[], timestamp: string): CrmRequest {
  const body = Buffer.from(JSON.stringify(events));
  const signature = signatureOf('POST', HOOKS_URL, body, timestamp, SECRET);
  const headers = { 'x-hubspot-signature-v3': signature, 'x-hubspot-request-timestamp': timestamp };
  return { method: 'POST', url: HOOKS_URL, headers, body };
}

function eventsOf(news: CrmNews): object[] {
  const common = {
    appId: 1,
    eventId: 100,
    subscriptionId: 7,
    portalId: PORTAL_ID,
    occurredAt: 1767000200000,
    attemptNumber: 0,
  };
  if (!('ref' in news)) return [];
  const objectId = Number(news.ref.id);
  const { type } = news.ref;
  switch (news.kind) {
    case 'changed':
      return [
        {
          ...common,
          objectId,
          subscriptionType: `${type}.propertyChange`,
          propertyName: 'hubspot_owner_id',
          propertyValue: '1',
        },
      ];
    case 'deleted':
      return [{ ...common, objectId, subscriptionType: `${type}.deletion` }];
    case 'merged':
      return [
        {
          ...common,
          objectId: Number(news.into),
          subscriptionType: `${type}.merge`,
          primaryObjectId: Number(news.into),
          mergedObjectIds: [objectId],
        },
      ];
  }
}

function handsOf(world: World): CrmRig['hands'] {
  const kindOf = (type: 'contact' | 'deal'): Kind => (type === 'contact' ? 'contacts' : 'deals');

  function add(kind: Kind, properties: Stored['properties']): string {
    const now = world.clock.now();
    const id = world.nextId();
    world.records[kind].save({ id, properties, createdAt: now, updatedAt: now });
    tell(world, kind, 'creation', { objectId: Number(id) });
    return id;
  }

  function change(kind: Kind, id: string, properties: Stored['properties']) {
    const record = world.records[kind].get(id) as Stored;
    world.records[kind].save({
      ...record,
      properties: { ...record.properties, ...properties },
      updatedAt: world.clock.now(),
    });
    for (const [propertyName, propertyValue] of Object.entries(properties)) {
      tell(world, kind, 'propertyChange', { objectId: Number(id), propertyName, propertyValue });
    }
  }

  return {
    portal: {
      accountId: String(PORTAL_ID),
      host: 'app-eu1.hubspot.com',
      name: `HubSpot ${PORTAL_ID}`,
      connectedAs: 'app',
      isAdmin: true,
    },
    addUser({ name }) {
      const id = world.nextId();
      const [firstName = '', ...last] = name.split(' ');
      world.owners.push({
        id,
        userId: Number(id) + 500_000,
        firstName,
        lastName: last.join(' '),
        email: `${id}@ex.test`,
        archived: false,
      });
      return id;
    },
    dismissUser(id) {
      for (const owner of world.owners) if (owner.id === id) owner.archived = true;
    },
    rehireUser(id) {
      for (const owner of world.owners) if (owner.id === id) owner.archived = false;
    },
    close: (dealId, as) => change('deals', dealId, { dealstage: `closed${as}` }),
    addContact: ({ name, phone, responsibleUserId }) =>
      add('contacts', { firstname: name, phone: phone ?? null, hubspot_owner_id: responsibleUserId ?? null }),
    addDeal({ name, contacts, responsibleUserId, closed }) {
      const dealstage = closed ? `closed${closed}` : 'appointmentscheduled';
      const id = add('deals', {
        dealname: name,
        pipeline: 'default',
        dealstage,
        hubspot_owner_id: responsibleUserId ?? null,
      });
      world.contactsOf.set(id, contacts);
      return id;
    },
    setResponsible: ({ type, id }, userId) => change(kindOf(type), id, { hubspot_owner_id: userId }),
    setPhone: (id, phone) => change('contacts', id, { phone }),
    touch: ({ type, id }) => change(kindOf(type), id, { jobtitle: 'Chef' }),
    /** Both go into a third record. It has the values of the primary one, and of the other what that one has not. */
    merge(loser, winner) {
      const [lost, primary] = [loser, winner].map((id) => world.records.contacts.get(id)) as [Stored, Stored];
      const merged = [lost, primary].flatMap(({ id, properties }) => [properties.hs_merged_object_ids ?? '', id]);
      const filled = Object.entries(primary.properties).filter(([, value]) => value);
      const into = add('contacts', {
        ...lost.properties,
        ...Object.fromEntries(filled),
        hs_merged_object_ids: merged.filter(Boolean).join(';'),
      });
      for (const id of [loser, winner]) {
        world.records.contacts.delete(id);
        world.heirs.set(`contacts/${id}`, into);
      }
      for (const [deal, contacts] of world.contactsOf) {
        world.contactsOf.set(deal, [...new Set(contacts.map((id) => ([loser, winner].includes(id) ? into : id)))]);
      }
      tell(world, 'contacts', 'merge', {
        objectId: Number(winner),
        primaryObjectId: Number(winner),
        mergedObjectIds: [Number(loser)],
        newObjectId: Number(into),
      });
      return into;
    },
    remove({ type, id }) {
      world.records[kindOf(type)].delete(id);
      tell(world, kindOf(type), 'deletion', { objectId: Number(id) });
    },
    addPipeline({ name, stages }) {
      const id = world.nextId();
      const made = stages.map((stage, index) => ({
        id: world.nextId(),
        label: stage.name,
        displayOrder: index,
        isClosed: stage.kind !== 'open',
        probability: stage.kind === 'won' ? '1.0' : stage.kind === 'lost' ? '0.0' : '0.5',
      }));
      world.pipelines.push({ id, label: name, displayOrder: world.pipelines.length, stages: made });
      return { id, stages: made.map((stage) => stage.id) };
    },
    renameStage(pipelineId, stageId, name) {
      for (const { id, stages } of world.pipelines) {
        for (const stage of stages) if (id === pipelineId && stage.id === stageId) stage.label = name;
      }
    },
    removeStage(pipelineId, stageId) {
      for (const pipeline of world.pipelines) {
        if (pipeline.id === pipelineId) pipeline.stages = pipeline.stages.filter(({ id }) => id !== stageId);
      }
    },
    deleteFields() {
      for (const own of Object.values(world.properties)) own.clear();
    },
    ours: () => ({ fields: world.properties.contacts.size + world.properties.deals.size, hooks: 0 }),
    revoke: () => world.tokens.clear(),
    count: (type) => world.records[kindOf(type)].all().length,
    notesOf: ({ id }) =>
      world.engagements.filter(({ to }) => to.includes(id)).map(({ body }) => body.replaceAll('&amp;', '&')),
  };
}
