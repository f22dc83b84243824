import { randomUUID } from 'node:crypto';
import type { Clock } from '#clock';
import { type AmoCall, answerAmo, changeEntity } from '../crm/amo.ts';
import type { AmoHook } from '../crm/amo-hooks.ts';
import type { AmoAnswer } from '../crm/amo-lists.ts';
import { NotSupportedChoice } from '../crm/amo-making.ts';
import { type AmoContact, type AmoState, amoStateSchema, newAmoState, UNSORTED_TYPE } from '../crm/amo-state.ts';
import { openSavedState } from '../kit/saved-state.ts';
import { CRM_HOST } from './places.ts';

/** A contact or a deal as the page shows it, with what stands in its timeline. */
interface Shown {
  readonly id: number;
  readonly name: string;
  /** An id as text, as the values of a list are. */
  readonly responsibleUserId: string;
  readonly notes: readonly string[];
}

/** What the page of the stand-in CRM shows. */
export interface ShownBooks {
  readonly users: readonly { readonly id: string; readonly name: string }[];
  readonly contacts: readonly (Shown & { readonly addresses: readonly string[] })[];
  readonly deals: readonly (Shown & {
    readonly pipeline: string;
    readonly stageId: string;
    /** The stages that it can be moved to. */
    readonly stages: readonly { readonly id: string; readonly name: string }[];
    readonly contacts: readonly number[];
  })[];
}

/** What a person changes in the CRM. */
export interface WantedChange {
  readonly userId?: number | undefined;
  readonly stageId?: number | undefined;
}

/** The books of the stand-in CRM. What changes is on the disk before its hooks are posted. */
export interface Books {
  shown(): ShownBooks;
  /** Answers a call of the API. */
  answer(call: Pick<AmoCall, 'method' | 'path' | 'query' | 'sent'>): Promise<AmoAnswer>;
  /**
   * Makes a user responsible, or moves a deal to a stage, as a person does in the CRM. False if there is no such contact,
   * deal, user or stage.
   */
  change(type: 'contact' | 'deal', id: number, wanted: WantedChange): Promise<boolean>;
}

/** Opens the books that the last run left in the file. `post` sends a hook. */
export async function openBooks(file: string, clock: Clock, post: (hook: AmoHook) => void): Promise<Books> {
  const [subdomain = ''] = CRM_HOST.split('.');
  const { state, save } = await openSavedState(file, amoStateSchema, newAmoState(subdomain));
  const seconds = () => Math.floor(clock.now() / 1000);
  return {
    shown: () => shownBooks(state),
    async answer(call) {
      const { answer, hooks } = answerAmo(state, { ...call, now: seconds(), newUid: randomUUID });
      if (call.method !== 'GET') await save();
      for (const hook of hooks) post(hook);
      return answer;
    },
    async change(type, id, { userId, stageId }) {
      const kind = type === 'deal' ? 'leads' : 'contacts';
      const found = state[kind].find((one) => one.id === id);
      if (!found) return false;
      const sent = { responsible_user_id: userId, status_id: stageId };
      const hooks: AmoHook[] = [];
      try {
        changeEntity(state, kind, found, sent, seconds(), (rung) => hooks.push(...rung));
      } catch (error) {
        if (error instanceof NotSupportedChoice) return false;
        throw error;
      }
      await save();
      for (const hook of hooks) post(hook);
      return true;
    },
  };
}

function shownBooks(state: AmoState): ShownBooks {
  const shown = (type: 'contacts' | 'leads', { id, name, responsibleUserId }: AmoContact): Shown => ({
    id,
    name,
    responsibleUserId: String(responsibleUserId),
    notes: state.notes.filter((note) => note.type === type && note.entityId === id).map(({ text }) => text),
  });
  // What Konvert knows its own by tells a person nothing.
  const keys = new Set(state.fields.contacts.filter(({ code }) => code === 'KONVERT_ID').map(({ id }) => id));
  return {
    users: state.users.map(({ id, name }) => ({ id: String(id), name })),
    contacts: state.contacts.map((contact) => ({
      ...shown('contacts', contact),
      addresses: contact.fields
        .filter(({ field_id }) => !keys.has(field_id))
        .flatMap(({ values }) => values.flatMap(({ value }) => value.split('\n'))),
    })),
    deals: state.leads.map((lead) => {
      const pipeline = state.pipelines.find(({ id }) => id === lead.pipelineId);
      return {
        ...shown('leads', lead),
        pipeline: pipeline?.name ?? '',
        stageId: String(lead.statusId),
        stages: (pipeline?.stages ?? [])
          .filter(({ id, type }) => type !== UNSORTED_TYPE || id === lead.statusId)
          .map(({ id, name }) => ({ id: String(id), name })),
        contacts: lead.contacts,
      };
    }),
  };
}
