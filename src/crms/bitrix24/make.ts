import * as z from 'zod/mini';
import type { Asked, Carrier, Crm, CrmMade, Session, Wanted } from '#crms/crm';
import type { Ref } from '#domain/crm';
import { cut } from '#domain/cut';
import { type BatchAnswer, type Bitrix24Api, partOf } from './client.ts';
import { multifieldsOf, ORIGINATOR, stageListOf, TYPES, toCarrier } from './map.ts';
import { commandOf, Reference } from './query.ts';
import { carrierSchema, isYes, itemsOf, madeSchema, readAs, statusesSchema, userSchema } from './schema.ts';

const MAX_NAME_LENGTH = 200;
const CARRIER_FIELDS = ['id', 'originId', 'createdTime', 'updatedTime', 'lastActivityTime'];

/** What makes, finds again, changes and deletes what Konvert made. */
export function createMaking(api: Bitrix24Api): Pick<Crm, 'look' | 'make' | 'remove' | 'assign'> {
  /**
   * The titles of fields in a refusal are in the portal's language, so the user and the stage are looked up to learn which
   * of them is gone.
   */
  async function reasonOf(session: Session, wanted: Wanted, refused: Asked<never>): Promise<Asked<CrmMade>> {
    if (refused.kind !== 'refused' || refused.code !== 'INVALID') return refused;
    const { responsibleUserId, pipelineId = '0', stageId } = wanted;
    const asked = await api.batch(session, {
      ...(responsibleUserId && { user: commandOf('user.get', { ID: responsibleUserId }) }),
      stages: commandOf('crm.status.list', { filter: { ENTITY_ID: stageListOf(pipelineId) } }),
    });
    if (asked.kind !== 'ok') return refused;
    const users = readAs(z.array(userSchema), partOf(asked.value, 'user'));
    const stages = readAs(statusesSchema, partOf(asked.value, 'stages'));
    const isUserGone = users.kind === 'ok' && !users.value.some(({ ACTIVE }) => isYes(ACTIVE));
    const isStageGone = stages.kind === 'ok' && !!stageId && stages.value.every(({ STATUS_ID: id }) => id !== stageId);
    if (isStageGone) return { ...refused, code: 'STAGE_GONE', about: stageId };
    return isUserGone && responsibleUserId ? { ...refused, code: 'USER_GONE', about: responsibleUserId } : refused;
  }

  return {
    /** Lists are read from the database itself. Both keys are looked for in one call. */
    async look(session, keys) {
      const asked = await api.batch(session, {
        contact: carriers('contact', keys.contact),
        deal: carriers('deal', keys.deal),
      });
      if (asked.kind !== 'ok') return asked;
      const found: Carrier[] = [];
      for (const type of ['contact', 'deal'] as const) {
        const list = readAs(itemsOf(carrierSchema), partOf(asked.value, type));
        if (list.kind !== 'ok') return list;
        found.push(
          ...list.value.items.filter(({ originId }) => originId === keys[type]).map((item) => toCarrier(type, item)),
        );
      }
      return { kind: 'ok', value: found };
    },
    /** Both in one batch, which ends at the first refusal: a contact without its deal is an answer, for the next step. */
    async make(session, wanted) {
      const contactId = wanted.contactId;
      const asked = await api.batch(
        session,
        {
          ...(contactId === undefined && { contact: addContact(wanted) }),
          deal: addDeal(wanted, contactId ?? new Reference('contact', 'item', 'id')),
        },
        { halt: true },
      );
      if (asked.kind !== 'ok') return asked;
      const contact = contactId === undefined ? made(asked.value, 'contact') : undefined;
      if (contact && contact.kind !== 'ok') return reasonOf(session, wanted, contact as Asked<never>);
      const deal = made(asked.value, 'deal');
      const id = contact?.kind === 'ok' ? contact.value.id : (contactId ?? '');
      if (deal.kind === 'ok') {
        const responsible = deal.value.assignedById;
        return {
          kind: 'ok',
          value: { contactId: id, dealId: deal.value.id, ...(responsible && { responsibleUserId: responsible }) },
        };
      }
      // Of a deal without an answer nobody knows whether it was made.
      if (contact?.kind === 'ok' && deal.kind !== 'unreachable') return { kind: 'ok', value: { contactId: id } };
      return reasonOf(session, wanted, deal as Asked<never>);
    },
    async remove(session, ref) {
      const asked = await api.call(session, 'crm.item.delete', idOf(ref));
      return asked.kind === 'ok' ? { kind: 'ok', value: undefined } : asked;
    },
    /** Only what changes is sent: an update of everything would overwrite what somebody has just written (K14). */
    async assign(session, ref, userId) {
      const asked = await api.call(session, 'crm.item.update', {
        ...idOf(ref),
        fields: { assignedById: Number(userId) },
      });
      if (asked.kind === 'ok') return { kind: 'ok', value: undefined };
      if (asked.kind !== 'refused' || asked.code !== 'INVALID') return asked;
      const users = readAs(z.array(userSchema), resultOf(await api.call(session, 'user.get', { ID: userId })));
      return users.kind === 'ok' && !users.value.some(({ ACTIVE }) => isYes(ACTIVE))
        ? { ...asked, code: 'USER_GONE', about: userId }
        : asked;
    },
  };
}

function resultOf(asked: Asked<{ readonly result: unknown }>): Asked<unknown> {
  return asked.kind === 'ok' ? { kind: 'ok', value: asked.value.result } : asked;
}

function idOf({ type, id }: Ref) {
  return { entityTypeId: TYPES[type], id: Number(id) };
}

function carriers(type: Ref['type'], key: string): string {
  return commandOf('crm.item.list', {
    entityTypeId: TYPES[type],
    filter: { '=originatorId': ORIGINATOR, '=originId': key },
    select: type === 'deal' ? [...CARRIER_FIELDS, 'contactId', 'contactIds'] : CARRIER_FIELDS,
    order: { id: 'ASC' },
  });
}

function made(answer: BatchAnswer, name: string) {
  const read = readAs(madeSchema, partOf(answer, name));
  return read.kind === 'ok' ? ({ kind: 'ok', value: read.value.item } as const) : read;
}

function addContact({ keys, name, contactData, responsibleUserId, source }: Wanted): string {
  return commandOf('crm.item.add', {
    entityTypeId: TYPES.contact,
    fields: {
      name: cut(name, MAX_NAME_LENGTH),
      assignedById: responsibleUserId,
      originatorId: ORIGINATOR,
      originId: keys.contact,
      sourceDescription: source,
      fm: multifieldsOf(contactData),
    },
  });
}

function addDeal(wanted: Wanted, contactId: string | Reference): string {
  const { keys, dealName, responsibleUserId, pipelineId, stageId, source } = wanted;
  return commandOf('crm.item.add', {
    entityTypeId: TYPES.deal,
    fields: {
      title: cut(dealName, MAX_NAME_LENGTH),
      categoryId: pipelineId,
      stageId,
      assignedById: responsibleUserId,
      contactIds: [contactId],
      originatorId: ORIGINATOR,
      originId: keys.deal,
      sourceDescription: source,
    },
  });
}
