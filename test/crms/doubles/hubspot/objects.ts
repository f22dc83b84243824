import type { BatchReadInputSimplePublicObjectId } from '@hubspot/api-client/lib/codegen/crm/contacts/models/BatchReadInputSimplePublicObjectId.js';
import type { PublicObjectSearchRequest } from '@hubspot/api-client/lib/codegen/crm/contacts/models/PublicObjectSearchRequest.js';
import type { SimplePublicObject } from '@hubspot/api-client/lib/codegen/crm/contacts/models/SimplePublicObject.js';
import type { SimplePublicObjectInputForCreate } from '@hubspot/api-client/lib/codegen/crm/contacts/models/SimplePublicObjectInputForCreate.js';
import type { Answer } from '#test/crms/kit/frame';
import { held, invalid, type Kind, type Stored, tell, type World, wrong } from './world.ts';

/** What HubSpot's own types say, as JSON: times are texts there. */
type Wire<T> = { readonly [K in keyof T]: T[K] extends Date ? string : T[K] extends Date | undefined ? string : T[K] };

/** A record on the wire. */
export function wireOf(world: World, kind: Kind, record: Stored): Wire<SimplePublicObject> {
  return {
    id: record.id,
    properties: { ...record.properties, ...computed(world, kind, record) } as Record<string, string>,
    createdAt: new Date(record.createdAt).toISOString(),
    updatedAt: new Date(record.updatedAt).toISOString(),
    archived: false,
  };
}

function computed(world: World, kind: Kind, { id, properties, createdAt, updatedAt }: Stored): Record<string, string> {
  const common = { hs_object_id: id, createdate: String(createdAt) };
  if (kind === 'contacts') {
    const search = (phone: string | null | undefined) => (phone ?? '').replaceAll(/\D/g, '').slice(-10);
    return {
      ...common,
      lastmodifieddate: String(updatedAt),
      hs_searchable_calculated_phone_number: search(properties.phone),
      hs_searchable_calculated_mobile_number: search(properties.mobilephone),
    };
  }
  const stage = world.pipelines.flatMap(({ stages }) => stages).find((one) => one.id === properties.dealstage);
  return { ...common, hs_lastmodifieddate: String(updatedAt), hs_is_closed: String(stage?.isClosed ?? false) };
}

/** Why these properties are not taken. */
function refusal(
  world: World,
  kind: Kind,
  properties: Readonly<Record<string, string>>,
  isNew: boolean,
): Answer | undefined {
  const owner = properties.hubspot_owner_id;
  if (owner && !world.owners.some(({ id, archived }) => id === owner && !archived))
    return invalid('hubspot_owner_id', 'INVALID_OWNER_ID');
  for (const name of Object.keys(properties)) {
    if (name.startsWith('konvert_') && !world.properties[kind].has(name)) return invalid(name, 'PROPERTY_DOESNT_EXIST');
  }
  if (kind === 'deals' && properties.dealstage !== undefined) {
    const pipeline = world.pipelines.find(({ id }) => id === (properties.pipeline ?? 'default'));
    if (!pipeline) return invalid('pipeline', 'INVALID_OPTION');
    if (!pipeline.stages.some(({ id }) => id === properties.dealstage)) return invalid('dealstage', 'INVALID_OPTION');
  }
  if (!isNew) return undefined;
  if (kind === 'deals' && properties.dealstage === undefined) return invalid('dealstage', 'REQUIRED_PROPERTY');
  const missing = world.required[kind].find((name) => !properties[name]);
  if (missing) return invalid(missing, 'REQUIRED_PROPERTY');
  for (const [name, { hasUniqueValue }] of world.properties[kind]) {
    const holder = world.records[kind].all().find((one) => one.properties[name] === properties[name]);
    if (!hasUniqueValue || properties[name] === undefined || !holder) continue;
    const error = {
      message: `taken by ${holder.id}`,
      code: 'CONFLICTING_UNIQUE_VALUE',
      context: { propertyName: [name] },
    };
    return wrong(400, 'VALIDATION_ERROR', `Property values were not valid`, [error]);
  }
  return undefined;
}

export function create(
  world: World,
  kind: Kind,
  { properties, associations = [] }: SimplePublicObjectInputForCreate,
): Answer {
  const refused = refusal(world, kind, properties, true);
  if (refused) return refused;
  const to = associations.map((one) => held(world, 'contacts', one.to.id)?.id);
  if (to.includes(undefined)) return wrong(404, 'OBJECT_NOT_FOUND', 'Object not found');
  const now = world.clock.now();
  const record = { id: world.nextId(), properties, createdAt: now, updatedAt: now };
  world.records[kind].save(record);
  tell(world, kind, 'creation', { objectId: Number(record.id) });
  if (kind === 'deals') world.contactsOf.set(record.id, to as string[]);
  return { status: 201, body: wireOf(world, kind, record) };
}

export function change(world: World, kind: Kind, id: string, properties: Readonly<Record<string, string>>): Answer {
  const record = held(world, kind, id);
  if (!record) return wrong(404, 'OBJECT_NOT_FOUND', 'Object not found');
  const refused = refusal(world, kind, properties, false);
  if (refused) return refused;
  const changed = { ...record, properties: { ...record.properties, ...properties }, updatedAt: world.clock.now() };
  world.records[kind].save(changed);
  for (const [propertyName, propertyValue] of Object.entries(properties)) {
    tell(world, kind, 'propertyChange', { objectId: Number(record.id), propertyName, propertyValue });
  }
  return { status: 200, body: wireOf(world, kind, changed) };
}

export function readOne(world: World, kind: Kind, id: string, idProperty: string | null): Answer {
  const record = idProperty
    ? world.records[kind].all().find(({ properties }) => properties[idProperty] === id)
    : held(world, kind, id);
  return record
    ? { status: 200, body: wireOf(world, kind, record) }
    : wrong(404, 'OBJECT_NOT_FOUND', 'Object not found');
}

export function readMany(world: World, kind: Kind, { inputs }: BatchReadInputSimplePublicObjectId): Answer {
  if (inputs.length > 100) return wrong(400, 'VALIDATION_ERROR', 'The maximum is 100');
  const records = new Map(inputs.flatMap(({ id }) => held(world, kind, id) ?? []).map((record) => [record.id, record]));
  const missing = inputs.filter(({ id }) => !held(world, kind, id)).map(({ id }) => id);
  const times = {
    startedAt: new Date(world.clock.now()).toISOString(),
    completedAt: new Date(world.clock.now()).toISOString(),
  };
  // In no order that anybody asked for.
  const results = [...records.values()].map((record) => wireOf(world, kind, record)).reverse();
  if (missing.length === 0) return { status: 200, body: { status: 'COMPLETE', results, ...times } };
  const errors = [
    {
      status: 'error',
      category: 'OBJECT_NOT_FOUND',
      message: 'Could not get some objects',
      context: { ids: missing },
      links: {},
      errors: [],
    },
  ];
  return { status: 207, body: { status: 'COMPLETE', results, numErrors: 1, errors, ...times } };
}

/** The search: from the index, at most 10,000 results, in an order of its own. */
export function search(world: World, kind: Kind, request: Partial<PublicObjectSearchRequest>): Answer {
  const { filterGroups = [], sorts = [], limit = 10, after } = request;
  if (limit > 200) return wrong(400, 'VALIDATION_ERROR', 'limit');
  if (filterGroups.length > 5) return wrong(400, 'VALIDATION_ERROR', 'filterGroups');
  const all = world.records[kind].indexed().map((record) => wireOf(world, kind, record));
  const found = all.filter(({ properties }) =>
    filterGroups.some(({ filters }) =>
      filters.every((filter) => matches(properties[filter.propertyName] ?? '', filter.operator, filter.value ?? '')),
    ),
  );
  const [sort] = sorts as unknown as readonly { readonly propertyName: string }[];
  const by = sort?.propertyName ?? 'createdate';
  found.sort((one, other) => Number(one.properties[by]) - Number(other.properties[by]));
  const begin = Number(after ?? 0);
  if (begin + limit > 10_000) return wrong(400, 'VALIDATION_ERROR', 'The search goes no further than 10,000');
  const paging = begin + limit < found.length ? { paging: { next: { after: String(begin + limit) } } } : {};
  return { status: 200, body: { total: found.length, results: found.slice(begin, begin + limit), ...paging } };
}

function matches(value: string, operator: string, wanted: string): boolean {
  switch (operator) {
    case 'EQ':
      return value.toLowerCase() === wanted.toLowerCase();
    case 'GTE':
      return Number(value) >= Number(wanted);
    case 'GT':
      return Number(value) > Number(wanted);
    case 'CONTAINS_TOKEN': {
      const words = value.toLowerCase().split(/[^\p{L}\p{N}+_.-]+/u);
      const word = wanted.toLowerCase();
      return words.some((one) => (word.startsWith('*') ? one.endsWith(word.slice(1)) : one === word));
    }
    default:
      throw new Error(`The double knows no operator ${operator}`);
  }
}
