import {
  type ClientMessage,
  type Echo,
  type Fact,
  factKey,
  type NoReplyNeeded,
  type Reply,
  saidAt,
  timeOfKey,
} from './fact.ts';
import { covers, isAnswer, isOpening, READING_MS } from './open-messages.ts';

/** How a wait ended: by a reply or by what a person wrote on the phone, by the word that no reply is needed, or by a text that a phone sent by itself. */
export const OUTCOMES = ['answered', 'no-reply-needed', 'auto'] as const;

/** How a wait ended. */
export type WaitOutcome = (typeof OUTCOMES)[number];

/** Who ended a wait: a user, the CRM without one, or nobody that Konvert knows, on the phone. */
export type WaitAuthor =
  | { readonly by: 'user'; readonly userId: string }
  | { readonly by: 'crm' | 'phone'; readonly userId?: never };

/** The end of a wait: the key and time (epoch ms) of the first answer that covers its first message. */
export interface WaitEnd {
  readonly key: string;
  readonly at: number;
  readonly outcome: WaitOutcome;
  readonly author: WaitAuthor;
}

/**
 * A client waits from a message that nothing older than it was open beside until the first answer that covers it. `key` is
 * that of the message, `startedAt` its time (epoch ms). Without an end it still waits.
 */
export interface Wait {
  readonly key: string;
  readonly startedAt: number;
  readonly end?: WaitEnd;
  /** Nobody has answered the client before. */
  readonly isFirst: boolean;
}

/** A wait that has ended, as it is counted. `responsible`: the user at its end, and since when they had the client. */
export interface CountedWait {
  readonly channelId: string;
  readonly startedAt: number;
  readonly endedAt: number;
  readonly outcome: WaitOutcome;
  readonly author: WaitAuthor;
  readonly responsible?: { readonly userId: string; readonly since: number };
  readonly isFirst: boolean;
}

/** A wait that has ended. */
export type EndedWait = Wait & Required<Pick<Wait, 'end'>>;

type Answer = Echo | Reply | NoReplyNeeded;

/**
 * The waits that follow from a set of facts, in the order in which they began; the order of the facts does not matter. At
 * most the last of them has not ended. That an answer is still owed (U9) begins none. `hasSpoken`: somebody had answered
 * before these facts.
 */
export function waitsOf(facts: readonly Fact[], hasSpoken = false): Wait[] {
  const messages = facts.filter(isOpening).toSorted(byKey);
  const answers = facts.filter(isAnswer).toSorted(byKey);
  const waits: Wait[] = [];
  let [later, endedBy, isFirst] = [0, '', !hasSpoken];
  for (const message of messages) {
    // An answer comes after what it covers.
    while (answers[later] && answers[later]!.key <= message.key) later += 1;
    const answer = firstCovering(answers, later, message);
    // What was answered by then was said within the wait before.
    if (answer && answer.key <= endedBy) continue;
    const begun = { key: message.key, startedAt: saidAt(message), isFirst };
    if (!answer) return [...waits, begun];
    const end = endOf(answer, messages);
    waits.push({ ...begun, end });
    endedBy = answer.key;
    if (end.outcome !== 'no-reply-needed') isFirst = false;
  }
  return waits;
}

function firstCovering(answers: readonly Answer[], from: number, message: ClientMessage): Answer | undefined {
  for (let index = from; index < answers.length; index += 1) {
    const answer = answers[index]!;
    if (covers(answer, message)) return answer;
  }
  return undefined;
}

/** Whether the wait has ended. */
export function isEnded(wait: Wait): wait is EndedWait {
  return wait.end !== undefined;
}

function endOf(answer: Answer, messages: readonly Fact[]): WaitEnd {
  return { key: answer.key, at: saidAt(answer), outcome: outcomeOf(answer, messages), author: authorOf(answer) };
}

function outcomeOf(answer: Answer, messages: readonly Fact[]): WaitOutcome {
  if (answer.kind === 'no-reply-needed') return 'no-reply-needed';
  return answer.kind === 'echo' && isTooFast(answer, messages) ? 'auto' : 'answered';
}

/** Nobody writes so soon after a message, so it answers one that came before: it is like an away text (U3). */
function isTooFast({ key }: Echo, messages: readonly Fact[]): boolean {
  const readFrom = factKey(timeOfKey(key) - READING_MS + 1, '');
  return messages.some((message) => message.key >= readFrom && message.key < key);
}

/** An echo tells the messenger's own id of its author at most, and that is no user. */
function authorOf({ kind, author }: Answer): WaitAuthor {
  if (kind === 'echo') return { by: 'phone' };
  return author.id === undefined ? { by: 'crm' } : { by: 'user', userId: author.id };
}

function byKey({ key: one }: Fact, { key: other }: Fact): number {
  return one < other ? -1 : one > other ? 1 : 0;
}
