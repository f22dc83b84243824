import type { Asked, Crm, CrmMade, Session, Wanted } from '#crms/crm';
import { type CallHubspot, type HubspotAnswer, PATHS } from './client.ts';
import { addressProperties, CHATS, chatLine, KEY, OBJECTS, refusalOf, refused, toPipelines } from './map.ts';
import { ask } from './read.ts';
import { objectSchema, pipelinesSchema } from './schema.ts';

/** https://developers.hubspot.com/docs/api-reference/crm-associations-v4/guide#association-type-id-values */
const DEAL_TO_CONTACT = 3;

/** What writes contacts and deals. */
export type Making = Pick<Crm, 'make' | 'assign' | 'carry' | 'remove'>;

/**
 * Makes what writes. It creates and never upserts: an upsert that is repeated an hour later would overwrite what a seller
 * has changed since then.
 */
export function createMaking(call: CallHubspot): Making {
  /** Creates it, or finds what has the key already (K3). */
  async function create(session: Session, objects: string, key: string, json: object): Promise<Asked<CreatedObject>> {
    const answer = await call(session, { method: 'POST', path: `${PATHS.objects}/${objects}`, json });
    if (answer.kind === 'invalid' && answer.isConflict) return holderOf(session, objects, key, answer);
    const asked = refused(answer);
    if (asked.kind !== 'ok') return asked;
    return readCreated(asked.value);
  }

  async function holderOf(
    session: Session,
    objects: string,
    key: string,
    conflict: Extract<HubspotAnswer, { kind: 'invalid' }>,
  ): Promise<Asked<CreatedObject>> {
    const path = `${PATHS.objects}/${objects}/${encodeURIComponent(key)}`;
    const query = { idProperty: KEY, properties: 'hubspot_owner_id' };
    const holder = await ask(call, session, { method: 'GET', path, query }, objectSchema);
    if (holder.kind === 'gone') return refusalOf({ ...conflict, details: [] });
    return holder.kind === 'ok' ? readCreated(holder.value) : holder;
  }

  /** A deal needs a stage. Without one it gets the first open one of its pipeline, or of the main pipeline. */
  async function placeOf(session: Session, { pipelineId, stageId }: Wanted): Promise<Asked<Record<string, string>>> {
    if (pipelineId !== undefined && stageId !== undefined) {
      return { kind: 'ok', value: { pipeline: pipelineId, dealstage: stageId } };
    }
    const asked = await ask(call, session, { method: 'GET', path: PATHS.pipelines }, pipelinesSchema);
    if (asked.kind !== 'ok') return asked;
    const pipeline = toPipelines(asked.value).find(({ id, isMain }) => (pipelineId ? id === pipelineId : isMain));
    const stage = pipeline?.stages.find(({ id, kind }) => (stageId ? id === stageId : kind === 'open'));
    if (!pipeline || !stage) return { kind: 'refused', code: 'STAGE_GONE', description: 'there is no such stage' };
    return { kind: 'ok', value: { pipeline: pipeline.id, dealstage: stage.id } };
  }

  async function makeContact(session: Session, wanted: Wanted): Promise<Asked<CrmMade>> {
    const { keys, name, contactData, responsibleUserId } = wanted;
    const properties = {
      firstname: name,
      ...addressProperties(contactData),
      ...ownerOf(responsibleUserId),
      [KEY]: keys.contact,
    };
    const made = await create(session, OBJECTS.contact, keys.contact, { properties });
    return made.kind === 'ok' ? { kind: 'ok', value: { contactId: made.value.id, ...made.value.owner } } : made;
  }

  async function makeDeal(session: Session, wanted: Wanted, contactId: string): Promise<Asked<CrmMade>> {
    const { keys, dealName, responsibleUserId } = wanted;
    const place = await placeOf(session, wanted);
    if (place.kind !== 'ok') return place;
    const properties = { dealname: dealName, ...place.value, ...ownerOf(responsibleUserId), [KEY]: keys.deal };
    const types = [{ associationCategory: 'HUBSPOT_DEFINED', associationTypeId: DEAL_TO_CONTACT }];
    const json = { properties, associations: [{ to: { id: contactId }, types }] };
    const made = await create(session, OBJECTS.deal, keys.deal, json);
    return made.kind === 'ok' ? { kind: 'ok', value: { contactId, dealId: made.value.id, ...made.value.owner } } : made;
  }

  return {
    make: (session, wanted) =>
      wanted.contactId === undefined ? makeContact(session, wanted) : makeDeal(session, wanted, wanted.contactId),

    async assign(session, { type, id }, userId) {
      const path = `${PATHS.objects}/${OBJECTS[type]}/${encodeURIComponent(id)}`;
      const answer = await call(session, { method: 'PATCH', path, json: { properties: ownerOf(userId) } });
      return nothing(refused(answer));
    },

    /** A merge keeps the value of the primary record: https://knowledge.hubspot.com/records/merge-records */
    async carry(session, contactId, contactData) {
      const path = `${PATHS.objects}/contacts/${encodeURIComponent(contactId)}`;
      const found = await ask(call, session, { method: 'GET', path, query: { properties: CHATS } }, objectSchema);
      if (found.kind !== 'ok') return found;
      const lines = (found.value.properties[CHATS] ?? '').split('\n').filter(Boolean);
      const all = [...new Set([...lines, ...contactData.map(chatLine)])];
      return nothing(
        refused(await call(session, { method: 'PATCH', path, json: { properties: { [CHATS]: all.join('\n') } } })),
      );
    },

    async remove(session, { type, id }) {
      const path = `${PATHS.objects}/${OBJECTS[type]}/${encodeURIComponent(id)}`;
      return nothing(refused(await call(session, { method: 'DELETE', path })));
    },
  };
}

interface CreatedObject {
  readonly id: string;
  readonly owner: Pick<CrmMade, 'responsibleUserId'>;
}

function readCreated(value: unknown): Asked<CreatedObject> {
  const read = objectSchema.safeParse(value);
  if (!read.success) return { kind: 'unreachable', reason: 'an answer in a form that HubSpot does not document' };
  const owner = read.data.properties.hubspot_owner_id;
  return { kind: 'ok', value: { id: read.data.id, owner: owner ? { responsibleUserId: owner } : {} } };
}

function ownerOf(userId: string | undefined) {
  return userId ? { hubspot_owner_id: userId } : {};
}

function nothing(asked: Asked<unknown>): Asked<void> {
  return asked.kind === 'ok' ? { kind: 'ok', value: undefined } : asked;
}
