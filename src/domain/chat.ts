import { cut } from './cut.ts';
import {
  type ClientMessage,
  type Echo,
  END_OF_KEYS,
  type Fact,
  FIRST_KEY,
  leastKey,
  type NoReplyNeeded,
  type Reply,
  type Seen,
  saidAt,
  timeOfKey,
} from './fact.ts';
import type { Content } from './message.ts';
import { hasSeen, seenOf } from './seen.ts';

/** The state of a chat: what follows from the set of its facts. */
export interface Chat {
  /** The oldest open message by key; absent while the chat is answered. */
  readonly openKey?: string;
  /** The messenger time of the longest waiting open message (epoch ms). */
  readonly unansweredSince?: number;
  /** Exact up to 200, then "at least". */
  readonly unansweredCount: number;
  /** The time of the newest message, whoever wrote it (epoch ms); only grows. */
  readonly lastMessageAt: number;
  readonly lastKey: string;
  readonly preview: string;
  /** The newest thing that client or team said; what makes an older "no reply needed" history. */
  readonly wordKey: string;
  /** The standing "no reply needed" after which nobody said anything. */
  readonly noReplyNeeded?: {
    readonly key: string;
    readonly userId?: string;
    readonly at: number;
    readonly reason?: string;
  };
  /** The newest client message that opens, so no notice: its author's name, and the way it came. */
  readonly client?: { readonly key: string; readonly name?: string; readonly via?: string };
  /** What the fold that counted has seen; a list row hands it out, so that it never covers what the count does not hold. */
  readonly seen: Seen;
}

/** A strong read of the facts from `low` on, in the order of their keys. `whole` is false where a flood was read only from what rang. */
export interface ReadOfFacts {
  readonly facts: readonly Fact[];
  readonly low: string;
  readonly startedAt: number;
  readonly whole: boolean;
}

/** How far the number of unanswered messages is exact. */
export const COUNTED_MESSAGES = 200;
const ECHO_SKEW_MS = 2_000;
const PREVIEW_LENGTH = 100;

/** Whether the fact answers, whatever it covers. */
export function isAnswer(fact: Fact): fact is Echo | Reply | NoReplyNeeded {
  return fact.kind !== 'client';
}

/** Whether the answer closes the message (U3): it stands, and its writer had seen it. */
export function covers(answer: Fact, message: ClientMessage): boolean {
  switch (answer.kind) {
    case 'client':
      return false;
    case 'echo':
      return timeOfKey(message.key) < Math.min(timeOfKey(answer.key), answer.storedAt + ECHO_SKEW_MS);
    case 'reply':
      return answer.refused === undefined && answer.covers !== undefined && hasSeen(answer.covers, message);
    case 'no-reply-needed':
      return answer.withdrawnAt === undefined && hasSeen(answer.covers, message);
    default:
      return answer satisfies never;
  }
}

/** The client messages that open the chat and that no answer covers. */
export function openMessages(facts: readonly Fact[]): ClientMessage[] {
  const answers = facts.filter(isAnswer);
  return facts.filter(
    (fact): fact is ClientMessage =>
      fact.kind === 'client' && fact.opens && !answers.some((answer) => covers(answer, fact)),
  );
}

/** From where the facts have to be read because answers among them no longer stand; `:` where they all do. */
export function reopenedFrom(facts: readonly Fact[], before: Chat | undefined): string {
  return leastOf(
    facts.map((fact) => {
      if (fact.kind === 'reply' && fact.refused !== undefined) return fact.covers?.from;
      // Another one may stand behind it, since the last word.
      if (fact.kind === 'no-reply-needed' && fact.withdrawnAt !== undefined) {
        return leastKey(fact.covers.from, before?.wordKey || FIRST_KEY);
      }
      return undefined;
    }),
  );
}

/**
 * The standing answers that cover a client message older than their own `from`, and that message's key: it has to become
 * their `from` before the chat is saved, or a later refusal would not open the message again.
 */
export function answersToLower(facts: readonly Fact[]): { key: string; from: string }[] {
  const messages = facts.filter((fact) => fact.kind === 'client' && fact.opens) as ClientMessage[];
  return facts.flatMap((answer) => {
    if (answer.kind === 'client' || answer.kind === 'echo' || answer.covers === undefined) return [];
    const { from } = answer.covers;
    const oldest = leastOf(messages.filter((message) => covers(answer, message)).map(({ key }) => key));
    return oldest < from && oldest !== END_OF_KEYS ? [{ key: answer.key, from: oldest }] : [];
  });
}

/** The chat as it follows from that read; `before` stands for the facts that are older than the read. */
export function viewChat(before: Chat | undefined, read: ReadOfFacts): Chat {
  const { facts } = read;
  const said = facts.filter((fact) => fact.kind !== 'no-reply-needed');
  const last = said.at(-1);
  const wordKey = greatestKey(before?.wordKey, said.findLast((fact) => fact.kind !== 'client' || fact.opens)?.key);
  return {
    ...viewUnanswered(before, read),
    lastMessageAt: said.reduce((latest, fact) => Math.max(latest, saidAt(fact)), before?.lastMessageAt ?? 0),
    lastKey: greatestKey(before?.lastKey, last?.key),
    preview: last && last.key >= (before?.lastKey ?? '') ? previewOf(last.content) : (before?.preview ?? ''),
    wordKey,
    ...viewNoReplyNeeded(before, read, wordKey),
    ...viewClient(before, facts),
  };
}

function viewUnanswered(before: Chat | undefined, { facts, low, startedAt, whole }: ReadOfFacts) {
  const open = openMessages(facts);
  const oldest = open[0]?.key;
  const since = open.reduce((earliest, message) => Math.min(earliest, saidAt(message)), Number.POSITIVE_INFINITY);
  if (!whole && before) {
    // No answer is in what was read, so everything that was open still is: only the oldest can have changed.
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
  const message = facts.findLast((fact) => fact.kind === 'client' && fact.opens) as ClientMessage | undefined;
  if (!message || message.key < (before?.client?.key ?? '')) return before?.client ? { client: before.client } : {};
  const { key, author, via } = message;
  return {
    client: { key, ...(author.name !== undefined && { name: author.name }), ...(via !== undefined && { via }) },
  };
}

function previewOf({ type, kind, text }: Content): string {
  return text ? cut(text, PREVIEW_LENGTH) : `[${kind ?? type}]`;
}

/** `leastKey` of as many keys as a flood has, which are too many for the arguments of one call. */
function leastOf(keys: readonly (string | undefined)[]): string {
  return keys.reduce<string>((least, key) => leastKey(least, key), END_OF_KEYS);
}

function greatestKey(...keys: (string | undefined)[]): string {
  return keys.reduce<string>((greatest, key) => (key !== undefined && key > greatest ? key : greatest), '');
}
