/** The chat types of the channels of each transport. They are told without loading the messenger. */
const CHAT_TYPES: Readonly<Record<string, readonly string[]>> = {
  facebook: ['facebook'],
  instagram: ['instagram'],
  maxbot: ['max'],
  telegram: ['telegram'],
  wapi: ['whatsapp'],
  whatsapp: ['whatsapp'],
  avito: ['avito'],
  vk: ['vk'],
  viber: ['viber'],
};

/** The transports that Konvert speaks. */
export const TRANSPORTS: readonly string[] = Object.keys(CHAT_TYPES);

/** The chat types of a transport's channels; none if there is no messenger of that name. */
export function chatTypesOf(transport: string): readonly string[] {
  return Object.hasOwn(CHAT_TYPES, transport) ? (CHAT_TYPES[transport] ?? []) : [];
}

/** The transports whose webhooks carry no name of the client, and which tell it when they are asked. */
const ASKED_FOR_NAMES: ReadonlySet<string> = new Set(['avito', 'facebook', 'instagram', 'vk']);

/** Whether the messenger has to be asked what a client calls themselves. */
export function isAskedForNames(transport: string): boolean {
  return ASKED_FOR_NAMES.has(transport);
}
