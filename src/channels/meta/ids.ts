import type { PersonIds } from '#channels/terms';

/** Of a person, a page, an account, an app. They become parts of keys. */
const OBJECT_ID = /^\d{1,32}$/;
/** Opaque, and longer than 150 characters now and then. An outcome of Konvert's own is called by a tilde. */
const MESSAGE_ID = /^(?!~$)[!-~]{1,400}$/;
/** Times before this one are told in seconds: it is the year 1973 in milliseconds, and 5138 in seconds. */
const LEAST_MS = 1e11;
const MOST_MS = 8.64e15;

/** The id of a person, a page, an account, an app. Undefined if it is none. Meta writes some as numbers. */
export function objectIdOf(value: unknown): string | undefined {
  const id = Number.isSafeInteger(value) ? String(value) : value;
  return typeof id === 'string' && OBJECT_ID.test(id) ? id : undefined;
}

/** The id of the object that stands in a field such as `sender`. */
export function idIn(value: unknown): string | undefined {
  return typeof value === 'object' && value !== null ? objectIdOf((value as { id?: unknown }).id) : undefined;
}

/** The id of a message. Undefined if it is none. */
export function messageIdOf(value: unknown): string | undefined {
  return typeof value === 'string' && MESSAGE_ID.test(value) ? value : undefined;
}

/** The ids of somebody: one, which is theirs with this page or account only. */
export function personOf(chatType: string, chatId: string): PersonIds {
  return [{ chatType, chatId }];
}

/** A time of Meta's in epoch milliseconds. Undefined if it is none. */
export function timeOf(value: unknown): number | undefined {
  const given = typeof value === 'string' && /^\d{1,16}$/.test(value) ? Number(value) : value;
  if (!Number.isSafeInteger(given)) return undefined;
  const time = given as number;
  const ms = time < LEAST_MS ? time * 1000 : time;
  return ms > 0 && ms <= MOST_MS ? ms : undefined;
}
