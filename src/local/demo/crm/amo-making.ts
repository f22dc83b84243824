import * as z from 'zod/mini';
import { isClosed } from './amo-lists.ts';
import { type AmoContact, type AmoLead, type AmoState, EMAIL, PHONE, takeId, UNSORTED_TYPE } from './amo-state.ts';

const embedded = z.object({ id: z.number() });
const customFields = z.nullish(
  z.array(
    z.object({
      field_id: z.optional(z.number()),
      field_code: z.optional(z.string()),
      values: z.array(z.object({ value: z.coerce.string(), enum_code: z.optional(z.string()) })),
    }),
  ),
);
const entity = {
  name: z.optional(z.string()),
  first_name: z.optional(z.string()),
  last_name: z.optional(z.string()),
  responsible_user_id: z.optional(z.number()),
  custom_fields_values: customFields,
  request_id: z.optional(z.string()),
};

/** A contact as it is sent. Of one that is changed only what changes is there. */
export const sentContact = z.object(entity);
/** A deal as it is sent, with the contacts that it is for: one that is there, or one to be made with it. */
export const sentLead = z.object({
  ...entity,
  pipeline_id: z.optional(z.number()),
  status_id: z.optional(z.number()),
  _embedded: z.optional(z.object({ contacts: z.optional(z.array(z.union([embedded, sentContact]))) })),
});
/** An enquiry as it is sent. */
export const sentUnsorted = z.object({
  request_id: z.optional(z.string()),
  source_name: z.string(),
  source_uid: z.string(),
  pipeline_id: z.optional(z.number()),
  created_at: z.optional(z.number()),
  _embedded: z.object({ leads: z.optional(z.array(sentLead)), contacts: z.optional(z.array(sentContact)) }),
});

type SentContact = z.infer<typeof sentContact>;
type SentLead = z.infer<typeof sentLead>;

/** What is wrong with what was sent: the field, by its name. */
export class NotSupportedChoice extends Error {
  readonly path: string;

  constructor(path: string) {
    super(`${path}: The value is not valid.`);
    this.name = 'NotSupportedChoice';
    this.path = path;
  }
}

/** Makes a contact. Throws `NotSupportedChoice`. */
export function makeContact(state: AmoState, sent: SentContact, now: number): AmoContact {
  const made = entityOf(state, sent, now);
  state.contacts.push(made);
  return made;
}

/** Makes a deal for contacts that are there. Throws `NotSupportedChoice`. */
export function makeLead(state: AmoState, sent: SentLead, contacts: readonly number[], now: number): AmoLead {
  const place = placeOf(state, sent);
  const isThere = contacts.every((id) => state.contacts.some((contact) => contact.id === id));
  if (!isThere) throw new NotSupportedChoice('_embedded.contacts.0.id');
  const made = { ...entityOf(state, sent, now), ...place, contacts: [...contacts] };
  state.leads.push(made);
  return made;
}

/** Changes what was sent of a contact or a deal, and says what happened to it. Throws `NotSupportedChoice`. */
export function change(
  state: AmoState,
  found: AmoContact | AmoLead,
  sent: SentLead,
  now: number,
): ('responsible' | 'status')[] {
  const responsible = sent.responsible_user_id === undefined ? found.responsibleUserId : userOf(state, sent);
  const happened: ('responsible' | 'status')[] = responsible === found.responsibleUserId ? [] : ['responsible'];
  found.responsibleUserId = responsible;
  if (nameOf(sent) !== '') found.name = nameOf(sent);
  const fields = fieldsOf(state, sent);
  found.fields = [
    ...found.fields.filter(({ field_id }) => !fields.some((one) => one.field_id === field_id)),
    ...fields,
  ];
  if ('statusId' in found && (sent.status_id !== undefined || sent.pipeline_id !== undefined)) {
    const { pipelineId, statusId } = placeOf(state, { pipeline_id: found.pipelineId, ...sent });
    if (statusId !== found.statusId) happened.push('status');
    Object.assign(found, { pipelineId, statusId });
    if (isClosed(statusId)) found.closedAt = now;
    else delete found.closedAt;
  }
  found.updatedAt = now;
  return happened;
}

function entityOf(state: AmoState, sent: SentContact, now: number) {
  const responsibleUserId = sent.responsible_user_id === undefined ? (state.users[0]?.id ?? 0) : userOf(state, sent);
  const id = takeId(state);
  const name = nameOf(sent) || `#${id}`;
  return { id, name, responsibleUserId, createdAt: now, updatedAt: now, fields: fieldsOf(state, sent) };
}

function nameOf({ name, first_name = '', last_name = '' }: SentContact): string {
  return name ?? `${first_name} ${last_name}`.trim();
}

function userOf({ users }: AmoState, { responsible_user_id: id }: SentContact): number {
  const found = users.find((user) => user.id === id && user.isActive);
  if (!found) throw new NotSupportedChoice('responsible_user_id');
  return found.id;
}

function placeOf({ pipelines }: AmoState, { pipeline_id, status_id }: SentLead) {
  const pipeline = pipelines.find(({ id, isMain }) => (pipeline_id === undefined ? isMain : id === pipeline_id));
  if (!pipeline) throw new NotSupportedChoice('pipeline_id');
  const open = pipeline.stages.filter(({ type }) => type !== UNSORTED_TYPE);
  const stage = status_id === undefined ? open[0] : open.find(({ id }) => id === status_id);
  if (!stage) throw new NotSupportedChoice('status_id');
  return { pipelineId: pipeline.id, statusId: stage.id };
}

const CODES: Readonly<Record<string, number>> = { PHONE, EMAIL };

function fieldsOf(state: AmoState, { custom_fields_values: sent }: SentContact): AmoContact['fields'] {
  const known = [PHONE, EMAIL, ...Object.values(state.fields).flatMap((own) => own.map(({ id }) => id))];
  return (sent ?? []).map(({ field_id, field_code, values }, index) => {
    const id = field_id ?? CODES[field_code ?? ''] ?? 0;
    if (!known.includes(id)) throw new NotSupportedChoice(`custom_fields_values.${index}.field_id`);
    return {
      field_id: id,
      ...(field_code !== undefined && { field_code }),
      values: values.map(({ value, enum_code }) => ({ value, ...(enum_code !== undefined && { enum_code }) })),
    };
  });
}
