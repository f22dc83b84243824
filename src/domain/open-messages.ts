import {
  type ClientMessage,
  type Echo,
  type Fact,
  isHistory,
  type NoReplyNeeded,
  type Reply,
  type StillOwed,
  saidAt,
  timeOfKey,
} from './fact.ts';
import { hasSeen } from './seen.ts';

/** A client message that is open, and since when (epoch ms). */
export interface Waiting {
  readonly message: ClientMessage;
  readonly since: number;
}

const ECHO_SKEW_MS = 2_000;
/** Nobody reads a message and answers it sooner. Away texts of phone apps do, and nothing tells them from a person. */
export const READING_MS = 5_000;

/** Whether the fact is an answer. An answer may cover nothing. */
export function isAnswer(fact: Fact): fact is Echo | Reply | NoReplyNeeded {
  return fact.kind !== 'client' && fact.kind !== 'still-owed' && !isHistory(fact);
}

/** Whether what was said before it may be open or closed because of it. */
export function opensOrCloses(fact: Fact): boolean {
  return isAnswer(fact) || fact.kind === 'still-owed';
}

/** Whether the answer covers the message (U3): the answer stands, and its writer can have seen the message. */
export function covers(answer: Fact, message: Pick<ClientMessage, 'key' | 'storedAt'>): boolean {
  switch (answer.kind) {
    case 'client':
    case 'still-owed':
      return false;
    case 'echo':
      if (answer.by !== undefined || answer.fromEdit || answer.history) return false;
      return timeOfKey(message.key) + READING_MS <= timeOfEcho(answer);
    case 'reply':
      return answer.refused === undefined && answer.covers !== undefined && hasSeen(answer.covers, message);
    case 'no-reply-needed':
      return answer.withdrawnAt === undefined && hasSeen(answer.covers, message);
    default:
      return answer satisfies never;
  }
}

/** An echo's time counts as a little after we got it at most, so a fast clock covers nothing that comes later. */
function timeOfEcho({ key, storedAt }: Echo): number {
  return Math.min(timeOfKey(key), storedAt + ECHO_SKEW_MS);
}

/**
 * Those who still owe an answer (U9), the first first: nobody took it back, and no answer covers that message which was
 * stored later.
 */
export function standingOwed(facts: readonly Fact[]): StillOwed[] {
  const owed = facts.filter((fact) => fact.kind === 'still-owed' && fact.withdrawnAt === undefined) as StillOwed[];
  if (owed.length === 0) return [];
  const messages = new Map(facts.filter(isOpening).map((message) => [message.key, message]));
  const answers = facts.filter(isAnswer);
  return owed
    .filter((one) => {
      const message = messages.get(one.of);
      return message && !answers.some((answer) => isStoredAfter(answer, one) && covers(answer, message));
    })
    .sort((one, other) => (isStoredAfter(one, other) ? 1 : -1));
}

function isStoredAfter(one: Fact, other: Fact): boolean {
  return one.storedAt === other.storedAt ? one.key > other.key : one.storedAt > other.storedAt;
}

/** Whether it makes a chat unanswered (U6). */
export function isOpening(fact: Fact): fact is ClientMessage {
  return fact.kind === 'client' && fact.opens;
}

/** The client messages that open the chat and that no answer covers, or to which somebody still owes one. */
export function waitingMessages(facts: readonly Fact[]): Waiting[] {
  const answers = facts.filter(isAnswer);
  const owed = standingOwed(facts);
  return facts.filter(isOpening).flatMap((message) => {
    if (!answers.some((answer) => covers(answer, message))) return [{ message, since: saidAt(message) }];
    const first = owed.find(({ of }) => of === message.key);
    return first ? [{ message, since: first.storedAt }] : [];
  });
}

/**
 * Whether a person of the team has answered after that time (epoch ms): a reply or an echo that was stored later stands and
 * covers a message, one of the facts or the newest that the chat knew before. That may have needed no reply by then, and got
 * one all the same. Automation and "no reply needed" answer nobody.
 */
export function isSpokenTo(facts: readonly Fact[], after: number, known?: { readonly key: string }): boolean {
  const said = facts.filter(({ kind, storedAt }) => (kind === 'reply' || kind === 'echo') && storedAt > after);
  const messages = [...facts.filter(isOpening), ...(known ? [{ key: known.key, storedAt: 0 }] : [])];
  return messages.some((message) => said.some((answer) => covers(answer, message)));
}

/** The client messages that are open. */
export function openMessages(facts: readonly Fact[]): ClientMessage[] {
  return waitingMessages(facts).map(({ message }) => message);
}
