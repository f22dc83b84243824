import type { PersonId } from '#domain/message';

/** The chat type of a person at WhatsApp. */
export const CHAT_TYPE = 'whatsapp';

/** A phone number's address, with or without the number of a device behind it. */
const PHONE_JID = /^(\d{5,20})(?::\d{1,5})?@(?:s\.whatsapp\.net|c\.us|hosted)$/;
/** An address that hides the phone number. Its digits are none of a phone, so the sign and the word stay with them. */
const LID_JID = /^(\d{1,32})(?::\d{1,5})?@(?:hosted\.)?lid$/;
const PHONE = /^\d{5,20}$/;
const LID = /^\d{1,32}@lid$/;
/** Hex digits, 16 to 40 of them. Ids become parts of keys; Konvert itself has an outcome that is called by a tilde. */
const MESSAGE_ID = /^(?!~$)[!-~]{1,128}$/;

/** Addresses of nobody in particular, by what is behind their `@`. */
const CROWDS: Readonly<Record<string, string>> = {
  'g.us': 'group',
  broadcast: 'broadcast',
  newsletter: 'newsletter',
  bot: 'bot',
};

/**
 * The ids of a person by their addresses: a phone number and a hidden address, in this order, whichever fields they came
 * in. Of several of one kind the first counts: two people would be one for good.
 */
export function idsOf(...jids: readonly unknown[]): PersonId[] {
  const given = jids.filter((jid) => typeof jid === 'string');
  const [phone] = given.flatMap((jid) => PHONE_JID.exec(jid)?.[1] ?? []);
  const [lid] = given.flatMap((jid) => LID_JID.exec(jid)?.[1] ?? []).map((digits) => `${digits}@lid`);
  return [phone, lid].filter((chatId) => chatId !== undefined).map((chatId) => ({ chatType: CHAT_TYPE, chatId }));
}

/** What an address is the address of, if it is none of one person: a group, a status, a channel. */
export function crowdOf(jid: unknown): string | undefined {
  if (typeof jid !== 'string') return undefined;
  const domain = jid.slice(jid.lastIndexOf('@') + 1);
  return Object.hasOwn(CROWDS, domain) ? CROWDS[domain] : undefined;
}

/** The address of an id, as a message is sent to it. Undefined if it is none of WhatsApp's. */
export function jidOf(chatId: string): string | undefined {
  if (PHONE.test(chatId)) return `${chatId}@s.whatsapp.net`;
  return LID.test(chatId) ? chatId : undefined;
}

/** Whether it is an address without a phone number. */
export function isLid(jid: string): boolean {
  return LID_JID.test(jid);
}

/** The id of a message or a call. Undefined if it is none. */
export function messageIdOf(value: unknown): string | undefined {
  return typeof value === 'string' && MESSAGE_ID.test(value) ? value : undefined;
}
