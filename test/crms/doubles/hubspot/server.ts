import type { BatchInputSimplePublicObjectBatchInputForCreate } from '@hubspot/api-client/lib/codegen/crm/objects/notes/models/BatchInputSimplePublicObjectBatchInputForCreate.js';
import type { PublicOwner } from '@hubspot/api-client/lib/codegen/crm/owners/models/PublicOwner.js';
import type { Pipeline as WirePipeline } from '@hubspot/api-client/lib/codegen/crm/pipelines/models/Pipeline.js';
import type { PropertyCreate } from '@hubspot/api-client/lib/codegen/crm/properties/models/PropertyCreate.js';
import { type Answer, type CrmCall, type CrmFrame, createCrmFrame, type RawRequest } from '#test/crms/kit/frame';
import { createLimit, type Limit } from '#test/crms/kit/limit';
import { change, create, readMany, readOne, search } from './objects.ts';
import { held, type Kind, type Owner, type Pipeline, PORTAL_ID, tell, type World, wrong } from './world.ts';

type Wire<T> = { readonly [K in keyof T]: T[K] extends Date ? string : T[K] extends Date | undefined ? string : T[K] };

export interface HubspotServer {
  readonly frame: CrmFrame;
  readonly calls: Limit;
  readonly searches: Limit;
}

/** A version in a path: a number before what it serves, or a date behind it. */
const VERSION = /^(v\d|\d{4}-\d\d)$/;

/** HubSpot's API over a portal. Numbered paths serve HubSpot's own client, dated ones serve us. */
export function createHubspotServer(world: World): HubspotServer {
  // The contract's suite calls as fast as it can, so the limit of ten seconds is counted for those who look at it.
  const calls = createLimit(world.clock, 100, 10_000);
  const searches = createLimit(world.clock, 4, 1_000);
  const limits = { calls, searches };
  const frame = createCrmFrame(readCall, (call, request) => answer(world, call, request, limits));
  return { frame, ...limits };
}

function readCall({ verb, url, headers, bytes }: RawRequest): CrmCall {
  const text = bytes.toString('utf8');
  const isForm = headers['content-type']?.startsWith('application/x-www-form-urlencoded');
  const body = text === '' ? undefined : isForm ? Object.fromEntries(new URLSearchParams(text)) : JSON.parse(text);
  const path = url.pathname.replace(/\/(v\d|\d{4}-\d\d)(?=\/|$)/, '').replaceAll(/\/\d+(?=\/|$)/g, '/{id}');
  return { name: `${verb} ${path}`, verb, url, headers, body };
}

function answer(
  world: World,
  { verb, url, headers, body }: CrmCall,
  _raw: RawRequest,
  limits: Omit<HubspotServer, 'frame'>,
): Answer {
  if (!world.tokens.has(headers.authorization?.replace('Bearer ', '') ?? '')) {
    return wrong(401, 'INVALID_AUTHENTICATION', 'Authentication credentials not found');
  }
  limits.calls.take();
  const parts = url.pathname
    .split('/')
    .slice(1)
    .map(decodeURIComponent)
    .filter((part) => part !== '' && !VERSION.test(part));
  const [area, thing] = parts;
  const rest = parts.slice(2);
  if (area === 'account-info')
    return {
      status: 200,
      body: {
        portalId: PORTAL_ID,
        uiDomain: 'app-eu1.hubspot.com',
        timeZone: 'Europe/Berlin',
        accountType: 'STANDARD',
      },
    };
  switch (thing) {
    case 'owners':
      return ownersAnswer(world, rest[0], url.searchParams);
    case 'pipelines':
      return { status: 200, body: { results: world.pipelines.map(pipelineOf) } };
    case 'properties':
      return propertiesAnswer(world, verb, rest, body as PropertyCreate);
    case 'associations':
      return associationsAnswer(world, body as { inputs: { id: string }[] });
    case 'objects':
      return objectsAnswer(world, verb, rest, url.searchParams, body, limits.searches);
    default:
      return wrong(404, 'NOT_FOUND', 'No such path');
  }
}

function objectsAnswer(
  world: World,
  verb: string,
  [object = '', id, act, more]: string[],
  query: URLSearchParams,
  body: unknown,
  searches: Limit,
): Answer {
  const given = body as never;
  if (object === 'notes' || object === 'communications') return engage(world, object, id === 'batch', given);
  const kind = object as Kind;
  if (verb === 'POST' && id === undefined) return create(world, kind, given);
  if (verb === 'POST' && id === 'search') {
    searches.take();
    return search(world, kind, given);
  }
  if (verb === 'POST' && id === 'batch' && act === 'read') return readMany(world, kind, given);
  if (act === 'associations' && more === 'deals') return dealsAnswer(world, id as string);
  if (verb === 'GET') return readOne(world, kind, id as string, query.get('idProperty'));
  if (verb === 'PATCH')
    return change(world, kind, id as string, (given as { properties: Record<string, string> }).properties);
  if (verb === 'DELETE') {
    world.records[kind].delete(id as string);
    tell(world, kind, 'deletion', { objectId: Number(id) });
    return { status: 204, body: '' };
  }
  return wrong(404, 'NOT_FOUND', 'No such path');
}

function dealsAnswer(world: World, contactId: string): Answer {
  const contact = held(world, 'contacts', contactId);
  if (!contact) return wrong(404, 'OBJECT_NOT_FOUND', 'Object not found');
  const deals = world.records.deals.all().filter(({ id }) => world.contactsOf.get(id)?.includes(contact.id));
  return {
    status: 200,
    body: {
      results: deals.map(({ id }) => ({
        toObjectId: Number(id),
        associationTypes: [{ category: 'HUBSPOT_DEFINED', typeId: 4, label: null }],
      })),
    },
  };
}

function associationsAnswer(world: World, { inputs }: { inputs: { id: string }[] }): Answer {
  const results = inputs
    .filter(({ id }) => (world.contactsOf.get(id) ?? []).length > 0)
    .map(({ id }) => ({
      from: { id },
      to: (world.contactsOf.get(id) ?? []).map((one) => ({ toObjectId: Number(one), associationTypes: [] })),
    }));
  return {
    status: 200,
    body: { status: 'COMPLETE', results, startedAt: new Date(0).toISOString(), completedAt: new Date(0).toISOString() },
  };
}

function engage(world: World, object: 'notes' | 'communications', isBatch: boolean, body: object): Answer {
  const inputs = isBatch
    ? (body as BatchInputSimplePublicObjectBatchInputForCreate).inputs
    : [body as BatchInputSimplePublicObjectBatchInputForCreate['inputs'][number]];
  // A batch of which one is wrong is refused as a whole.
  for (const { associations = [] } of inputs) {
    if (associations.some(({ to }) => !held(world, 'contacts', to.id) && !held(world, 'deals', to.id))) {
      return wrong(404, 'OBJECT_NOT_FOUND', 'Object not found');
    }
  }
  const results = inputs.map(({ properties, associations = [], objectWriteTraceId }) => {
    if (!properties.hs_timestamp) throw new Error('hs_timestamp is required');
    const id = world.nextId();
    const text = properties[object === 'notes' ? 'hs_note_body' : 'hs_communication_body'] ?? '';
    world.engagements.push({ id, body: text, at: properties.hs_timestamp, to: associations.map(({ to }) => to.id) });
    const now = new Date(world.clock.now()).toISOString();
    return {
      id,
      properties,
      createdAt: now,
      updatedAt: now,
      archived: false,
      ...(objectWriteTraceId && { objectWriteTraceId }),
    };
  });
  return { status: 201, body: isBatch ? { status: 'COMPLETE', results } : results[0] };
}

function ownersAnswer(world: World, id: string | undefined, query: URLSearchParams): Answer {
  if (id !== undefined) {
    const owner = world.owners.find(
      (one) => !one.archived && (query.get('idProperty') === 'userId' ? String(one.userId) : one.id) === id,
    );
    return owner ? { status: 200, body: ownerOf(owner) } : wrong(404, 'OBJECT_NOT_FOUND', 'No owner');
  }
  const all = world.owners.filter(
    ({ archived }) => String(archived) === (query.get('archived') ?? 'false').toLowerCase(),
  );
  const begin = Number(query.get('after') ?? 0);
  const end = begin + Number(query.get('limit') ?? 100);
  const paging = end < all.length ? { paging: { next: { after: String(end) } } } : {};
  return { status: 200, body: { results: all.slice(begin, end).map(ownerOf), ...paging } };
}

function ownerOf({
  id,
  userId,
  firstName,
  lastName,
  email,
  archived,
}: Owner): Omit<Wire<PublicOwner>, 'userId' | 'userIdIncludingInactive'> & object {
  const at = new Date(0).toISOString();
  const user = archived ? { userIdIncludingInactive: userId } : { userId, userIdIncludingInactive: userId };
  return {
    id,
    email,
    type: 'PERSON',
    firstName,
    lastName,
    archived,
    createdAt: at,
    updatedAt: at,
    ...user,
  } as Wire<PublicOwner>;
}

function pipelineOf({
  id,
  label,
  displayOrder,
  stages,
}: Pipeline): Wire<Omit<WirePipeline, 'stages'>> & { readonly stages: object[] } {
  const at = { createdAt: new Date(0).toISOString(), updatedAt: new Date(0).toISOString(), archived: false };
  return {
    id,
    label,
    displayOrder,
    ...at,
    stages: stages.map((stage) => ({
      id: stage.id,
      label: stage.label,
      displayOrder: stage.displayOrder,
      metadata: { isClosed: String(stage.isClosed), probability: stage.probability },
      ...at,
    })),
  } as never;
}

function propertiesAnswer(
  world: World,
  verb: string,
  [object, name]: string[],
  body: PropertyCreate | undefined,
): Answer {
  const own = world.properties[object as Kind];
  if (verb === 'POST' && body) {
    if (own.has(body.name)) return wrong(409, 'OBJECT_ALREADY_EXISTS', 'There is one of that name');
    own.set(body.name, { hasUniqueValue: body.hasUniqueValue === true });
    return { status: 201, body };
  }
  const found = own.get(name ?? '');
  return found ? { status: 200, body: { name, ...found } } : wrong(404, 'OBJECT_NOT_FOUND', 'No property');
}
