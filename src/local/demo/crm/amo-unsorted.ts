import * as z from 'zod/mini';
import { type AmoHook, unsortedHooks } from './amo-hooks.ts';
import { type AmoAnswer, listed } from './amo-lists.ts';
import { change, makeContact, makeLead, sentUnsorted } from './amo-making.ts';
import { shownUnsorted } from './amo-shapes.ts';
import { type AmoState, UNSORTED_TYPE } from './amo-state.ts';

/** A call of the inbox of enquiries. */
interface UnsortedCall {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly sent: unknown;
  readonly now: number;
  readonly newUid: () => string;
}

/** The inbox of enquiries: a second accept finds nothing any more. */
export function onUnsorted(
  state: AmoState,
  { method, path, query, sent, now, newUid }: UnsortedCall,
  ring: (hooks: readonly AmoHook[]) => void,
): AmoAnswer | undefined {
  const [, , uid, act] = path.split('/').filter(Boolean);
  if (method === 'GET' && uid === undefined) {
    const shown = state.unsorted.map((item) => shownUnsorted(state, item));
    return listed('unsorted', query.get('order[created_at]') === 'desc' ? shown.reverse() : shown, query);
  }
  if (method === 'POST' && uid === 'forms') {
    const made = z
      .array(sentUnsorted)
      .parse(sent)
      .map((one) => {
        const [contact = {}] = one._embedded.contacts ?? [];
        const [deal = {}] = one._embedded.leads ?? [];
        const person = makeContact(state, contact, now);
        const lead = makeLead(state, { ...deal, pipeline_id: one.pipeline_id }, [person.id], now);
        const pipeline = state.pipelines.find(({ id }) => id === lead.pipelineId);
        lead.statusId = pipeline?.stages.find(({ type }) => type === UNSORTED_TYPE)?.id ?? lead.statusId;
        const item = {
          uid: newUid(),
          sourceUid: one.source_uid,
          sourceName: one.source_name,
          pipelineId: lead.pipelineId,
          leadId: lead.id,
          contactId: person.id,
          createdAt: one.created_at ?? now,
        };
        state.unsorted.push(item);
        ring(
          unsortedHooks(state, 'add', {
            uid: item.uid,
            category: 'forms',
            pipeline_id: lead.pipelineId,
            lead_id: lead.id,
          }),
        );
        const request_id = one.request_id === undefined ? {} : { request_id: one.request_id };
        return { uid: item.uid, account_id: state.account.id, ...request_id, ...embeddedOf(item) };
      });
    return answered({ _total_items: made.length, _embedded: { unsorted: made } });
  }
  const item = state.unsorted.find((one) => one.uid === uid);
  if (!item) return undefined;
  if (method === 'GET') return answered(shownUnsorted(state, item));
  const { user_id = state.users[0]?.id ?? 0, status_id } = acceptSchema.parse(sent ?? {});
  if (method === 'POST' && act === 'accept') {
    state.unsorted = state.unsorted.filter((one) => one !== item);
    const lead = state.leads.find(({ id }) => id === item.leadId);
    const pipeline = state.pipelines.find(({ id }) => id === item.pipelineId);
    const open = pipeline?.stages.find(({ type }) => type !== UNSORTED_TYPE)?.id;
    if (lead) change(state, lead, { responsible_user_id: user_id, status_id: status_id ?? open }, now);
    const facts = {
      uid: item.uid,
      action: 'accept',
      modified_user_id: user_id,
      '[accept_result][leads][0]': item.leadId,
    };
    ring(unsortedHooks(state, 'delete', facts));
    return answered({ uid: item.uid, category: 'forms', pipeline_id: item.pipelineId, ...embeddedOf(item) });
  }
  if (method === 'DELETE' && act === 'decline') {
    state.unsorted = state.unsorted.filter((one) => one !== item);
    state.leads = state.leads.filter(({ id }) => id !== item.leadId);
    state.contacts = state.contacts.filter(({ id }) => id !== item.contactId);
    const facts = {
      uid: item.uid,
      action: 'decline',
      modified_user_id: user_id,
      '[decline_result][leads][0]': item.leadId,
    };
    ring(unsortedHooks(state, 'delete', facts));
    return answered({ uid: item.uid, ...embeddedOf(item) });
  }
  return undefined;
}

const acceptSchema = z.object({ user_id: z.optional(z.number()), status_id: z.optional(z.number()) });

function embeddedOf({ leadId, contactId }: AmoState['unsorted'][number]) {
  return { _embedded: { leads: [{ id: leadId }], contacts: [{ id: contactId }], companies: [] } };
}

function answered(body: unknown): AmoAnswer {
  return { status: 200, body };
}
