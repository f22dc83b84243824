/** The chat type of a person's dialog with a bot. The id of the chat is that of the person. */
export const CHAT_TYPE = 'max';

const PRESS = /^press\.\d{1,16}\.(?<callbackId>.{1,512})$/s;

/**
 * Konvert's id of a pressed button. MAX names the keyboard ("Current keyboard identifier"), so the time tells one press
 * from the next. https://dev.max.ru/docs-api/objects/Update
 */
export function toPressId(callbackId: string, time: number): string {
  return `press.${time}.${callbackId}`;
}

/** MAX's id to answer a pressed button by. Undefined if the id is not that of a press. */
export function toCallbackId(pressId: string): string | undefined {
  return PRESS.exec(pressId)?.groups?.callbackId;
}

/** Konvert's id of a notice, for which MAX has none. A person cannot do the same twice in a millisecond. */
export function toNoticeId(kind: string, time: number): string {
  return `${kind}.${time}`;
}

/** Whether that is MAX's id of a message, which can be quoted, changed and deleted. */
export function isMessageId(providerId: string): boolean {
  return /^(?:mid\.)?[\w-]{1,128}$/.test(providerId);
}

/**
 * When a message was written (epoch ms). Its id is the number of its chat and its own, and that begins with the time. It
 * is told nowhere: of `mid.0000000008a53b9b019c44bd612d33e0`, the time is 0x019c44bd612d. Undefined for any other id.
 */
export function timeOfMessage(mid: string): number | undefined {
  const time = /^mid\.[0-9a-f]{16}([0-9a-f]{12})[0-9a-f]{4}$/.exec(mid)?.[1];
  return time === undefined ? undefined : Number.parseInt(time, 16);
}
