import type { Asked, Carrier, Failed } from '#crms/crm';
import { plainChatId } from '#domain/address';
import type { CrmContact, CrmDeal, CrmPipeline, Ref } from '#domain/crm';
import type { ContactData } from '#domain/directory';
import type { HubspotAnswer } from './client.ts';
import type { HubspotObject, pipelinesSchema } from './schema.ts';

/** The property that holds our key, unique in the portal. */
export const KEY = 'konvert_id';
/** The property that holds a contact's addresses that are no phone: one a line, `telegram:42` or `telegram:42:@dana`. */
export const CHATS = 'konvert_chats';

/** What HubSpot calls contacts and deals in paths. */
export const OBJECTS: Readonly<Record<Ref['type'], string>> = { contact: 'contacts', deal: 'deals' };

const PHONES = ['phone', 'mobilephone', 'hs_whatsapp_phone_number'] as const;
/** What is read of a contact, and of a deal. */
export const PROPERTIES: Readonly<Record<Ref['type'], readonly string[]>> = {
  contact: ['firstname', 'lastname', 'email', ...PHONES, 'hubspot_owner_id', 'hs_merged_object_ids', KEY, CHATS],
  deal: ['dealname', 'dealstage', 'pipeline', 'hubspot_owner_id', 'hs_is_closed', 'hs_merged_object_ids', KEY],
};

/** HubSpot works on a record for a moment after it was made, so that it counts as changed. */
const SETTLES_MS = 10_000;

/** The contact in our words. */
export function toContact({ id, properties }: HubspotObject): CrmContact {
  const { firstname, lastname, email, hubspot_owner_id: owner } = properties;
  const name = [firstname, lastname].filter(Boolean).join(' ') || email || id;
  const key = properties[KEY];
  return {
    type: 'contact',
    id,
    name,
    responsibleUserId: owner ?? '',
    contactData: addressesOf(properties),
    ...(key && { key }),
  };
}

/** The deal in our words. */
export function toDeal({ id, properties }: HubspotObject, contacts: readonly string[]): CrmDeal {
  const { dealname, hubspot_owner_id: owner, hs_is_closed: closed } = properties;
  const key = properties[KEY];
  return {
    type: 'deal',
    id,
    name: dealname || id,
    responsibleUserId: owner ?? '',
    contacts,
    closed: closed === 'true',
    ...(key && { key }),
  };
}

/** What carries our key. */
export function toCarrier(
  type: Ref['type'],
  key: string,
  object: HubspotObject,
  contacts?: readonly string[],
): Carrier {
  const createdAt = Date.parse(object.createdAt);
  const isUntouched = Date.parse(object.updatedAt) - createdAt <= SETTLES_MS;
  return { type, id: object.id, key, createdAt, isUntouched, ...(contacts && { contacts }) };
}

/** The ids of records that were merged into this one. */
export function mergedOf({ properties }: HubspotObject): readonly string[] {
  return (properties.hs_merged_object_ids ?? '').split(';').filter(Boolean);
}

function addressesOf(properties: HubspotObject['properties']): readonly ContactData[] {
  const phones = PHONES.map((name) => plainChatId('whatsapp', properties[name]?.trim() ?? '')).filter(Boolean);
  const ofPhones = [...new Set(phones)].map((chatId) => ({ chatType: 'whatsapp', chatId }));
  const lines = (properties[CHATS] ?? '')
    .split('\n')
    .map((line) => /^([a-z]+):([^:\s]*)(?::@(\S+))?$/.exec(line.trim()));
  const ofChats = lines.flatMap((match) => {
    const [, chatType = '', chatId, username] = match ?? [];
    return chatId || username ? [{ chatType, ...(chatId && { chatId }), ...(username && { username }) }] : [];
  });
  return [...ofPhones, ...ofChats];
}

/** The properties that hold a contact's addresses. The first phone is the phone, anything else stands in our own one. */
export function addressProperties(contactData: readonly ContactData[]): Readonly<Record<string, string>> {
  const phone = contactData.map(phoneOf).find((digits) => digits !== undefined);
  const lines = contactData
    .filter(({ chatType, chatId }) => !(chatType === 'whatsapp' && chatId === phone))
    .map(chatLine);
  return { ...(phone && { phone: `+${phone}` }), ...(lines.length > 0 && { [CHATS]: lines.join('\n') }) };
}

/** How an address stands in our own property. */
export function chatLine({ chatType, chatId = '', username }: ContactData): string {
  return `${chatType}:${chatId}${username ? `:@${username}` : ''}`;
}

/** The phone number of an address, in digits. */
export function phoneOf({ chatType, chatId = '', phone }: ContactData): string | undefined {
  const written = chatType === 'whatsapp' ? plainChatId(chatType, chatId) : phone?.replaceAll(/\D/g, '');
  return written && /^\d{5,15}$/.test(written) ? written : undefined;
}

/** The pipelines in our words, without archived ones. */
export function toPipelines({
  results,
}: {
  results: (typeof pipelinesSchema)['_zod']['output']['results'];
}): CrmPipeline[] {
  const sorted = results
    .filter(({ archived }) => !archived)
    .sort((one, other) => one.displayOrder - other.displayOrder);
  const main = sorted.find(({ id }) => id === 'default') ?? sorted[0];
  return sorted.map(({ id, label, stages }) => ({
    id,
    name: label,
    isMain: id === main?.id,
    stages: stages
      .filter(({ archived }) => !archived)
      .sort((one, other) => one.displayOrder - other.displayOrder)
      .map((stage) => ({ id: stage.id, name: stage.label, kind: kindOf(stage.metadata) })),
  }));
}

function kindOf(metadata: Readonly<Record<string, string>> = {}): 'open' | 'won' | 'lost' {
  if (metadata.isClosed !== 'true') return 'open';
  return Number(metadata.probability) > 0 ? 'won' : 'lost';
}

/** What is wrong with what was sent, in words that the frame can do something about. */
export function refusalOf({ description, details }: Extract<HubspotAnswer, { kind: 'invalid' }>): Failed {
  for (const { code, property } of details) {
    if (property === KEY || property === CHATS)
      return { kind: 'refused', code: 'FIELD_GONE', description, about: property };
    if (property === 'hubspot_owner_id') return { kind: 'refused', code: 'USER_GONE', description };
    if (property === 'dealstage' || property === 'pipeline')
      return { kind: 'refused', code: 'STAGE_GONE', description };
    if (property)
      return { kind: 'refused', code: 'VALIDATION_RULE', description: `${code}: ${description}`, about: property };
  }
  return { kind: 'refused', code: 'INVALID', description };
}

/** The answer, with what is wrong in our words. */
export function refused(answer: HubspotAnswer): Asked<unknown> {
  return answer.kind === 'invalid' ? refusalOf(answer) : answer;
}
