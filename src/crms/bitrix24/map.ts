import type * as z from 'zod/mini';
import type { Carrier, Keys } from '#crms/crm';
import type { CrmContact, CrmDeal, CrmPipeline, CrmStage, CrmUser, Portal } from '#domain/crm';
import { type ContactData, MOST_CONTACTS } from '#domain/directory';
import { digitsOf } from './phones.ts';
import {
  type carrierSchema,
  type categoriesSchema,
  type contactSchema,
  type dealSchema,
  isYes,
  type statusesSchema,
  type userSchema,
} from './schema.ts';

/** What Konvert made carries this as its source, and the key as its id there. */
export const ORIGINATOR = 'konvert';
/** Bitrix24's numbers of types. https://apidocs.bitrix24.com/api-reference/crm/data-types.html */
export const TYPES = { deal: 2, contact: 3 } as const;
/** All that is read of a deal. */
export const DEAL_FIELDS = [
  'id',
  'title',
  'stageSemanticId',
  'closed',
  'assignedById',
  'contactId',
  'contactIds',
  'originatorId',
  'originId',
];

/** Where people see it in Bitrix24. */
export const links = {
  contact: ({ host }: Pick<Portal, 'host'>, id: string) =>
    `https://${host}/crm/contact/details/${encodeURIComponent(id)}/`,
  deal: ({ host }: Pick<Portal, 'host'>, id: string) => `https://${host}/crm/deal/details/${encodeURIComponent(id)}/`,
  newDeal: ({ host }: Pick<Portal, 'host'>, contactId: string, pipelineId?: string) => {
    const query = new URLSearchParams({ contact_id: contactId, ...(pipelineId && { category_id: pipelineId }) });
    return `https://${host}/crm/deal/details/0/?${query}`;
  },
};

/** A contact as Konvert knows it. */
export function toContact(host: string, item: z.output<typeof contactSchema>): CrmContact {
  const key = keyOf(item);
  return {
    type: 'contact',
    id: item.id,
    name: nameOf(item.name, item.lastName) || `#${item.id}`,
    responsibleUserId: userOf(item.assignedById),
    contactData: contactDataOf(item.fm ?? []),
    uri: links.contact({ host }, item.id),
    ...(key && { key }),
  };
}

/** A deal as Konvert knows it. Its contacts are the deal's own list: a contact knows only the deals it is main in. */
export function toDeal(host: string, item: z.output<typeof dealSchema>): CrmDeal {
  const key = keyOf(item);
  return {
    type: 'deal',
    id: item.id,
    name: item.title || `#${item.id}`,
    responsibleUserId: userOf(item.assignedById),
    contacts: contactsOf(item),
    closed: item.closed === 'Y' || item.stageSemanticId === 'S' || item.stageSemanticId === 'F',
    uri: links.deal({ host }, item.id),
    ...(key && { key }),
  };
}

/** What carries one of our keys. Its times have a zone (K26). */
export function toCarrier(type: keyof Keys, item: z.output<typeof carrierSchema>): Carrier {
  const createdAt = Date.parse(item.createdTime);
  const changes = [item.updatedTime, item.lastActivityTime].map((time) => (time ? Date.parse(time) : createdAt));
  return {
    type,
    id: item.id,
    key: item.originId,
    createdAt,
    isUntouched: changes.every((at) => at <= createdAt),
    ...(type === 'deal' && { contacts: contactsOf(item) }),
  };
}

/** A user as Konvert knows them. */
export function toUser(user: z.output<typeof userSchema>): CrmUser {
  const phone = digitsOf(user.PERSONAL_MOBILE || user.WORK_PHONE || '');
  return {
    id: user.ID,
    name: nameOf(user.NAME, user.LAST_NAME) || user.EMAIL || `#${user.ID}`,
    ...(phone && { phone }),
    isActive: isYes(user.ACTIVE),
  };
}

type Category = z.output<typeof categoriesSchema>['categories'][number];

/** A pipeline with its stages. Ids of stages are cut to 21 characters, so they are read and never built. */
export function toPipeline({ id, name, isDefault }: Category, stages: z.output<typeof statusesSchema>): CrmPipeline {
  const inOrder = stages.toSorted((one, other) => Number(one.SORT ?? 0) - Number(other.SORT ?? 0));
  return { id, name, isMain: isDefault === 'Y', stages: inOrder.map(toStage) };
}

function toStage({
  STATUS_ID: id,
  NAME: name,
  SEMANTICS: semantics,
}: z.output<typeof statusesSchema>[number]): CrmStage {
  return { id, name: name || id, kind: semantics === 'S' ? 'won' : semantics === 'F' ? 'lost' : 'open' };
}

/** The list of stages of a pipeline. https://apidocs.bitrix24.com/api-reference/crm/status/crm-status-list.html */
export function stageListOf(pipelineId: string): string {
  return pipelineId === '0' ? 'DEAL_STAGE' : `DEAL_STAGE_${pipelineId}`;
}

function keyOf({ originatorId, originId }: { originatorId?: string | undefined; originId?: string | undefined }) {
  return originatorId === ORIGINATOR && originId ? originId : undefined;
}

function userOf(id: string | undefined): string {
  return id === undefined || id === '0' ? '' : id;
}

function contactsOf({ contactIds, contactId }: { contactIds?: string[] | undefined; contactId?: string | undefined }) {
  const all = contactIds?.length ? contactIds : [contactId ?? '0'];
  return all.filter((id) => id !== '0').slice(0, MOST_CONTACTS);
}

/** The names of a person on one line. */
export function nameOf(...names: readonly (string | undefined)[]): string {
  return names
    .map((name) => name?.trim())
    .filter(Boolean)
    .join(' ');
}

interface Multifield {
  readonly typeId?: string | undefined;
  readonly valueType?: string | undefined;
  readonly value?: string | undefined;
}

/** Phones, and the names and ids in messengers. */
function contactDataOf(fields: readonly Multifield[]): ContactData[] {
  const all = fields.flatMap(({ typeId, valueType = '', value = '' }) => {
    if (typeId === 'PHONE') return phoneData(value);
    return typeId === 'IM' ? messengerData(valueType, value.trim()) : [];
  });
  const byText = new Map(all.map((data) => [JSON.stringify(data), data]));
  return [...byText.values()];
}

function phoneData(value: string): ContactData[] {
  const chatId = digitsOf(value);
  return chatId === undefined ? [] : [{ chatType: 'whatsapp', chatId }];
}

/** What Konvert itself wrote names chat type and id; what people wrote is a name, a number or a link. */
function messengerData(valueType: string, value: string): ContactData[] {
  const own = OWN_ID.exec(value);
  if (own) return [{ chatType: own[1] ?? '', chatId: own[2] ?? '' }];
  // People write the number of the person there. A bot of Viber knows nobody by it.
  if (valueType === 'VIBER') return phoneData(value);
  const chatType = NAMED[valueType];
  if (chatType === undefined) return [];
  const name = value.replace(/^https?:\/\/[^/]+\/|^@/, '').replace(/\/.*$/, '');
  if (!/^[\w.]{2,64}$/.test(name)) return [];
  return [chatType === 'telegram' && /^\d+$/.test(name) ? { chatType, chatId: name } : { chatType, username: name }];
}

const OWN_ID = new RegExp(`^${ORIGINATOR}:([a-z]{2,20}):(.{1,200})$`);

/** The messengers of Bitrix24 in which people have names. */
const NAMED: Readonly<Record<string, string>> = { TELEGRAM: 'telegram', INSTAGRAM: 'instagram' };

/** The id of a person in a messenger, as Konvert writes it into a contact. */
export function ownIdOf(chatType: string, chatId: string): string {
  return `${ORIGINATOR}:${chatType}:${chatId}`;
}

/** How the data is written into a new contact, so that it can be read again. */
export function multifieldsOf(
  contactData: readonly ContactData[],
): { typeId: string; valueType: string; value: string }[] {
  const all = contactData.flatMap(({ chatType, chatId, username, phone }) => {
    const isPhone = chatType === 'whatsapp' && digitsOf(chatId ?? '') === chatId;
    const number = digitsOf(phone ?? (isPhone ? chatId : undefined) ?? '');
    const messenger = Object.keys(NAMED).find((valueType) => NAMED[valueType] === chatType);
    return [
      ...(number ? [{ typeId: 'PHONE', valueType: 'MOBILE', value: `+${number}` }] : []),
      ...(username && messenger ? [{ typeId: 'IM', valueType: messenger, value: username.replace(/^@/, '') }] : []),
      ...(chatId && !isPhone ? [{ typeId: 'IM', valueType: 'OTHER', value: ownIdOf(chatType, chatId) }] : []),
    ];
  });
  const byText = new Map(all.map((field) => [JSON.stringify(field), field]));
  return [...byText.values()];
}
