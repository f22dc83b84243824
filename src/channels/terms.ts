import type { PersonId } from '#domain/message';

/** The credentials of a channel, as its operator gave them. Every messenger has its own fields. */
export type Credentials = Readonly<Record<string, string>>;

/**
 * The ids that a messenger has for one person. The first is the one of the chat; each is an address of that person
 * (D1).
 */
export type PersonIds = readonly [PersonId, ...PersonId[]];

/**
 * Why a message was refused. `reason` is a word of the compatible API (`MESSAGE_ERRORS`), `code` and `description` are
 * the messenger's own, without secrets.
 */
export interface Refusal {
  readonly reason: string;
  readonly code: string;
  readonly description: string;
}
