import { viewChat } from './chat.ts';
import {
  type ClientMessage,
  type Echo,
  type Fact,
  FIRST_KEY,
  isHistory,
  isOwnEcho,
  isSaid,
  messengerTime,
  type NoReplyNeeded,
  type Reply,
  saidAt,
} from './fact.ts';
import { covers, isAnswer, isOpening, standingOwed, waitingMessages } from './open-messages.ts';

/** What of a chat is older than its account keeps, and may go. */
export interface Forgotten {
  /** In the order in which they may go: an answer goes after every message that it closes. */
  readonly facts: readonly Fact[];
  /**
   * For each message among them that opens the chat, the key of an answer by which alone it is closed. If that answer has
   * changed meanwhile, the message must stay.
   */
  readonly closedBy: ReadonlyMap<string, string>;
  /** Nothing is left, so the chat goes as well. */
  readonly isWhole: boolean;
}

/**
 * What may go of a chat, of which these are all facts: everything that is old and that nothing needs.
 *
 * - A message stays while it is open, and while only an answer closes it that is not old: that one may still be refused
 *   or taken back.
 * - An answer stays if what stays would be open without it, or not since the same time; so does one that was refused, if
 *   it would close a message that waits, because it may be sent again.
 * - A chat that stays looks as before: the facts that its row shows stay.
 *
 * `isHeld` tells of facts that have to stay for another reason. What is open, and since when, is the same before and
 * after, in whatever order the rest goes; to ask again afterwards finds nothing.
 */
export function forgotten(facts: readonly Fact[], before: number, isHeld: (fact: Fact) => boolean): Forgotten {
  const isOld = (fact: Fact) => agedFrom(fact) < before;
  // Who only wrote a decision since is not forgotten, and neither is what it was about.
  const settled = facts.filter((fact) => isOld(fact) || !isAnswer(fact));
  const unsettled = new Set(waitingMessages(settled).map(({ message }) => message.key));
  const stays = new Set(
    facts.filter((fact) => !isOld(fact) || unsettled.has(fact.key) || isHeld(fact)).map(({ key }) => key),
  );
  if (stays.size > 0) keepWhatShows(facts, stays);
  keepWhatCloses(facts, stays);
  const gone = facts.filter(({ key }) => !stays.has(key));
  const answers = settled.filter(isAnswer);
  return {
    facts: [...gone.filter(isOpening), ...gone.filter((fact) => !isOpening(fact))],
    closedBy: new Map(gone.filter(isOpening).flatMap((message) => closing(message, answers, settled))),
    isWhole: stays.size === 0,
  };
}

/** The time from which on a fact gets old (epoch ms). What an import brings is as old as it was said. */
export function agedFrom(fact: Fact): number {
  if (isHistory(fact)) return Math.min(messengerTime(fact), fact.storedAt);
  const changedAt = fact.kind === 'reply' ? fact.attemptAt : 'withdrawnAt' in fact ? fact.withdrawnAt : undefined;
  return Math.max(fact.storedAt, saidAt(fact), changedAt ?? 0);
}

/** Keeps what the row of the chat in the list shows. */
function keepWhatShows(facts: readonly Fact[], stays: Set<string>): void {
  const { lastKey, wordKey, client, profile, noReplyNeeded } = viewChat(undefined, {
    facts,
    low: FIRST_KEY,
    startedAt: 0,
    whole: true,
  });
  const said = facts.filter((fact) => isSaid(fact) && !isOwnEcho(fact) && !isHistory(fact));
  const latest = said.reduce<Fact | undefined>(
    (one, other) => (one && saidAt(one) >= saidAt(other) ? one : other),
    undefined,
  );
  const shown = [lastKey, wordKey, client?.key, profile?.key, noReplyNeeded?.key, latest?.key];
  for (const key of shown) if (key) stays.add(key);
}

/** Keeps the answers without which a message that stays would be open, or since another time. */
function keepWhatCloses(facts: readonly Fact[], stays: Set<string>): void {
  const messages = facts.filter(isOpening).filter(({ key }) => stays.has(key));
  if (messages.length === 0) return;
  const now = new Map(waitingMessages(facts).map(({ message, since }) => [message.key, since]));
  for (const owed of standingOwed(facts)) stays.add(owed.key);
  const answers = facts.filter(isAnswer);
  for (const answer of answers) {
    const waits = (message: ClientMessage) => now.has(message.key) && wouldCover(answer, message);
    if (!stays.has(answer.key) && isRefused(answer) && messages.some(waits)) stays.add(answer.key);
  }
  for (;;) {
    const then = new Map(
      waitingMessages(facts.filter(({ key }) => stays.has(key))).map(({ message, since }) => [message.key, since]),
    );
    const wrong = messages.filter(({ key }) => now.get(key) !== then.get(key));
    if (wrong.length === 0) break;
    for (const message of wrong) {
      const [best] = answers.filter((answer) => !stays.has(answer.key) && covers(answer, message)).sort(byFirmness);
      if (best) stays.add(best.key);
    }
  }
  // What came back of our own goes with the reply.
  for (const fact of facts) if (isOwnEcho(fact) && fact.ours !== undefined && stays.has(fact.ours)) stays.add(fact.key);
}

function isRefused(answer: Fact): answer is Reply {
  return answer.kind === 'reply' && answer.refused !== undefined;
}

function wouldCover(answer: Fact, message: ClientMessage): boolean {
  if (!isRefused(answer)) return covers(answer, message);
  const { refused: _, ...standing } = answer;
  return covers(standing, message);
}

const FIRMNESS: readonly Fact['kind'][] = ['echo', 'reply', 'no-reply-needed'];

/** The answers that are least likely to be taken back first; of these the latest, which no word of an owed answer follows. */
function byFirmness(one: Echo | Reply | NoReplyNeeded, other: Echo | Reply | NoReplyNeeded): number {
  return FIRMNESS.indexOf(one.kind) - FIRMNESS.indexOf(other.kind) || other.storedAt - one.storedAt;
}

/** An answer among those that are settled by which alone the message is closed. */
function closing(
  message: ClientMessage,
  answers: readonly (Echo | Reply | NoReplyNeeded)[],
  settled: readonly Fact[],
): [string, string][] {
  const owed = settled.filter((fact) => fact.kind === 'still-owed' && fact.of === message.key);
  const closes = (answer: Fact) => waitingMessages([message, answer, ...owed]).length === 0;
  const [best] = answers.filter((answer) => covers(answer, message) && closes(answer)).sort(byFirmness);
  return best ? [[message.key, best.key]] : [];
}
