import { cut } from './cut.ts';
import {
  END_OF_KEYS,
  type Fact,
  FIRST_KEY,
  factKey,
  isHistory,
  isOwnEcho,
  isSaid,
  leastKey,
  type NoReplyNeeded,
  type Said,
  type Seen,
  saidAt,
} from './fact.ts';
import type { Content } from './message.ts';
import { covers, isOpening, standingOwed, waitingMessages } from './open-messages.ts';
import { type KnownProfile, newestProfile, profileOf, visibleName } from './profile.ts';
import { seenOf } from './seen.ts';

/** The state of a chat, computed from the set of its facts. */
export interface Chat {
  /** The oldest open message by key; absent while the chat is answered. */
  readonly openKey?: string;
  /** The messenger time of the longest waiting open message (epoch ms). */
  readonly unansweredSince?: number;
  /** The number of open messages. It is exact up to 200; 200 means "at least 200". */
  readonly unansweredCount: number;
  /** The time of the newest message of the client or the team (epoch ms). It only grows, once somebody has written. */
  readonly lastMessageAt: number;
  readonly lastKey: string;
  readonly preview: string;
  /** Who said the last message: `team`, `refused` if the messenger refused what the team said; absent if the client did. */
  readonly lastBy?: 'team' | 'refused';
  /** Nothing was said but what an import brought: the last message is the newest of that, until somebody writes (U4). */
  readonly imported?: true;
  /**
   * The newest message of the client or the team, without notices and what a machine wrote. A "no reply needed" that is
   * older is history.
   */
  readonly wordKey: string;
  /** The standing "no reply needed", if nothing was said after it. */
  readonly noReplyNeeded?: {
    readonly key: string;
    readonly userId?: string;
    readonly at: number;
    readonly reason?: string;
  };
  /** Somebody owes an answer (U9): the first who said so, and when. */
  readonly stillOwed?: { readonly userId?: string; readonly at: number };
  /**
   * The newest client message that opens (a notice does not), the connection that it came by, and the topic that it was
   * written in.
   */
  readonly client?: { readonly key: string; readonly via?: string; readonly topic?: string };
  /** What the client calls themselves, by the newest fact that tells a name; without any name, a username. */
  readonly profile?: KnownProfile;
  /**
   * What the fold saw when it counted. A list row hands this out, so that an answer never covers a message that is not
   * in the count.
   */
  readonly seen: Seen;
}

/** What became of the words of a message after it was stored. */
export interface Changed {
  readonly edit?: { readonly content: Content };
  readonly deletedAt?: number;
}

/**
 * A strongly consistent read of the facts from `low` on, in the order of their keys. `whole` is false if a flood was
 * read only from its news on.
 */
export interface ReadOfFacts {
  readonly facts: readonly Fact[];
  readonly low: string;
  readonly startedAt: number;
  readonly whole: boolean;
  /** What became of `lastSaid(facts)`, as it was when or after the facts were read. */
  readonly changed?: Changed | undefined;
}

/** The number of unanswered messages is exact up to this. */
export const COUNTED_MESSAGES = 200;
const PREVIEW_LENGTH = 100;

/**
 * The key from which the facts have to be read, because some of these answers no longer stand; `:` if all of them do.
 * With an echo that is our own send, everything is read from that on: the chat may have counted the echo as a message.
 */
export function reopenedFrom(facts: readonly Fact[], before: Chat | undefined): string {
  const own = facts.filter(isOwnEcho);
  // What is older than a reply's time was said before it, also if its key lies in the future.
  const cameBack = facts
    .filter(({ key }) => own.some(({ ours }) => ours === key))
    .map((fact) => factKey(saidAt(fact), ''));
  return leastOf([
    ...own.map(({ from, ours }) => leastKey(from, ours)),
    ...cameBack,
    ...facts.map((fact) => {
      if (fact.kind === 'reply' && fact.refused !== undefined) return fact.covers?.from;
      // Another "no reply needed" may still stand between the last message and this one.
      if (fact.kind === 'no-reply-needed' && fact.withdrawnAt !== undefined) {
        return leastKey(fact.covers.from, before?.wordKey || FIRST_KEY);
      }
      // The message may have been closed before.
      if (fact.kind === 'still-owed' && fact.withdrawnAt === undefined) return fact.of;
      return undefined;
    }),
  ]);
}

/**
 * The standing answers that cover a client message older than their own `from`, each with that message's key. The key
 * has to become their `from` before the chat is saved; otherwise a later refusal would not open the message again.
 */
export function answersToLower(facts: readonly Fact[]): { key: string; from: string; kind: Fact['kind'] }[] {
  const messages = facts.filter(isOpening);
  return facts.flatMap((answer) => {
    if (answer.kind === 'client' || answer.kind === 'still-owed') return [];
    const from = answer.kind === 'echo' ? answer.from : answer.covers?.from;
    if (from === undefined) return [];
    const oldest = leastOf(messages.filter((message) => covers(answer, message)).map(({ key }) => key));
    return oldest < from && oldest !== END_OF_KEYS ? [{ key: answer.key, from: oldest, kind: answer.kind }] : [];
  });
}

/** The newest message among the facts, of the client or the team: its words stand in the row of the list. */
export function lastSaid(facts: readonly Fact[]): Said | undefined {
  return saidIn(facts).at(-1);
}

/** What was said; what an import brought counts only if there is nothing else (U4). */
function saidIn(facts: readonly Fact[]): Said[] {
  const said = facts.filter(isSaid).filter((fact) => !isOwnEcho(fact));
  const live = said.filter((fact) => !isHistory(fact));
  return live.length > 0 ? live : said;
}

/** Whether something was said in the chat that no import brought. No import changes such a chat (U4). */
export function outweighsImports({ imported, lastKey }: Chat): boolean {
  return !imported && lastKey !== '';
}

/** The chat computed from the read. `before` stands for the facts that are older than the read. */
export function viewChat(before: Chat | undefined, read: ReadOfFacts): Chat {
  const { facts } = read;
  // It may have counted as the last message. Its reply is in the read, and so is everything since.
  const known = facts.some(isOwnEcho) ? undefined : before;
  const wordKey = greatestKey(known?.wordKey, facts.findLast(isWord)?.key);
  return {
    ...viewUnanswered(before, read),
    ...viewLast(known, read),
    wordKey,
    ...viewDecisions(before, read, wordKey),
    ...viewClient(before, facts),
    ...viewProfile(before, facts),
  };
}

function viewLast(
  before: Chat | undefined,
  { facts, changed }: ReadOfFacts,
): Pick<Chat, 'lastMessageAt' | 'lastKey' | 'preview' | 'lastBy' | 'imported'> {
  const said = saidIn(facts);
  const isImported = said.every(isHistory);
  // What an import brings moves nothing in a chat in which somebody wrote, and gives way as soon as somebody does.
  if (isImported && before && outweighsImports(before)) {
    const { lastMessageAt, lastKey, preview, lastBy } = before;
    return { lastMessageAt, lastKey, preview, ...(lastBy && { lastBy }) };
  }
  const older = before?.imported && !isImported ? undefined : before;
  const last = said.at(-1);
  const newest = last && last.key >= (older?.lastKey ?? '') ? last : undefined;
  const lastBy = newest ? sideOf(newest) : older?.lastBy;
  const latest = said.reduce((time, fact) => Math.max(time, saidAt(fact)), older?.lastMessageAt ?? 0);
  return {
    // The fold does not read back to an import, so the time of its newest line has to do.
    lastMessageAt: isImported ? (newest ? saidAt(newest) : (older?.lastMessageAt ?? 0)) : latest,
    lastKey: greatestKey(older?.lastKey, last?.key),
    preview: newest ? previewOf(newest, changed) : (older?.preview ?? ''),
    ...(lastBy && { lastBy }),
    ...(isImported && (last !== undefined || older?.imported) && { imported: true }),
  };
}

function sideOf(message: Said): Chat['lastBy'] {
  if (message.kind === 'client') return undefined;
  return message.kind === 'reply' && message.refused !== undefined ? 'refused' : 'team';
}

/** Whether a person said it: no notice, no import, and nothing that a machine wrote in the team's name. */
function isWord(fact: Fact): boolean {
  if (!isSaid(fact) || isHistory(fact) || isOwnEcho(fact)) return false;
  return fact.kind === 'client' ? fact.opens : fact.kind !== 'echo' || fact.by !== 'automatic';
}

function viewUnanswered(before: Chat | undefined, { facts, low, startedAt, whole }: ReadOfFacts) {
  const open = waitingMessages(facts);
  const oldest = open[0]?.message.key;
  const since = open.reduce((earliest, waiting) => Math.min(earliest, waiting.since), Number.POSITIVE_INFINITY);
  if (!whole && before) {
    // The read holds no answer, so every open message is still open. Only the oldest can have changed.
    return {
      openKey: leastKey(before.openKey, oldest),
      unansweredSince: Math.min(before.unansweredSince ?? since, since),
      unansweredCount: COUNTED_MESSAGES,
      seen: before.seen,
    };
  }
  return {
    ...(oldest !== undefined && { openKey: oldest, unansweredSince: since }),
    unansweredCount: Math.min(open.length, COUNTED_MESSAGES),
    seen: seenOf({ facts, low, openKey: oldest, startedAt }),
  };
}

/** What the team decided last. While somebody owes an answer, it is not that no reply is needed. */
function viewDecisions(
  before: Chat | undefined,
  read: ReadOfFacts,
  wordKey: string,
): Pick<Chat, 'noReplyNeeded' | 'stillOwed'> {
  const { facts, whole } = read;
  if (!whole && before?.stillOwed) return { stillOwed: before.stillOwed };
  // What is owed is open, so a whole read holds all of it.
  const [first] = standingOwed(facts);
  if (!first) return viewNoReplyNeeded(before, read, wordKey);
  const { author, storedAt } = first;
  return { stillOwed: { ...(author.id !== undefined && { userId: author.id }), at: storedAt } };
}

function viewNoReplyNeeded(
  before: Chat | undefined,
  { facts, low }: ReadOfFacts,
  wordKey: string,
): Pick<Chat, 'noReplyNeeded'> {
  const read = facts.findLast(
    (fact): fact is NoReplyNeeded => fact.kind === 'no-reply-needed' && fact.withdrawnAt === undefined,
  );
  const older = before?.noReplyNeeded && before.noReplyNeeded.key < low ? before.noReplyNeeded : undefined;
  const noReplyNeeded = read
    ? {
        key: read.key,
        ...(read.author.id !== undefined && { userId: read.author.id }),
        at: read.storedAt,
        ...(read.reason !== undefined && { reason: read.reason }),
      }
    : older;
  return noReplyNeeded && noReplyNeeded.key > wordKey ? { noReplyNeeded } : {};
}

function viewClient(before: Chat | undefined, facts: readonly Fact[]): Pick<Chat, 'client'> {
  const message = facts.findLast(isOpening);
  if (!message || message.key < (before?.client?.key ?? '')) return before?.client ? { client: before.client } : {};
  const { key, via, topic } = message;
  return { client: { key, ...(via !== undefined && { via }), ...(topic !== undefined && { topic }) } };
}

function viewProfile(before: Chat | undefined, facts: readonly Fact[]): Pick<Chat, 'profile'> {
  const profile = newestProfile([before?.profile, ...facts.map(profileOf)]);
  return profile ? { profile } : {};
}

function previewOf(message: Said, changed: Changed | undefined): string {
  if (changed?.deletedAt !== undefined) return '[deleted]';
  const { type, kind, text } = changed?.edit?.content ?? message.content;
  const words = cut(text ?? '', PREVIEW_LENGTH);
  return visibleName(words) === undefined ? `[${kind ?? type}]` : words;
}

/** `leastKey` for the keys of a flood, which are too many for the arguments of one call. */
function leastOf(keys: readonly (string | undefined)[]): string {
  return keys.reduce<string>((least, key) => leastKey(least, key), END_OF_KEYS);
}

function greatestKey(...keys: (string | undefined)[]): string {
  return keys.reduce<string>((greatest, key) => (key !== undefined && key > greatest ? key : greatest), '');
}
