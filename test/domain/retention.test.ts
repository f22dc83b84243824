import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { viewChat } from '#domain/chat';
import { type Fact, FIRST_KEY } from '#domain/fact';
import { waitingMessages } from '#domain/open-messages';
import { agedFrom, forgotten } from '#domain/retention';
import { client, echo, keyAt, noReplyNeeded, reply, START, sawUntil, stillOwed } from './made-facts.ts';

const NOBODY = () => false;

/** The keys that go, of what was stored before that time after START. */
function goneOf(facts: readonly Fact[], before: number, isHeld: (fact: Fact) => boolean = NOBODY): string[] {
  return forgotten(facts, START + before, isHeld)
    .facts.map(({ key }) => key)
    .sort();
}

const keys = (...facts: readonly Fact[]) => facts.map(({ key }) => key).sort();

const asked = client({ at: 0 });
const answered = reply({ at: 10_000, covers: sawUntil(9_000) });
const again = client({ at: 100_000 });
const later = reply({ at: 110_000, covers: sawUntil(109_000) });

describe('U10 what goes of a chat', () => {
  const rows: { name: string; facts: Fact[]; before: number; gone: Fact[]; held?: Fact }[] = [
    { name: 'nothing that is not old', facts: [asked, answered], before: 0, gone: [] },
    {
      name: 'all of a chat that is old and answered',
      facts: [asked, answered],
      before: 50_000,
      gone: [asked, answered],
    },
    { name: 'no open message, however old', facts: [asked], before: 50_000, gone: [] },
    {
      name: 'what is old of a chat that goes on',
      facts: [asked, answered, again, later],
      before: 50_000,
      gone: [asked, answered],
    },
    {
      name: 'no message that only an answer closes which is not old: it may still be refused',
      facts: [asked, reply({ at: 60_000, covers: sawUntil(59_000) })],
      before: 50_000,
      gone: [],
    },
    {
      name: 'no message that is owed an answer, and not the answer before that',
      facts: [asked, answered, stillOwed({ at: 20_000, of: asked.key })],
      before: 50_000,
      gone: [],
    },
    {
      name: 'a message that was owed an answer and got it',
      facts: [
        asked,
        answered,
        stillOwed({ at: 20_000, of: asked.key }),
        reply({ at: 30_000, covers: sawUntil(29_000) }),
      ],
      before: 50_000,
      gone: [
        asked,
        answered,
        stillOwed({ at: 20_000, of: asked.key }),
        reply({ at: 30_000, covers: sawUntil(29_000) }),
      ],
    },
    {
      name: 'not the refused reply to an open message: it may be sent again',
      facts: [asked, reply({ at: 10_000, covers: sawUntil(9_000), refused: 1 })],
      before: 50_000,
      gone: [],
    },
    {
      name: 'a message whose reply was tried again lately stays with it',
      facts: [asked, { ...answered, attempt: 2, attemptAt: START + 60_000 }],
      before: 50_000,
      gone: [],
    },
    {
      name: 'a decision that was taken back lately stays',
      facts: [noReplyNeeded({ at: 20_000, covers: sawUntil(19_000), withdrawnAt: START + 60_000 })],
      before: 50_000,
      gone: [],
    },
    {
      name: 'the client’s newest message stays with one answer while the chat does',
      facts: [asked, answered, reply({ at: 20_000, covers: sawUntil(19_000) }), reply({ at: 60_000 })],
      before: 50_000,
      gone: [answered],
    },
    {
      name: 'the message that told the name stays while the chat does',
      facts: [client({ at: 0, author: { name: 'Olga' } }), answered, again, later],
      before: 50_000,
      gone: [answered],
    },
    {
      name: 'an import is as old as it was said',
      facts: [client({ at: 0, stored: 90_000, history: true, opens: false })],
      before: 50_000,
      gone: [client({ at: 0, stored: 90_000, history: true, opens: false })],
    },
    {
      name: 'an answer that closes a message which came late stays',
      facts: [client({ at: 0, stored: 90_000 }), echo({ at: 10_000 })],
      before: 50_000,
      gone: [],
    },
    {
      name: 'our own that came back stays and goes with the reply',
      facts: [asked, answered, echo({ at: 11_000, by: 'us', ours: answered.key })],
      before: 50_000,
      gone: [asked, answered, echo({ at: 11_000, by: 'us', ours: answered.key })],
    },
    {
      name: 'nothing that is held, and what that needs',
      facts: [asked, answered],
      before: 50_000,
      held: asked,
      gone: [],
    },
  ];
  test.each(rows)('$name', ({ facts, before, gone, held }) => {
    expect(goneOf(facts, before, (fact) => fact.key === held?.key)).toEqual(keys(...gone));
  });

  test('a time in the future gets old as if it were that of receipt', () => {
    expect(agedFrom(client({ at: 9e11, stored: 5 }))).toBe(START + 5);
  });

  test('a message is closed by an old answer, if it goes', () => {
    const { closedBy, isWhole } = forgotten([asked, answered], START + 50_000, NOBODY);

    expect([...closedBy]).toEqual([[asked.key, answered.key]]);
    expect(isWhole).toBe(true);
  });
});

const TIME = fc.integer({ min: 0, max: 40 }).map((at) => at * 4_000);

/** Facts of a chat with skewed clocks, refusals and what was taken back. */
const history = fc
  .array(
    fc.record({
      kind: fc.constantFrom('client', 'notice', 'echo', 'automatic', 'reply', 'nrn', 'owed', 'past'),
      at: TIME,
      late: fc.constantFrom(0, 0, 0, 30_000, 120_000),
      saw: TIME,
      undone: fc.constantFrom(false, false, true),
      retried: fc.constantFrom(0, 0, 100_000),
      name: fc.constantFrom(undefined, undefined, 'Olga'),
    }),
    { maxLength: 14 },
  )
  .map((said) => said.map((one, index) => factOf(one, index)).sort((a, b) => (a.key < b.key ? -1 : 1)));

interface Given {
  readonly kind: string;
  readonly at: number;
  readonly late: number;
  readonly saw: number;
  readonly undone: boolean;
  readonly retried: number;
  readonly name: string | undefined;
}

function factOf({ kind, at, late, saw, undone, retried, name }: Given, index: number): Fact {
  const made = { at, stored: at + late, id: `i${index}` };
  const author = name === undefined ? {} : { name };
  const seen = sawUntil(Math.min(saw, at + late));
  switch (kind) {
    case 'client':
      return client({ ...made, author });
    case 'notice':
      return client({ ...made, opens: false, author });
    case 'past':
      return client({ ...made, history: true, opens: false, author });
    case 'echo':
      return echo(made);
    case 'automatic':
      return echo({ ...made, by: 'automatic' });
    case 'nrn':
      return noReplyNeeded({ ...made, covers: seen, ...(undone && { withdrawnAt: START + at + late + retried }) });
    case 'owed':
      return stillOwed({
        ...made,
        of: keyAt(saw, `i${index - 1}`),
        ...(undone && { withdrawnAt: START + at + retried }),
      });
    default:
      return reply({
        ...made,
        covers: seen,
        ...(undone && { refused: 1 }),
        ...(retried > 0 && { attempt: 2, attemptAt: START + at + retried, ...(undone && { refused: 2 }) }),
      });
  }
}

const waitingIn = (facts: readonly Fact[]) => waitingMessages(facts).map(({ message, since }) => [message.key, since]);

describe('whatever was said, and whenever it is looked at', () => {
  test('what is open, and since when, stays; a chat that stays shows the same; nothing more goes later', () => {
    fc.assert(
      fc.property(history, TIME, fc.array(fc.boolean(), { minLength: 14, maxLength: 14 }), (facts, before, heard) => {
        const held = (fact: Fact) => heard[facts.indexOf(fact)] === true && facts.length % 3 === 0;
        const { facts: gone, closedBy, isWhole } = forgotten(facts, START + before, held);
        const names = new Set(gone.map(({ key }) => key));
        const left = facts.filter(({ key }) => !names.has(key));

        expect(waitingIn(left)).toEqual(waitingIn(facts));
        expect(left.length === 0).toBe(isWhole);
        if (left.length > 0) expect(rowOf(left)).toEqual(rowOf(facts));
        expect(forgotten(left, START + before, held).facts).toEqual([]);
        for (const fact of gone) {
          expect(agedFrom(fact)).toBeLessThan(START + before);
          expect(fact.kind === 'client' && fact.opens).toBe(closedBy.has(fact.key));
        }
      }),
      { numRuns: 400 },
    );
  });

  test('cut short after any of them, nothing else is open, and the rest goes the next time', () => {
    fc.assert(
      fc.property(history, TIME, fc.nat(), (facts, before, cut) => {
        const { facts: gone } = forgotten(facts, START + before, NOBODY);
        const first = new Set(gone.slice(0, cut % (gone.length + 1)).map(({ key }) => key));
        const left = facts.filter(({ key }) => !first.has(key));

        expect(waitingIn(left)).toEqual(waitingIn(facts));
        const rest = forgotten(left, START + before, NOBODY).facts;
        expect(keys(...rest)).toEqual(keys(...gone.slice(first.size)));
      }),
      { numRuns: 400 },
    );
  });

  test('a message that went stays closed, whatever becomes of answers that are not old', () => {
    fc.assert(
      fc.property(history, TIME, (facts, before) => {
        const { facts: gone } = forgotten(facts, START + before, NOBODY);
        const names = new Set(gone.map(({ key }) => key));
        const undone = facts.map((fact) => (agedFrom(fact) < START + before ? fact : undo(fact)));

        expect(waitingIn(undone).filter(([key]) => names.has(String(key)))).toEqual([]);
      }),
      { numRuns: 400 },
    );
  });
});

function undo(fact: Fact): Fact {
  if (fact.kind === 'reply') return { ...fact, refused: fact.attempt };
  return fact.kind === 'no-reply-needed' ? { ...fact, withdrawnAt: fact.storedAt } : fact;
}

/** What the list shows of the chat, without what a reader has seen. */
function rowOf(facts: readonly Fact[]) {
  const { seen: _, ...row } = viewChat(undefined, { facts, low: FIRST_KEY, startedAt: START, whole: true });
  return row;
}
