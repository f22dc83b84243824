import * as z from 'zod/mini';
import type { Asked, Crm, Session } from '#crms/crm';
import { type AmocrmApi, bodyOf } from './client.ts';
import { contactOf, isNumber, leadOf, userGone } from './make.ts';
import { contactSchema, leadSchema, pageOf, readAs, unsortedSchema } from './schema.ts';

const addedSchema = pageOf('unsorted', unsortedSchema);
const acceptedSchema = z.pick(unsortedSchema, { _embedded: true });

/**
 * amoCRM's inbox of enquiries («Неразобранное», D5). Enquiries from forms are those that an integration may make.
 * https://www.amocrm.ru/developers/content/crm_platform/unsorted-api
 */
export function createUnsorted(api: AmocrmApi, clock: () => number): NonNullable<Crm['unsorted']> {
  /** Who is responsible afterwards is a setting of the account. */
  async function giveTo(session: Session, path: string, userId: string): Promise<string | undefined> {
    const schema = path.startsWith('/leads') ? leadSchema : contactSchema;
    const asked = readAs(schema, bodyOf(await api.call(session, 'GET', path)));
    if (asked.kind !== 'ok') return undefined;
    if (asked.value.responsible_user_id === userId) return userId;
    const changed = await api.call(session, 'PATCH', path, { responsible_user_id: Number(userId) });
    return changed.kind === 'ok' ? userId : asked.value.responsible_user_id;
  }

  return {
    async add(session, wanted) {
      const { keys, source, pipelineId } = wanted;
      const seconds = Math.floor(clock() / 1000);
      const page = `https://${session.host}`;
      // In the inbox neither has a stage or a responsible user yet.
      const [lead, contact] = [leadOf(session, wanted), contactOf(session, wanted)].map(
        ({ name, custom_fields_values }) => ({ name, custom_fields_values }),
      );
      const enquiry = {
        request_id: keys.deal,
        source_name: source,
        source_uid: keys.deal,
        ...(pipelineId !== undefined && { pipeline_id: Number(pipelineId) }),
        created_at: seconds,
        metadata: {
          form_id: 'konvert',
          form_name: source,
          form_page: page,
          form_sent_at: seconds,
          ip: '127.0.0.1',
          referer: page,
        },
        _embedded: { leads: [lead], contacts: [contact] },
      };
      const asked = readAs(addedSchema, bodyOf(await api.call(session, 'POST', '/leads/unsorted/forms', [enquiry])));
      return asked.kind === 'ok' ? madeOf(asked.value._embedded.unsorted?.[0]) : asked;
    },
    async accept(session, uid, userId, stageId) {
      if (userId !== undefined && !isNumber(userId)) return userGone();
      const sent = {
        ...(userId !== undefined && { user_id: Number(userId) }),
        ...(stageId !== undefined && { status_id: Number(stageId) }),
      };
      const asked = bodyOf(await api.call(session, 'POST', `/leads/unsorted/${encodeURIComponent(uid)}/accept`, sent));
      // Accepted or declined already: both are a 404.
      if (asked.kind === 'gone') return { kind: 'taken' };
      const accepted = readAs(acceptedSchema, asked);
      if (accepted.kind !== 'ok') return accepted;
      const made = madeOf({ uid, ...accepted.value });
      if (made.kind !== 'ok') return made;
      const { contactId, dealId } = made.value;
      if (userId === undefined) return made;
      const responsibleUserId = dealId && (await giveTo(session, `/leads/${dealId}`, userId));
      await giveTo(session, `/contacts/${contactId}`, userId);
      return { kind: 'ok', value: { ...made.value, ...(responsibleUserId && { responsibleUserId }) } };
    },
    async isOpen(session, uid) {
      const asked = await api.call(session, 'GET', `/leads/unsorted/${encodeURIComponent(uid)}`);
      if (asked.kind === 'gone') return { kind: 'ok', value: false };
      // No such entity is an answer without a body, too.
      return asked.kind === 'ok' ? { kind: 'ok', value: asked.value.body !== undefined } : asked;
    },
  };
}

function madeOf(
  item: z.output<typeof unsortedSchema> | undefined,
): Asked<{ contactId: string; dealId?: string; uid: string }> {
  const contact = item?._embedded.contacts?.[0];
  const lead = item?._embedded.leads?.[0];
  if (!item || !contact) return { kind: 'unreachable', reason: 'an enquiry without its contact' };
  return { kind: 'ok', value: { uid: item.uid, contactId: contact.id, ...(lead && { dealId: lead.id }) } };
}
