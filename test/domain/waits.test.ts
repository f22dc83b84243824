import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { answersToLower, type Chat, reopenedFrom, viewChat } from '#domain/chat';
import { type Fact, FIRST_KEY, leastKey, timeOfKey } from '#domain/fact';
import { learnWaits } from '#domain/fold-waits';
import { openMessages } from '#domain/open-messages';
import { isCountedSame, recountedWaits } from '#domain/recounted-waits';
import { type EndedWait, isEnded, waitsOf } from '#domain/waits';
import { client, echo, keyAt, noReplyNeeded, reply, START, sawUntil, stillOwed } from './made-facts.ts';

const ivan = { id: 'ivan' };

/** A wait as a test writes it: when it began and ended, how and by whom. */
function told(facts: readonly Fact[]): string[] {
  return waitsOf(facts).map(({ startedAt, end, isFirst }) => {
    const by = end && (end.author.userId ?? end.author.by);
    return `${startedAt - START}${end ? `–${end.at - START} ${end.outcome} ${by}` : ''}${isFirst ? ' first' : ''}`;
  });
}

describe('waits', () => {
  const rows: { name: string; facts: Fact[]; waits: string[] }[] = [
    { name: 'S1 nothing was said', facts: [], waits: [] },
    { name: 'S1 a client waits', facts: [client({ at: 1 })], waits: ['1 first'] },
    {
      name: 'S1 more messages are of the same wait',
      facts: [client({ at: 1 }), client({ at: 2 }), reply({ at: 5, author: ivan, covers: sawUntil(4) })],
      waits: ['1–5 answered ivan first'],
    },
    {
      name: 'S1 what the answer does not cover begins the next wait, with its own time',
      facts: [client({ at: 1 }), client({ at: 4 }), reply({ at: 5, author: ivan, covers: sawUntil(2) })],
      waits: ['1–5 answered ivan first', '4'],
    },
    {
      name: 'S1 an answer after an answer ends nothing',
      facts: [client({ at: 1 }), ...[5, 6].map((at) => reply({ at, covers: sawUntil(4) }))],
      waits: ['1–5 answered crm first'],
    },
    {
      name: 'S1 a second wait is not the first',
      facts: [1, 11].flatMap((at) => [client({ at }), reply({ at: at + 4, author: ivan, covers: sawUntil(at + 3) })]),
      waits: ['1–5 answered ivan first', '11–15 answered ivan'],
    },
    {
      name: 'S2 no reply needed is no answer, so the next is the first still',
      facts: [client({ at: 1 }), noReplyNeeded({ at: 5, author: ivan, covers: sawUntil(4) }), client({ at: 7 })],
      waits: ['1–5 no-reply-needed ivan first', '7 first'],
    },
    {
      name: 'S2 a refused answer ends nothing',
      facts: [client({ at: 1 }), reply({ at: 5, covers: sawUntil(4), refused: 1 })],
      waits: ['1 first'],
    },
    {
      name: 'S2 an automatic reply ends nothing',
      facts: [client({ at: 1 }), reply({ at: 5 }), echo({ at: 60_000, by: 'automatic' })],
      waits: ['1 first'],
    },
    {
      name: 'S2 an echo is of the phone, also if the messenger tells its author',
      facts: [client({ at: 1 }), echo({ at: 60_000, author: ivan })],
      waits: ['1–60000 answered phone first'],
    },
    {
      name: 'S2 an echo within 5 s after a message, that covers older ones, seems to be automatic',
      facts: [client({ at: 1 }), client({ at: 57_000 }), echo({ at: 60_000 })],
      waits: ['1–60000 auto phone first', '57000'],
    },
    {
      name: 'S2 an echo 5 s after a message answers it',
      facts: [client({ at: 1 }), client({ at: 55_000 }), echo({ at: 60_000 })],
      waits: ['1–60000 answered phone first'],
    },
    {
      name: 'S2 that an answer is owed begins no wait',
      facts: [client({ at: 1 }), reply({ at: 5, covers: sawUntil(4) }), stillOwed({ at: 9, of: keyAt(1) })],
      waits: ['1–5 answered crm first'],
    },
    {
      name: 'S1 a message of the future began when it was stored',
      facts: [
        client({ at: 9_000, stored: 1 }),
        reply({ at: 9_001, stored: 5, covers: sawUntil(9_000, { at: START + 4 }) }),
      ],
      waits: ['1–5 answered crm first'],
    },
  ];

  test.each(rows)('$name', ({ facts, waits }) => {
    expect(told(facts)).toEqual(waits);
    expect(told(facts.toReversed())).toEqual(waits);
  });
});

/** A step of a history, at a time of its own. */
const step = fc.record({
  what: fc.constantFrom('client', 'client', 'client', 'reply', 'reply', 'echo', 'none', 'refuse', 'withdraw', 'accept'),
  /** Also of the same time as the one before, and of the future. */
  lateMs: fc.oneof(
    { weight: 5, arbitrary: fc.constant(0) },
    { weight: 1, arbitrary: fc.constant(7_000) },
    { weight: 1, arbitrary: fc.integer({ min: -30_000, max: 90_000 }) },
  ),
  seenMs: fc.integer({ min: 0, max: 20_000 }),
  pick: fc.nat(),
  /** Its bell comes together with the next one, and comes twice. */
  waits: fc.oneof({ weight: 3, arbitrary: fc.constant(false) }, { weight: 1, arbitrary: fc.constant(true) }),
});

type Step = typeof step extends fc.Arbitrary<infer S> ? S : never;

/** Plays steps, and gives each fact that was put or changed to `follow`, with all facts as they are then. */
function play(steps: readonly Step[], follow: Follow): Fact[] {
  let facts: Fact[] = [];
  let bells: string[] = [];
  steps.forEach(({ what, lateMs, seenMs, pick, waits }, index) => {
    const now = (index + 1) * 7_000;
    const made = { at: now - lateMs, stored: now, id: `f${50 - index}` };
    // An answer of ours comes after all answers before it. A client may have written in the future.
    const own = Math.max(
      now,
      ...facts.filter(({ kind }) => kind !== 'client').map(({ key }) => timeOfKey(key) - START + 1),
    );
    const covers = sawUntil(now - 1 - seenMs, { from: keyAt(0, '') });
    const changed = changedFact(what, facts, pick);
    const put =
      what === 'client'
        ? client(made)
        : what === 'reply'
          ? reply({ ...made, at: own, author: ivan, covers })
          : what === 'echo'
            ? echo(made)
            : what === 'none'
              ? noReplyNeeded({ ...made, at: own, author: ivan, covers })
              : undefined;
    const fact = put ?? changed;
    if (!fact) return;
    facts = [...facts.filter(({ key }) => key !== fact.key), fact].sort((one, other) => (one.key < other.key ? -1 : 1));
    bells.push(fact.key);
    if (waits) return;
    const again = bells.length > 1 ? bells.slice(0, 1) : [];
    for (const key of [...bells, ...again]) facts = follow(facts, key, START + now);
    bells = [];
  });
  for (const key of bells) facts = follow(facts, key, START + 7_000_000);
  return facts;
}

type Follow = (facts: Fact[], newsFrom: string, now: number) => Fact[];

function changedFact(what: string, facts: readonly Fact[], pick: number): Fact | undefined {
  const replies = facts.filter((fact) => fact.kind === 'reply');
  const decisions = facts.filter((fact) => fact.kind === 'no-reply-needed');
  const [said, decided] = [replies[pick % replies.length], decisions[pick % decisions.length]];
  if (what === 'refuse' && said) return { ...said, refused: said.attempt };
  if (what === 'withdraw' && decided) return { ...decided, withdrawnAt: 1 };
  if (what !== 'accept' || !said) return undefined;
  const { refused: _, ...accepted } = { ...said, attempt: said.attempt + 1 };
  return accepted;
}

/** Folds as `src/flows/fold.ts` does, and keeps the rows of waits as it does. */
function createFolds() {
  let before: Chat | undefined;
  const rows = new Map<string, EndedWait>();
  let recounts = 0;

  const follow: Follow = (given, newsFrom, now) => {
    let facts = given;
    let low = leastKey(newsFrom, before?.lastKey, before?.openKey);
    for (;;) {
      const found = facts.filter(({ key }) => key >= low);
      const wider = reopenedFrom(found, before);
      if (wider >= low) break;
      low = wider;
    }
    const window = facts.filter(({ key }) => key >= low);
    for (const { key, from } of answersToLower(window)) {
      facts = facts.map((fact) => (fact.key === key ? lowered(fact, from) : fact));
    }
    const read = { facts: window, low, startedAt: now, whole: true };
    const chat = viewChat(before, read);
    const { ended, isStale } = learnWaits({ before, read, newsFrom, hasSpoken: false });
    for (const wait of ended) rows.set(wait.key, wait);
    if (isStale) recount(facts, newsFrom);
    before = chat;
    return facts;
  };

  function recount(facts: readonly Fact[], from: string): void {
    recounts += 1;
    for (const { key, wait } of recountedWaits(facts, from)) {
      if (wait) rows.set(key, wait);
      else rows.delete(key);
    }
  }

  return { follow, rows, recount, recounts: () => recounts };
}

function lowered(fact: Fact, from: string): Fact {
  if (fact.kind === 'echo') return { ...fact, from };
  if (fact.kind === 'client' || fact.kind === 'still-owed' || !fact.covers) return fact;
  return { ...fact, covers: { ...fact.covers, from } };
}

function keysOf(waits: Iterable<EndedWait>): string[] {
  return [...waits].map(({ key, end }) => `${key} ${end.key} ${end.outcome}`).sort();
}

describe('histories of waits', () => {
  const histories = fc.array(step, { minLength: 1, maxLength: 16 });
  const all = { numRuns: 800, seed: 21 };

  test('I13 waits follow from the set of facts, at most one has not ended, and it is the chat’s oldest open message', () => {
    fc.assert(
      fc.property(histories, fc.nat(), (steps, turn) => {
        const facts = play(steps, (now) => now);
        const waits = waitsOf(facts);

        expect(
          waitsOf([...facts.slice(turn % (facts.length + 1)), ...facts.slice(0, turn % (facts.length + 1))]),
        ).toEqual(waits);
        expect(waits.filter((wait) => !isEnded(wait)).map(({ key }) => key)).toEqual(
          openMessages(facts)
            .slice(0, 1)
            .map(({ key }) => key),
        );
        for (const [index, { key, end }] of waits.entries()) {
          if (end) expect(end.key > key).toBe(true);
          if (index > 0) expect(key > waits[index - 1]!.key).toBe(true);
        }
      }),
      all,
    );
  });

  test('I13 folds keep the rows of waits as a count of all facts has them', () => {
    fc.assert(
      fc.property(histories, (steps) => {
        const folded = createFolds();
        const facts = play(steps, folded.follow);

        expect(keysOf(folded.rows.values())).toEqual(keysOf(waitsOf(facts).filter(isEnded)));
      }),
      all,
    );
  });

  test('S6 what comes in its order needs no second count', () => {
    fc.assert(
      fc.property(histories, (steps) => {
        const folded = createFolds();
        const inOrder = steps.filter(({ what }) => !['refuse', 'withdraw', 'accept'].includes(what));
        play(
          inOrder.map((one) => ({ ...one, lateMs: 0, waits: false })),
          folded.follow,
        );

        expect(folded.recounts()).toBe(0);
      }),
      all,
    );
  });

  test('S6 a message that crosses a reply needs no second count', () => {
    const { follow, recounts } = createFolds();
    const asked = [client({ at: 0 }), client({ at: 9_000, stored: 10_100 })] as const;
    const answer = reply({ at: 10_000, covers: sawUntil(8_000) });
    let facts = follow([asked[0]], asked[0].key, START);
    facts = follow([...facts, answer], answer.key, START + 10_000);
    follow([facts[0]!, asked[1], answer], asked[1].key, START + 10_100);

    expect(recounts()).toBe(0);
  });

  test('I13 a recount from any fact mends all that the fact can have changed', () => {
    fc.assert(
      fc.property(histories, (steps) => {
        const folded = createFolds();
        let facts: Fact[] = [];
        play(steps, (now, newsFrom) => {
          folded.recount(now, newsFrom);
          facts = now;
          return now;
        });

        expect(keysOf(folded.rows.values())).toEqual(keysOf(waitsOf(facts).filter(isEnded)));
        const right = new Map(
          waitsOf(facts)
            .filter(isEnded)
            .map((wait) => [wait.key, wait]),
        );
        for (const { key, wait } of recountedWaits(facts, FIRST_KEY)) {
          expect(wait === undefined ? wait : isCountedSame(flat(wait), flat(right.get(key)!))).toBe(wait && true);
        }
      }),
      all,
    );
  });
});

function flat({ isFirst, end }: EndedWait) {
  return { isFirst, endedAt: end.at, outcome: end.outcome, author: end.author };
}
