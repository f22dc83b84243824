import type * as z from 'zod/mini';
import type { Carrier } from '#crms/crm';
import type { CrmContact, CrmDeal, CrmFields, CrmPipeline, CrmStage, CrmUser, Portal } from '#domain/crm';
import { type ContactData, MOST_CONTACTS } from '#domain/directory';
import { phoneIn, phoneOf } from './phones.ts';
import type { contactSchema, leadSchema, pipelineSchema, userSchema } from './schema.ts';

/** The same in every pipeline. https://www.amocrm.ru/developers/content/crm_platform/leads_pipelines */
const KINDS: Readonly<Record<string, CrmStage['kind']>> = { '142': 'won', '143': 'lost' };
/** The stage in which unaccepted enquiries lie. No lead can be made in it. */
const UNSORTED_TYPE = 1;
/** amoCRM's own field for phones, in every account. */
const PHONE_CODE = 'PHONE';

type Contact = z.output<typeof contactSchema>;
type Lead = z.output<typeof leadSchema>;

/** Where people see it in amoCRM. */
export const links = {
  contact: ({ host }: Pick<Portal, 'host'>, id: string) => `https://${host}/contacts/detail/${encodeURIComponent(id)}`,
  deal: ({ host }: Pick<Portal, 'host'>, id: string) => `https://${host}/leads/detail/${encodeURIComponent(id)}`,
  newDeal: ({ host }: Pick<Portal, 'host'>, contactId: string, pipelineId?: string) => {
    const query = new URLSearchParams({ ...(pipelineId && { pipeline_id: pipelineId }), contact_id: contactId });
    return `https://${host}/leads/add/?${query}`;
  },
};

/** A contact as Konvert knows it. */
export function toContact(host: string, fields: CrmFields, item: Contact): CrmContact {
  const key = valuesOf(item, fields.contactKey)[0];
  return {
    type: 'contact',
    id: item.id,
    name: item.name || `#${item.id}`,
    responsibleUserId: userIn(item),
    contactData: contactDataOf(item, fields),
    uri: links.contact({ host }, item.id),
    ...(key && { key }),
  };
}

/** A lead, which is Konvert's deal. */
export function toDeal(host: string, fields: CrmFields, item: Lead): CrmDeal {
  const key = valuesOf(item, fields.dealKey)[0];
  return {
    type: 'deal',
    id: item.id,
    name: item.name || `#${item.id}`,
    responsibleUserId: userIn(item),
    contacts: contactsOf(item),
    closed: Object.hasOwn(KINDS, item.status_id ?? ''),
    uri: links.deal({ host }, item.id),
    ...(key && { key }),
  };
}

/** What carries the key, if it does. */
export function toCarrier(
  type: 'contact' | 'deal',
  item: Contact | Lead,
  fieldId: string | undefined,
  wanted: string,
): Carrier[] {
  if (!valuesOf(item, fieldId).includes(wanted)) return [];
  const { id, created_at: createdAt, updated_at: updatedAt } = item;
  return [
    {
      type,
      id,
      key: wanted,
      createdAt: createdAt * 1000,
      // A lead and its contact are linked within the second after they were made.
      isUntouched: updatedAt - createdAt <= 1,
      ...(type === 'deal' && { contacts: contactsOf(item) }),
    },
  ];
}

/** A user as Konvert knows them. amoCRM tells no phone of a user. */
export function toUser({ id, name, email, rights }: z.output<typeof userSchema>): CrmUser {
  return { id, name: name || email || `#${id}`, isActive: rights?.is_active !== false };
}

/** A pipeline with its stages in order. */
export function toPipeline({ id, name, is_main, _embedded }: z.output<typeof pipelineSchema>): CrmPipeline {
  const inOrder = _embedded.statuses.toSorted((one, other) => (one.sort ?? 0) - (other.sort ?? 0));
  return {
    id,
    name,
    isMain: is_main === true,
    stages: inOrder.map((stage) => ({
      id: stage.id,
      name: stage.name,
      kind: stage.type === UNSORTED_TYPE ? 'unsorted' : (KINDS[stage.id] ?? 'open'),
    })),
  };
}

/** The contacts of a lead, the main one first. */
export function contactsOf({ _embedded }: Contact | Lead): string[] {
  const contacts = (_embedded && 'contacts' in _embedded && _embedded.contacts) || [];
  return contacts.map(({ id }) => id).slice(0, MOST_CONTACTS);
}

function userIn({ responsible_user_id: id }: Contact | Lead): string {
  return id === undefined || id === '0' ? '' : id;
}

function valuesOf({ custom_fields_values: all }: Contact | Lead, fieldId: string | undefined): string[] {
  const found = fieldId === undefined ? undefined : all?.find(({ field_id }) => field_id === fieldId);
  return (found?.values ?? []).flatMap(({ value }) => (value === undefined ? [] : [String(value)]));
}

/** Phones, and the ids in messengers that Konvert wrote. */
function contactDataOf(item: Contact, fields: CrmFields): ContactData[] {
  const phones = (item.custom_fields_values ?? [])
    .filter(({ field_code }) => field_code === PHONE_CODE)
    .flatMap(({ values }) => values.flatMap(({ value }) => phoneIn(String(value ?? '')) ?? []))
    .map((chatId) => ({ chatType: 'whatsapp', chatId }));
  const own = valuesOf(item, fields.chats).flatMap((text) => text.split('\n').flatMap(chatIn));
  const byText = new Map([...phones, ...own].map((data) => [JSON.stringify(data), data]));
  return [...byText.values()];
}

function chatIn(line: string): ContactData[] {
  const [, chatType, chatId, username] = /^([a-z]{2,20}):(\S{0,200})(?: @(\S{1,64}))?$/.exec(line.trim()) ?? [];
  if (!chatType || !(chatId || username)) return [];
  return [{ chatType, ...(chatId && { chatId }), ...(username && { username }) }];
}

/** How a person in a messenger stands in Konvert's field: `telegram:5550001 @dana`. */
function chatLine({ chatType, chatId = '', username }: ContactData): string {
  return `${chatType}:${chatId}${username ? ` @${username.replace(/^@/, '')}` : ''}`;
}

/** A value of a field, as it is sent. */
export interface SentField {
  readonly field_id?: number;
  readonly field_code?: string;
  readonly values: readonly { readonly value: string; readonly enum_code?: string }[];
}

/** The fields of a new contact: its key, its phones, and its ids in messengers, so that all can be read again. */
export function contactFieldsOf(fields: CrmFields, key: string, contactData: readonly ContactData[]): SentField[] {
  const phones = [...new Set(contactData.flatMap((data) => phoneOf(data) ?? []))];
  const chats = contactData.filter(
    (data) => !(data.chatType === 'whatsapp' && phoneOf({ ...data, phone: data.chatId ?? '' })),
  );
  const lines = [...new Set(chats.map(chatLine))];
  return [
    ...keyField(fields.contactKey, key),
    ...(phones.length > 0
      ? [{ field_code: PHONE_CODE, values: phones.map((phone) => ({ value: `+${phone}`, enum_code: 'MOB' })) }]
      : []),
    ...(lines.length > 0 && fields.chats
      ? [{ field_id: Number(fields.chats), values: [{ value: lines.join('\n') }] }]
      : []),
  ];
}

/** Konvert's field of a contact with these addresses beside those that stand there. */
export function withChats(fields: CrmFields, item: Contact, contactData: readonly ContactData[]): SentField[] {
  if (!fields.chats) return [];
  const lines = valuesOf(item, fields.chats).flatMap((text) => text.split('\n').filter(Boolean));
  const value = [...new Set([...lines, ...contactData.map(chatLine)])].join('\n');
  return [{ field_id: Number(fields.chats), values: [{ value }] }];
}

/** The key in its field. */
export function keyField(fieldId: string | undefined, key: string): SentField[] {
  return fieldId ? [{ field_id: Number(fieldId), values: [{ value: key }] }] : [];
}
