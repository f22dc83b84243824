import * as z from 'zod/mini';
import { type AmoHook, type AmoKind, happenedTo } from './amo-hooks.ts';
import { type AmoAnswer, filtered, listed, refused } from './amo-lists.ts';
import { change, makeContact, makeLead, NotSupportedChoice, sentContact, sentLead } from './amo-making.ts';
import { shownAccount, shownContact, shownFields, shownLead, shownPipeline, shownUser } from './amo-shapes.ts';
import { type AmoContact, type AmoLead, type AmoState, takeId } from './amo-state.ts';
import { onUnsorted } from './amo-unsorted.ts';

/** A call of the API of an account. `now` is in seconds, and ids of enquiries are made of `newUid`. */
export interface AmoCall {
  readonly method: string;
  /** Below `/api/v4`. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly sent: unknown;
  readonly now: number;
  readonly newUid: () => string;
}

/** What a call was answered, and the hooks that it rang. */
export interface AmoOutcome {
  readonly answer: AmoAnswer;
  readonly hooks: readonly AmoHook[];
}

/**
 * Answers as amoCRM does, for the calls that Konvert needs, and changes the state. Who calls is not asked: that is of
 * whoever listens. https://www.amocrm.ru/developers/content/crm_platform/api-reference
 */
export function answerAmo(state: AmoState, call: AmoCall): AmoOutcome {
  const hooks: AmoHook[] = [];
  const { contacts, leads, notes, unsorted } = state;
  const before = { contacts: [...contacts], leads: [...leads], notes: [...notes], unsorted: [...unsorted] };
  try {
    const answer = route(state, call, (rung) => hooks.push(...rung));
    return { answer: answer ?? refused(404, 'There is nothing here'), hooks };
  } catch (error) {
    // Of a call that is refused nothing is kept.
    Object.assign(state, before);
    if (error instanceof NotSupportedChoice) return { answer: refused(400, error.message, error.path), hooks: [] };
    if (error instanceof z.core.$ZodError) return { answer: refused(400, 'Request validation failed'), hooks: [] };
    throw error;
  }
}

type Ring = (hooks: readonly AmoHook[]) => void;

function route(state: AmoState, call: AmoCall, ring: Ring): AmoAnswer | undefined {
  const { method, path, query } = call;
  const [first = '', second, third] = path.split('/').filter(Boolean);
  const isGet = method === 'GET';
  if (first === 'account' && isGet) return ok(shownAccount(state));
  if (first === 'users' && isGet) {
    if (second === undefined) return listed('users', state.users.map(shownUser), query);
    const found = state.users.find(({ id }) => id === Number(second));
    return found && ok(shownUser(found));
  }
  if (first === 'webhooks') return onHooks(state, call);
  if (first === 'leads' && second === 'pipelines' && isGet) {
    const shown = state.pipelines.map((one) => shownPipeline(one, state.account.id));
    if (third === undefined) return listed('pipelines', shown, query);
    const found = shown.find(({ id }) => id === Number(third));
    return found && ok(found);
  }
  if (first === 'leads' && second === 'complex' && method === 'POST') return onComplex(state, call, ring);
  if (first === 'leads' && second === 'unsorted') return onUnsorted(state, call, ring);
  if (first !== 'contacts' && first !== 'leads') return undefined;
  if (second === 'custom_fields') return onFields(state, first, call);
  if (second === 'notes' || third === 'notes') return onNotes(state, first, call);
  return onEntities(state, first, second, call, ring);
}

function onHooks(state: AmoState, { method, sent }: AmoCall): AmoAnswer | undefined {
  const shown = (hook: AmoState['hooks'][number]) => ({ ...hook, disabled: false, sort: 10 });
  if (method === 'GET') return listed('webhooks', state.hooks.map(shown), new URLSearchParams());
  const { destination, settings = [] } = hookSchema.parse(sent);
  state.hooks = state.hooks.filter((hook) => hook.destination !== destination);
  if (method === 'DELETE') return { status: 204 };
  if (method !== 'POST') return undefined;
  const made = { id: takeId(state), destination, settings };
  state.hooks.push(made);
  return { status: 201, body: shown(made) };
}

const hookSchema = z.object({ destination: z.string(), settings: z.optional(z.array(z.string())) });

function onFields(state: AmoState, kind: AmoKind, { method, query, sent }: AmoCall): AmoAnswer | undefined {
  if (method === 'GET') return listed('custom_fields', shownFields(state, kind), query);
  if (method !== 'POST') return undefined;
  const made = fieldsSchema.parse(sent).map((field) => ({ id: takeId(state), ...field }));
  state.fields[kind].push(...made);
  const ids = new Set(made.map(({ id }) => id));
  return ok({ _embedded: { custom_fields: shownFields(state, kind).filter(({ id }) => ids.has(id)) } });
}

const fieldsSchema = z.array(z.object({ name: z.string(), type: z.string(), code: z.optional(z.string()) }));

function onNotes(state: AmoState, type: AmoKind, { method, path, query, sent, now }: AmoCall): AmoAnswer | undefined {
  const [, second] = path.split('/').filter(Boolean);
  const of = second === 'notes' ? undefined : Number(second);
  if (method === 'GET') {
    const found = state.notes.filter((note) => note.type === type && (of === undefined || note.entityId === of));
    const shown = found.map(({ id, entityId, text, createdAt }) => ({
      id,
      entity_id: entityId,
      created_at: createdAt,
      note_type: 'common',
      params: { text },
    }));
    return listed('notes', shown, query);
  }
  if (method !== 'POST') return undefined;
  const made = notesSchema.parse(sent).map(({ entity_id = of ?? 0, params: { text }, request_id }) => {
    if (!state[type].some(({ id }) => id === entity_id)) throw new NotSupportedChoice('entity_id');
    const id = takeId(state);
    state.notes.push({ id, type, entityId: entity_id, text, createdAt: now });
    return { id, entity_id, ...(request_id !== undefined && { request_id }) };
  });
  return ok({ _embedded: { notes: made } });
}

const notesSchema = z.array(
  z.object({
    entity_id: z.optional(z.number()),
    note_type: z.string(),
    params: z.object({ text: z.string() }),
    request_id: z.optional(z.string()),
  }),
);

function onEntities(
  state: AmoState,
  kind: AmoKind,
  id: string | undefined,
  call: AmoCall,
  ring: Ring,
): AmoAnswer | undefined {
  const { method, query, sent, now } = call;
  const shown = (one: AmoContact | AmoLead) => ('contacts' in one ? shownLead(state, one) : shownContact(state, one));
  if (method === 'GET' && id === undefined) {
    // Contacts of enquiries that nobody has accepted are in no list.
    const hidden = new Set(state.unsorted.flatMap(({ contactId, leadId }) => [contactId, leadId]));
    const all: readonly (AmoContact | AmoLead)[] = state[kind];
    return listed(
      kind,
      filtered(
        all.filter((one) => !hidden.has(one.id)),
        query,
      ).map(shown),
      query,
    );
  }
  if (method === 'GET') {
    const found = state[kind].find((one) => one.id === Number(id));
    return found ? ok(shown(found)) : { status: 204 };
  }
  if (method === 'POST' && id === undefined) {
    const made = z
      .array(kind === 'leads' ? sentLead : sentContact)
      .parse(sent)
      .map((one) => {
        const contacts = ('_embedded' in one && sentLead.parse(one)._embedded?.contacts) || [];
        const ids = contacts.flatMap((contact) => ('id' in contact ? [contact.id] : []));
        const entity = kind === 'leads' ? makeLead(state, one, ids, now) : makeContact(state, one, now);
        ring(happenedTo(state, kind, 'add', entity));
        return { id: entity.id, ...(one.request_id !== undefined && { request_id: one.request_id }) };
      });
    return ok({ _embedded: { [kind]: made } });
  }
  if (method !== 'PATCH') return undefined;
  const changes = id === undefined ? manyChanges.parse(sent) : [{ ...sentLead.parse(sent), id: Number(id) }];
  const changed = changes.map((one) => {
    const found = state[kind].find((known) => known.id === one.id);
    if (!found) throw new NotSupportedChoice('id');
    changeEntity(state, kind, found, one, now, ring);
    return { id: found.id, updated_at: now };
  });
  return ok(id === undefined ? { _embedded: { [kind]: changed } } : changed[0]);
}

const manyChanges = z.array(z.extend(sentLead, { id: z.number() }));

/** Changes a contact or a deal, as by the API or by a person, and rings what amoCRM rings then. */
export function changeEntity(
  state: AmoState,
  kind: AmoKind,
  found: AmoContact | AmoLead,
  sent: z.infer<typeof sentLead>,
  now: number,
  ring: Ring,
): void {
  const before = found.responsibleUserId;
  const happened = change(state, found, sent, now);
  const facts = { old_responsible_user_id: before, modified_user_id: state.users[0]?.id ?? 0 };
  // The change of a contact's responsible user comes as an update.
  const words = kind === 'contacts' ? (['update'] as const) : (['update', ...happened] as const);
  for (const word of words) ring(happenedTo(state, kind, word, found, facts));
}

function onComplex(state: AmoState, { sent, now }: AmoCall, ring: Ring): AmoAnswer {
  const made = z
    .array(sentLead)
    .parse(sent)
    .map((one) => {
      const [contact] = one._embedded?.contacts ?? [];
      const known = contact && 'id' in contact ? contact.id : undefined;
      const person = contact && !('id' in contact) ? makeContact(state, contact, now) : undefined;
      const contactId = known ?? person?.id;
      const lead = makeLead(state, one, contactId === undefined ? [] : [contactId], now);
      if (person) ring(happenedTo(state, 'contacts', 'add', person));
      ring(happenedTo(state, 'leads', 'add', lead));
      const request_id = one.request_id === undefined ? [] : [one.request_id];
      return { id: lead.id, contact_id: contactId ?? null, company_id: null, request_id, merged: false };
    });
  return ok(made);
}

function ok(body: unknown): AmoAnswer {
  return { status: 200, body };
}
