import type { Fact } from '#domain/fact';
import { shortHash } from '#domain/hash';
import type { Profile } from '#domain/message';

/** What a messenger tells of a client in a history: any part of it may be missing. */
export const PROFILES: readonly Profile[] = [
  {},
  { name: 'Anna' },
  { name: 'Anya', username: 'anya' },
  { username: 'anna' },
];

/** The state that a chat has to end in, computed a second time from all its facts at once. */
export interface Expected {
  readonly unansweredCount: number;
  readonly openKey: string | undefined;
  readonly unansweredSince: number | undefined;
  readonly lastMessageAt: number;
  readonly lastKey: string;
  readonly noReplyNeeded: string | undefined;
  /** When the first of those said so who still owe an answer (U9). */
  readonly owedAt: number | undefined;
  readonly preview: string;
  readonly lastBy: string | undefined;
  /** The topic of the newest client message that opens. */
  readonly topic: string | undefined;
  readonly name: string | undefined;
  readonly username: string | undefined;
}

/** What became of a message's words, by the id in its key. */
export type ChangeOf = (id: string) => { readonly edited?: string | undefined; readonly deleted: boolean };

/** Whether an answer's token covers a message, straight from `docs/store.md`. */
export function tokenCovers(
  token: { low: string; upTo: string; at: number; ids: readonly string[] },
  message: { key: string; storedAt: number },
): boolean {
  const between = token.low <= message.key && message.key <= token.upTo;
  return between && (message.storedAt <= token.at || token.ids.includes(shortHash(message.key)));
}

/** The chat that follows from all its facts, and from what became of their words. */
export function expectedChat(all: readonly Fact[], changeOf: ChangeOf): Expected {
  const facts = withoutOwn(all);
  const open = openFacts(all);
  const owed = Math.min(...open.map((fact) => owedSince(fact, facts)));
  const lines = facts.filter(isMessage);
  // U4: an import has no place where anything else was said.
  const said = lines.every(isImported) ? lines : lines.filter((fact) => !isImported(fact));
  const words = said.filter((fact) => (fact.kind === 'client' ? fact.opens : !isByMachine(fact) && !isImported(fact)));
  const standing = facts.filter((fact) => fact.kind === 'no-reply-needed' && fact.withdrawnAt === undefined);
  const lastWord = greatest(words);
  const lastStanding = greatest(standing);
  const opening = facts.flatMap((fact) => (fact.kind === 'client' && fact.opens ? [fact] : []));
  const lastClient = greatest(opening);
  return {
    unansweredCount: Math.min(open.length, 200),
    openKey: open.map(({ key }) => key).sort()[0],
    unansweredSince:
      open.length === 0
        ? undefined
        : Math.min(...open.map((fact) => (isClosed(fact, facts) ? owedSince(fact, facts) : happened(fact)))),
    lastMessageAt: lines.every(isImported) ? timeOfNewest(said) : Math.max(0, ...said.map(happened)),
    lastKey: greatest(said),
    noReplyNeeded: lastStanding > lastWord && owed === FOR_EVER ? lastStanding : undefined,
    owedAt: owed === FOR_EVER ? undefined : owed,
    preview: wordsOf(
      said.find(({ key }) => key === greatest(said)),
      changeOf,
    ),
    lastBy: sideOf(said.find(({ key }) => key === greatest(said))),
    topic: opening.find(({ key }) => key === lastClient)?.topic,
    ...expectedProfile(all),
  };
}

/** The client messages that are open. */
export function openFacts(all: readonly Fact[]): Fact[] {
  const facts = withoutOwn(all);
  return facts.filter(
    (fact) => fact.kind === 'client' && fact.opens && (!isClosed(fact, facts) || owedSince(fact, facts) < FOR_EVER),
  );
}

/**
 * Whether a person of the team has answered something, without any doubt: a reply that stands, or an echo of what nobody had
 * closed.
 */
export function isSpoken(all: readonly Fact[]): boolean {
  const facts = withoutOwn(all);
  const opened = facts.filter((fact) => fact.kind === 'client' && fact.opens);
  const [replies, echoes, decisions] = (['reply', 'echo', 'no-reply-needed'] as const).map((kind) =>
    facts.filter((fact) => fact.kind === kind),
  ) as [Fact[], Fact[], Fact[]];
  return opened.some((fact) => isClosed(fact, replies) || (isClosed(fact, echoes) && !isClosed(fact, decisions)));
}

/** Our own send that came back is no message, whatever came first. */
function withoutOwn(all: readonly Fact[]): Fact[] {
  return all.filter((fact) => !(fact.kind === 'echo' && fact.by === 'us'));
}

/** U4: a chat that has nothing but an import has the place of its newest line. */
function timeOfNewest(lines: readonly Fact[]): number {
  const newest = lines.find(({ key }) => key === greatest(lines));
  return newest ? happened(newest) : 0;
}

const FOR_EVER = Number.POSITIVE_INFINITY;

function isMessage(fact: Fact): fact is Exclude<Fact, { kind: 'no-reply-needed' | 'still-owed' }> {
  return fact.kind !== 'no-reply-needed' && fact.kind !== 'still-owed';
}

function isClosed(message: Fact, facts: readonly Fact[]): boolean {
  return facts.some((other) => closes(other, message));
}

/** U9: since when an answer to the message is owed: no answer that was stored later covers it, and nobody took it back. */
function owedSince(message: Fact, facts: readonly Fact[]): number {
  const said = facts.flatMap((owed) => {
    if (owed.kind !== 'still-owed' || owed.of !== message.key || owed.withdrawnAt !== undefined) return [];
    const isLater = (other: Fact) =>
      other.storedAt > owed.storedAt || (other.storedAt === owed.storedAt && other.key > owed.key);
    return facts.some((other) => isLater(other) && closes(other, message)) ? [] : [owed.storedAt];
  });
  return Math.min(...said);
}

/** Who said the newest message, and whether it was refused. */
function sideOf(fact: Fact | undefined): string | undefined {
  if (!fact || fact.kind === 'client') return undefined;
  return fact.kind === 'reply' && fact.refused !== undefined ? 'refused' : 'team';
}

/** U6: what the history says of the newest message. */
function wordsOf(fact: Fact | undefined, changeOf: ChangeOf): string {
  if (!fact || !isMessage(fact)) return '';
  const { edited, deleted } = changeOf(fact.key.slice(14));
  return deleted ? '[deleted]' : (edited ?? fact.content.text ?? '');
}

/** The newest name that any fact tells of the client, with the username beside it; without a name the newest username. */
export function expectedProfile(facts: readonly Fact[]): Pick<Expected, 'name' | 'username'> {
  const told = facts
    .filter((fact) => !isImported(fact))
    .flatMap((fact) => {
      const person = fact.kind === 'client' ? fact.author : fact.kind === 'echo' ? fact.client : undefined;
      return person ? [{ ...person, key: fact.key }] : [];
    })
    .sort((one, other) => (one.key < other.key ? -1 : 1));
  const { name, username } = told.findLast((one) => one.name) ?? told.findLast((one) => one.username) ?? {};
  return { name, username };
}

function closes(answer: Fact, message: Fact): boolean {
  if (answer.kind === 'echo') {
    if (answer.fromEdit || isImported(answer) || isByMachine(answer)) return false;
    const said = Number(answer.key.split('#')[0]);
    const older = Math.min(said, answer.storedAt + 2000) - Number(message.key.split('#')[0]);
    return older >= 5000;
  }
  if (answer.kind === 'reply')
    return answer.refused === undefined && !!answer.covers && tokenCovers(answer.covers, message);
  if (answer.kind === 'no-reply-needed') return answer.withdrawnAt === undefined && tokenCovers(answer.covers, message);
  return false;
}

/** U3: a machine wrote it. It answers nothing, and it is no word of the team. */
function isByMachine(fact: Fact): boolean {
  return fact.kind === 'echo' && fact.by === 'automatic';
}

/** U4: an import brought it. It opens, covers and tells nothing. */
export function isImported(fact: Fact): boolean {
  return (fact.kind === 'client' || fact.kind === 'echo') && fact.history === true;
}

function happened({ key, storedAt }: Fact): number {
  return Math.min(Number(key.split('#')[0]), storedAt);
}

function greatest(facts: readonly Fact[]): string {
  return (
    facts
      .map(({ key }) => key)
      .sort()
      .at(-1) ?? ''
  );
}
