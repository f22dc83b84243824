import type { Ref } from '#domain/crm';
import { changeEntity } from '#local/demo/crm/amo';
import { type AmoKind, happenedTo } from '#local/demo/crm/amo-hooks';
import { makeContact, makeLead } from '#local/demo/crm/amo-making';
import {
  type AmoContact,
  type AmoLead,
  type AmoState,
  LOST,
  PHONE,
  takeId,
  UNSORTED_TYPE,
  WON,
} from '#local/demo/crm/amo-state';
import type { VirtualClock } from '#test/doubles/virtual-clock';
import type { CrmHands } from '../../kit/rig.ts';
import type { AmoDouble } from './index.ts';

/** Hands in amoCRM, with what it alone has. */
export interface AmoHands extends CrmHands {
  rename(subdomain: string): void;
  /** Switches all addresses of hooks off, as amoCRM does after many bad answers. */
  disableHooks(): void;
  /** A person takes an enquiry from the inbox, or declines it. */
  settle(uid: string, act: 'accept' | 'decline', userId: string): Promise<void>;
}

const kindOf = (type: Ref['type']): AmoKind => (type === 'contact' ? 'contacts' : 'leads');

/** Makes the hands of somebody at work in the double's account. */
export function handsOf(double: AmoDouble, clock: VirtualClock): AmoHands {
  const { state, oauth, hooks } = double;
  const now = () => Math.floor(clock.now() / 1000);
  const ring = (rung: readonly (typeof hooks)[number][]) => void hooks.push(...rung);

  function found({ type, id }: Ref): AmoContact | AmoLead {
    const one = (state[kindOf(type)] as (AmoContact | AmoLead)[]).find((known) => known.id === Number(id));
    if (!one) throw new Error(`There is no ${type} ${id}`);
    return one;
  }

  function remove(ref: Ref) {
    const one = found(ref);
    const kind = kindOf(ref.type);
    ring(happenedTo(state, kind, 'delete', one));
    double.deleted.push({ type: ref.type === 'contact' ? 'contact' : 'lead', id: one.id, at: now() });
    Object.assign(state, { [kind]: (state[kind] as AmoContact[]).filter((known) => known !== one) });
  }

  return {
    addUser({ name }) {
      const id = takeId(state);
      state.users.push({ id, name, isAdmin: false, isActive: true });
      return String(id);
    },
    dismissUser(id) {
      for (const user of state.users) if (user.id === Number(id)) user.isActive = false;
    },
    rehireUser(id) {
      for (const user of state.users) if (user.id === Number(id)) user.isActive = true;
    },
    close(dealId, as) {
      const sent = { status_id: as === 'won' ? WON : LOST };
      changeEntity(state, 'leads', found({ type: 'deal', id: dealId }), sent, now(), ring);
    },
    addContact({ name, phone, responsibleUserId }) {
      const sent = {
        name,
        ...(responsibleUserId !== undefined && { responsible_user_id: Number(responsibleUserId) }),
        custom_fields_values: phone === undefined ? [] : [{ field_code: 'PHONE', values: [{ value: phone }] }],
      };
      const made = makeContact(state, sent, now());
      ring(happenedTo(state, 'contacts', 'add', made));
      return String(made.id);
    },
    addDeal({ name, contacts, responsibleUserId, closed }) {
      const sent = {
        name,
        ...(responsibleUserId !== undefined && { responsible_user_id: Number(responsibleUserId) }),
        ...(closed && { status_id: closed === 'won' ? WON : LOST }),
      };
      const made = makeLead(state, sent, contacts.map(Number), now());
      ring(happenedTo(state, 'leads', 'add', made));
      return String(made.id);
    },
    setResponsible: (ref, userId) =>
      changeEntity(state, kindOf(ref.type), found(ref), { responsible_user_id: Number(userId) }, now(), ring),
    setPhone(contactId, phone) {
      const sent = { custom_fields_values: [{ field_code: 'PHONE', values: [{ value: phone }] }] };
      changeEntity(state, 'contacts', found({ type: 'contact', id: contactId }), sent, now(), ring);
    },
    touch: (ref) => changeEntity(state, kindOf(ref.type), found(ref), {}, now(), ring),
    /** The loser is deleted, and what it had goes to the winner. */
    merge(loser, winner) {
      const [lost, heir] = [found({ type: 'contact', id: loser }), found({ type: 'contact', id: winner })];
      const phones = [...heir.fields, ...lost.fields].filter(({ field_id }) => field_id === PHONE);
      const values = phones.flatMap((field) => field.values);
      heir.fields = [
        ...heir.fields.filter(({ field_id }) => field_id !== PHONE),
        ...(values.length > 0 ? [{ field_id: PHONE, field_code: 'PHONE', values }] : []),
      ];
      for (const lead of state.leads) lead.contacts = lead.contacts.map((id) => (id === lost.id ? heir.id : id));
      remove({ type: 'contact', id: loser });
      changeEntity(state, 'contacts', heir, {}, now(), ring);
      return winner;
    },
    remove,
    addPipeline({ name, stages }) {
      const id = takeId(state);
      const made = stages.map(({ name: stage, kind }, at) => ({
        id: kind === 'won' ? WON : kind === 'lost' ? LOST : takeId(state),
        name: stage,
        sort: (at + 1) * 10,
        type: 0,
      }));
      const inbox = { id: takeId(state), name: 'Incoming leads', sort: 1, type: UNSORTED_TYPE };
      // In no order: `sort` has it.
      state.pipelines.push({ id, name, isMain: false, stages: [...made.toReversed(), inbox] });
      return { id: String(id), stages: made.map((stage) => String(stage.id)) };
    },
    renameStage(pipelineId, stageId, name) {
      for (const stage of stagesOf(state, pipelineId)) if (stage.id === Number(stageId)) stage.name = name;
    },
    removeStage(pipelineId, stageId) {
      const pipeline = state.pipelines.find(({ id }) => id === Number(pipelineId));
      if (pipeline) pipeline.stages = pipeline.stages.filter(({ id }) => id !== Number(stageId));
    },
    deleteFields() {
      state.fields = { contacts: [], leads: [] };
    },
    addStray() {
      const destination = (state.hooks[0]?.destination ?? '').replace(/[^/]+$/, 'former-secret');
      state.hooks.push({ id: takeId(state), destination, settings: ['add_lead'] });
    },
    ours: () => ({
      fields: state.fields.contacts.length + state.fields.leads.length,
      hooks: state.hooks.length,
    }),
    revoke: () => oauth.revoke(),
    count: (type) => state[kindOf(type)].length,
    notesOf: ({ type, id }) =>
      state.notes.filter((note) => note.type === kindOf(type) && note.entityId === Number(id)).map(({ text }) => text),
    get portal() {
      const { id, name, subdomain } = state.account;
      return { accountId: String(id), host: `${subdomain}.amocrm.ru`, name, connectedAs: 'Olga', isAdmin: true };
    },
    rename(subdomain) {
      state.account.subdomain = subdomain;
    },
    disableHooks() {
      for (const { destination } of state.hooks) double.disabled.add(destination);
    },
    async settle(uid, act, userId) {
      const method = act === 'accept' ? 'POST' : 'DELETE';
      const url = `https://${state.account.subdomain}.amocrm.ru/api/v4/leads/unsorted/${uid}/${act}`;
      const headers = { authorization: `Bearer ${oauth.longLived}` };
      await double.fetch(url, { method, headers, body: JSON.stringify({ user_id: Number(userId) }) });
    },
  };
}

function stagesOf({ pipelines }: AmoState, pipelineId: string) {
  return pipelines.find(({ id }) => id === Number(pipelineId))?.stages ?? [];
}
