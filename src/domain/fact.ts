import type { Author, Buttons, Content, PersonId, Profile } from './message.ts';
import { LAST_TIME, TIME_KEY, timeKey, timeOf } from './time-key.ts';

/**
 * Something that was said in a chat, stored once and never counted. `key` is the messenger time (13 digits, epoch
 * milliseconds), `#` and an id that is unique in the chat, so facts sort by time. `storedAt` is our clock when the fact
 * was first put.
 */
export type Fact = ClientMessage | Echo | Reply | NoReplyNeeded | StillOwed;

/** A message. The other facts are decisions of the team. */
export type Said = ClientMessage | Echo | Reply;

interface Stored {
  readonly key: string;
  readonly storedAt: number;
}

/** Something that the messenger tells. */
interface Told extends Stored {
  /**
   * Only an edit told of the message. The line opens and covers nothing, and the message itself takes its place if it
   * still comes.
   */
  readonly fromEdit?: true;
  /**
   * It came by an import. The line opens, covers and tells nothing, and moves no chat in a list (U4). If the message
   * itself comes as well, it takes its place.
   */
  readonly history?: true;
  /** Another program held the conversation then. */
  readonly standby?: true;
  /** The other ids of the person, if the messenger told any: each is an address of theirs (D1). */
  readonly ids?: readonly PersonId[];
}

/**
 * A message of the client. `opens`: whether it makes the chat unanswered (U6). `via`: the connection by which a reply
 * has to leave. `topic`: the part of the chat in which it was written, if the client divided the chat into topics.
 */
export interface ClientMessage extends Told {
  readonly kind: 'client';
  readonly opens: boolean;
  readonly author: Author;
  readonly content: Content;
  readonly via?: string;
  readonly topic?: string;
  /** The ids that the person has from then on. Only a line that tells of such a change has them. */
  readonly became?: readonly PersonId[];
}

/**
 * A message that the team wrote outside Konvert, on the phone or in the messenger's own app. `by: 'automatic'`: a
 * machine wrote it in the team's name, so it covers nothing. `by: 'us'`: it is the reply `ours` that came back, so it is
 * no message of its own. `from`, where that may turn out: the oldest key that it may have closed. `client`: what the
 * messenger told of the client with it.
 */
export interface Echo extends Told {
  readonly kind: 'echo';
  readonly author: Author;
  readonly content: Content;
  readonly by?: 'automatic' | 'us';
  readonly ours?: string;
  readonly from?: string;
  readonly client?: Profile;
}

/**
 * A message that the team wrote through Konvert. Without `covers` it answers nothing (`clearUnanswered: false`).
 * `refused` is the attempt that the messenger refused; it is removed when a later attempt succeeds. `attemptAt`: when a
 * later attempt than the first was begun (epoch ms). `crmMessageId`: the id by which its sender knows it. `fromPage`: it
 * was written in the page.
 */
export interface Reply extends Stored {
  readonly kind: 'reply';
  readonly author: Author;
  readonly content: Content;
  readonly covers?: Seen;
  readonly attempt: number;
  readonly attemptAt?: number;
  readonly refused?: number;
  readonly crmMessageId?: string;
  readonly fromPage?: true;
  readonly via?: string;
  readonly topic?: string;
  readonly sends?: Sends;
}

/** What is sent beside the content of a reply. The file of a reply is the media of its content. */
export interface Sends {
  readonly buttons?: Buttons;
  readonly template?: SentTemplate;
}

/** A template with what it was filled with. The file of its header is the media of the reply's content. */
export interface SentTemplate {
  /** The messenger's own id of it. */
  readonly templateId: string;
  readonly name: string;
  readonly language: string;
  readonly values: readonly string[];
  /** What its buttons give back, in their order. */
  readonly payloads?: readonly string[];
}

/** The decision that no reply is needed. With `withdrawnAt` it was taken back. */
export interface NoReplyNeeded extends Stored {
  readonly kind: 'no-reply-needed';
  readonly author: Author;
  readonly reason?: string;
  readonly covers: Seen;
  readonly withdrawnAt?: number;
}

/**
 * Somebody of the team said that they still owe an answer (U9). `of` is the key of the client's newest message then. It
 * covers nothing. With `withdrawnAt` it was taken back.
 */
export interface StillOwed extends Stored {
  readonly kind: 'still-owed';
  readonly author: Author;
  readonly of: string;
  readonly withdrawnAt?: number;
}

/**
 * What a writer has seen of a chat. It stands for the client messages between `low` and `upTo` that were stored before
 * `at` or are named in `ids`. `from` is the oldest key that the answer may have closed: if the answer is refused or
 * withdrawn, the fold reads again from there.
 */
export interface Seen {
  readonly from: string;
  readonly low: string;
  readonly upTo: string;
  readonly at: number;
  readonly ids: readonly string[];
}

/** Whether the fact is a message, and no decision of the team. */
export function isSaid(fact: Fact): fact is Said {
  return fact.kind !== 'no-reply-needed' && fact.kind !== 'still-owed';
}

/** Whether the fact is a reply of ours that came back. It is no message of its own, also if it has counted as one before. */
export function isOwnEcho(fact: Fact): fact is Echo & { readonly by: 'us' } {
  return fact.kind === 'echo' && fact.by === 'us';
}

/** The `kind` of content that is a pressed button. */
export const PRESSED = 'button';

/** The `kind` of content that is a call of the client which the team answered. */
export const ANSWERED_CALL = 'call';

/** The `kind` of content that a file takes the place of later. The edit that brings it is a change that nobody made. */
export const PLACEHOLDER = 'media_placeholder';

/** Whether the fact is a button that the client pressed. */
export function isPress(fact: Fact): boolean {
  return fact.kind === 'client' && fact.content.kind === PRESSED;
}

/** Whether the fact came by an import (U4). */
export function isHistory(fact: Fact): boolean {
  return 'history' in fact && fact.history === true;
}

/** Sorts before every fact key. */
export const FIRST_KEY = '0';
/** Sorts after every fact key, and before every other item of a chat: keys begin with a digit, `of#` with a letter. */
export const END_OF_KEYS = ':';

/** The key of a fact. A time outside 1970–2286 counts as the nearest time inside. Throws if it is no time at all. */
export function factKey(time: number, id: string): string {
  if (!Number.isFinite(time)) throw new RangeError('A fact has no key without a time');
  const inside = Math.min(Math.max(Math.trunc(time), 0), LAST_TIME);
  return timeKey(inside, id);
}

/** The messenger time of a fact, in epoch milliseconds. */
export function timeOfKey(key: string): number {
  return timeOf(key);
}

/** The id in a key: the messenger's for a client message or an echo, ours for an answer through Konvert. */
export function idOfKey(key: string): string {
  return key.slice(14);
}

/** The messenger time of a fact (epoch ms). Earlier releases stored keys without a time: those count as stored. */
export function messengerTime({ key, storedAt }: Stored): number {
  return TIME_KEY.test(key) ? timeOf(key) : storedAt;
}

/** The time for places and "since" (epoch ms): a messenger time in the future counts as the time of receipt. */
export function saidAt(fact: Stored): number {
  return Math.min(messengerTime(fact), fact.storedAt);
}

/** The least of the keys that are there; `:` if there is none. */
export function leastKey(...keys: (string | undefined)[]): string {
  return keys.reduce<string>((least, key) => (key !== undefined && key < least ? key : least), END_OF_KEYS);
}
