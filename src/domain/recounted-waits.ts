import { type Fact, saidAt } from './fact.ts';
import { isOpening } from './open-messages.ts';
import { type EndedWait, isEnded, waitsOf } from './waits.ts';

/** The client messages of a chat that a recount looks at, each with the wait that begins with it and has ended, if one does. */
export interface Recounted {
  readonly key: string;
  readonly startedAt: number;
  readonly wait?: EndedWait;
}

/**
 * All the waits of a chat counted from all its facts, from the first that the fact of the key `from` may have changed, and
 * the messages behind it with which none begins.
 */
export function recountedWaits(facts: readonly Fact[], from: string): Recounted[] {
  const waits = waitsOf(facts);
  const first = waits.find(({ end }) => end === undefined || end.key >= from)?.key ?? from;
  const byKey = new Map(waits.filter(isEnded).map((wait) => [wait.key, wait]));
  return facts
    .filter(isOpening)
    .filter(({ key }) => key >= from || key >= first)
    .map((message) => {
      const wait = byKey.get(message.key);
      return { key: message.key, startedAt: saidAt(message), ...(wait && { wait }) };
    });
}

/** What facts tell of a wait, as it was counted. */
type Counted = Pick<EndedWait['end'], 'outcome' | 'author'> & { readonly endedAt: number; readonly isFirst: boolean };

/** Whether both were counted from the same facts. */
export function isCountedSame(one: Counted, other: Counted): boolean {
  return (
    one.endedAt === other.endedAt &&
    one.outcome === other.outcome &&
    one.isFirst === other.isFirst &&
    one.author.by === other.author.by &&
    one.author.userId === other.author.userId
  );
}
