import { describe, expect, test } from 'vitest';
import type { ClientMessage, Fact } from '#domain/fact';
import { shortHash } from '#domain/hash';
import { covers, isAnswer, openMessages, standingOwed, waitingMessages } from '#domain/open-messages';
import { client, echo, keyAt, noReplyNeeded, reply, START, sawUntil, stillOwed } from './made-facts.ts';

const SEEN = sawUntil(5_000);

describe('covers', () => {
  const question = client({ at: 0 });
  const rows: { name: string; answer: Fact; message?: ClientMessage; covered: boolean }[] = [
    { name: 'a client message covers nothing', answer: client({ at: 9_000 }), covered: false },
    { name: 'U9 "still owed" covers nothing', answer: stillOwed({ at: 9_000, of: question.key }), covered: false },

    { name: 'U3 an echo covers what was said long before it', answer: echo({ at: 60_000 }), covered: true },
    { name: 'U3 an echo covers what was said 5 s before it', answer: echo({ at: 5_000 }), covered: true },
    { name: 'U3 an echo does not cover what was said 4.999 s before it', answer: echo({ at: 4_999 }), covered: false },
    { name: 'U3 an echo does not cover its own second', answer: echo({ at: 0 }), covered: false },
    { name: 'U4 an echo of an import covers nothing', answer: echo({ at: 60_000, history: true }), covered: false },
    {
      name: 'U3 an echo that a machine wrote covers nothing',
      answer: echo({ at: 60_000, by: 'automatic' }),
      covered: false,
    },
    { name: 'U3 our own send that came back covers nothing', answer: echo({ at: 60_000, by: 'us' }), covered: false },
    { name: 'U3 an echo does not cover what was said after it', answer: echo({ at: -1_000 }), covered: false },
    {
      name: 'U3 an echo covers a message that was delivered after it',
      answer: echo({ at: 5_000 }),
      message: client({ at: 0, stored: 60_000 }),
      covered: true,
    },
    {
      name: 'U3 an echo covers although it was delivered an hour late',
      answer: echo({ at: 5_000, stored: 3_600_000 }),
      covered: true,
    },
    {
      name: 'U3 an echo of the future covers what was said 3 s before we got it',
      answer: echo({ at: 3_600_000, stored: 3_000 }),
      message: client({ at: 0 }),
      covered: true,
    },
    {
      name: 'U3 an echo of the future does not cover what was said 2.999 s before we got it',
      answer: echo({ at: 3_600_000, stored: 2_999 }),
      message: client({ at: 0 }),
      covered: false,
    },

    {
      name: 'U3 a reply covers what was stored before its read',
      answer: reply({ at: 6_000, covers: SEEN }),
      covered: true,
    },
    {
      name: 'U3 a reply covers what was stored in the millisecond of its read',
      answer: reply({ at: 6_000, covers: SEEN }),
      message: client({ at: 0, stored: 5_000 }),
      covered: true,
    },
    {
      name: 'U3 a reply does not cover what was written before it and stored after its read',
      answer: reply({ at: 6_000, covers: SEEN }),
      message: client({ at: 0, stored: 5_001 }),
      covered: false,
    },
    {
      name: 'U3 a reply covers what it names, although that was stored later',
      answer: reply({ at: 6_000, covers: sawUntil(5_000, { ids: [shortHash(keyAt(0))] }) }),
      message: client({ at: 0, stored: 5_001 }),
      covered: true,
    },
    {
      name: 'U3 a reply does not cover another message than the one it names',
      answer: reply({ at: 6_000, covers: sawUntil(5_000, { ids: [shortHash(keyAt(1))] }) }),
      message: client({ at: 0, stored: 5_001 }),
      covered: false,
    },
    {
      name: 'U3 a reply does not cover what crossed it on the way',
      answer: reply({ at: 6_000, covers: SEEN }),
      message: client({ at: 5_500, stored: 7_000 }),
      covered: false,
    },
    {
      name: 'U3 a reply covers nothing newer than the newest that it saw, whenever that was stored',
      answer: reply({ at: 6_000, covers: SEEN }),
      message: client({ at: 5_500, stored: 0 }),
      covered: false,
    },
    {
      name: 'U3 a reply covers nothing newer than the newest that it saw, although it names it',
      answer: reply({ at: 6_000, covers: sawUntil(5_000, { ids: [shortHash(keyAt(5_500))] }) }),
      message: client({ at: 5_500 }),
      covered: false,
    },
    {
      name: 'U3 a reply covers the newest that it saw',
      answer: reply({ at: 6_000, covers: sawUntil(5_000, { upTo: keyAt(0) }) }),
      covered: true,
    },
    {
      name: 'U3 a reply covers the oldest that its read held',
      answer: reply({ at: 6_000, covers: sawUntil(5_000, { low: keyAt(0) }) }),
      covered: true,
    },
    {
      name: 'U3 a reply covers nothing older than its read held',
      answer: reply({ at: 6_000, covers: sawUntil(5_000, { low: keyAt(1) }) }),
      covered: false,
    },
    { name: 'U4 a reply with clearUnanswered: false covers nothing', answer: reply({ at: 6_000 }), covered: false },
    {
      name: 'U4 a refused reply covers nothing',
      answer: reply({ at: 6_000, covers: SEEN, refused: 1 }),
      covered: false,
    },
    {
      name: 'U4 a refused reply covers nothing while its next attempt is on its way',
      answer: reply({ at: 6_000, covers: SEEN, refused: 1, attempt: 2 }),
      covered: false,
    },
    {
      name: 'U4 a reply covers once its second attempt has succeeded',
      answer: reply({ at: 6_000, covers: SEEN, attempt: 2 }),
      covered: true,
    },

    {
      name: 'U5 "no reply needed" covers what was seen',
      answer: noReplyNeeded({ at: 6_000, covers: SEEN }),
      covered: true,
    },
    {
      name: 'U5 "no reply needed" does not cover what came meanwhile',
      answer: noReplyNeeded({ at: 6_000, covers: SEEN }),
      message: client({ at: 4_000, stored: 5_500 }),
      covered: false,
    },
    {
      name: 'U5 a withdrawn "no reply needed" covers nothing',
      answer: noReplyNeeded({ at: 6_000, covers: SEEN, withdrawnAt: START + 7_000 }),
      covered: false,
    },
  ];

  test.each(rows)('$name', ({ answer, message = question, covered }) => {
    expect(covers(answer, message)).toBe(covered);
  });
});

test.each([
  { name: 'a client message is no answer', fact: client({ at: 0 }), answer: false },
  { name: 'an echo is an answer', fact: echo({ at: 0 }), answer: true },
  { name: 'a reply is an answer, whatever it covers', fact: reply({ at: 0 }), answer: true },
  { name: '"no reply needed" is an answer', fact: noReplyNeeded({ at: 0, covers: SEEN }), answer: true },
  { name: 'U9 the word that one is owed is none', fact: stillOwed({ at: 1, of: keyAt(0) }), answer: false },
])('$name', ({ fact, answer }) => {
  expect(isAnswer(fact)).toBe(answer);
});

describe('openMessages', () => {
  const rows: { name: string; facts: Fact[]; open: string[] }[] = [
    { name: 'none while nothing was said', facts: [], open: [] },
    { name: 'both of two questions', facts: [client({ at: 0 }), client({ at: 1 })], open: ['m0', 'm1'] },
    {
      name: 'U6 none of what opens nothing (a service notice, imported history)',
      facts: [client({ at: 0, opens: false })],
      open: [],
    },
    { name: 'none after an echo', facts: [client({ at: 0 }), echo({ at: 5_000 })], open: [] },
    {
      name: 'both questions after an answer that a machine wrote',
      facts: [client({ at: 0 }), client({ at: 1 }), echo({ at: 60_000, by: 'automatic' })],
      open: ['m0', 'm1'],
    },
    {
      name: 'a question after the answer',
      facts: [client({ at: 0 }), echo({ at: 5_000 }), client({ at: 6_000 })],
      open: ['m6000'],
    },
    {
      name: 'I1 none that a later answer covers, although an earlier one had not seen it',
      facts: [
        client({ at: 0 }),
        client({ at: 4_000, stored: 9_000 }),
        reply({ at: 6_000, covers: SEEN }),
        reply({ at: 30_000, covers: sawUntil(20_000) }),
      ],
      open: [],
    },
    {
      name: 'U4 none if the reply was refused and another answer covers',
      facts: [client({ at: 0 }), echo({ at: 5_000 }), reply({ at: 6_000, covers: SEEN, refused: 1 })],
      open: [],
    },
    {
      name: 'U4 the message whose only answer was refused',
      facts: [client({ at: 0 }), reply({ at: 6_000, covers: SEEN, refused: 1 })],
      open: ['m0'],
    },
  ];

  test.each(rows)('$name', ({ facts, open }) => {
    expect(openMessages(facts).map(({ content }) => content.text)).toEqual(open);
  });
});

describe('U9 what is still owed', () => {
  const question = client({ at: 0 });
  const answered = [question, reply({ at: 6_000, covers: SEEN })];
  const owed = stillOwed({ at: 10_000, of: question.key });
  const rows: { name: string; facts: Fact[]; open: [string, number][]; by?: string[] }[] = [
    {
      name: 'the message is open since it was said',
      facts: [...answered, owed],
      open: [['m0', 10_000]],
      by: ['o10000'],
    },
    {
      name: 'a message that is open anyway waits since it was written',
      facts: [question, owed],
      open: [['m0', 0]],
      by: ['o10000'],
    },
    { name: 'taken back it counts no more', facts: [...answered, { ...owed, withdrawnAt: START }], open: [] },
    {
      name: 'said twice, it is owed since the first time',
      facts: [...answered, owed, stillOwed({ at: 9_000, stored: 20_000, of: question.key })],
      open: [['m0', 10_000]],
      by: ['o10000', 'o9000'],
    },
    {
      name: 'a reply that was stored later ends it',
      facts: [...answered, owed, reply({ at: 11_000, covers: SEEN })],
      open: [],
    },
    {
      name: 'a reply of the same moment ends it if it sorts behind it',
      facts: [...answered, owed, reply({ at: 10_001, stored: 10_000, covers: SEEN })],
      open: [],
    },
    {
      name: 'a reply that was refused does not',
      facts: [...answered, owed, reply({ at: 11_000, covers: SEEN, refused: 1 })],
      open: [['m0', 10_000]],
      by: ['o10000'],
    },
    {
      name: 'a reply that covers nothing does not',
      facts: [...answered, owed, reply({ at: 11_000 })],
      open: [['m0', 10_000]],
      by: ['o10000'],
    },
    {
      name: 'an echo that was stored later ends it, whenever it was written',
      facts: [...answered, owed, echo({ at: 8_000, stored: 12_000 })],
      open: [],
    },
    {
      name: 'an automatic echo does not',
      facts: [...answered, owed, echo({ at: 12_000, by: 'automatic' })],
      open: [['m0', 10_000]],
      by: ['o10000'],
    },
    {
      name: '"no reply needed" ends it if it was said later',
      facts: [...answered, owed, noReplyNeeded({ at: 11_000, covers: SEEN })],
      open: [],
    },
    {
      name: '"no reply needed" that was said before does not',
      facts: [...answered, noReplyNeeded({ at: 9_000, covers: SEEN }), owed],
      open: [['m0', 10_000]],
      by: ['o10000'],
    },
    {
      name: 'nor does one that was taken back',
      facts: [...answered, owed, noReplyNeeded({ at: 11_000, covers: SEEN, withdrawnAt: START })],
      open: [['m0', 10_000]],
      by: ['o10000'],
    },
    {
      name: 'what was said after the answer counts, and what was said before it does not',
      facts: [...answered, owed, reply({ at: 11_000, covers: SEEN }), stillOwed({ at: 12_000, of: question.key })],
      open: [['m0', 12_000]],
      by: ['o12000'],
    },
    {
      name: 'what the client writes then is another message',
      facts: [...answered, owed, client({ at: 13_000 })],
      open: [
        ['m0', 10_000],
        ['m13000', 13_000],
      ],
      by: ['o10000'],
    },
    { name: 'a message that is not in the read cannot be owed', facts: [owed], open: [] },
  ];

  test.each(rows)('$name', ({ facts, open, by = [] }) => {
    expect(waitingMessages(facts).map(({ message, since }) => [message.key, since])).toEqual(
      open.map(([id, since]) => [keyAt(Number(id.slice(1)), id), START + since]),
    );
    expect(standingOwed(facts).map(({ key }) => key.slice(14))).toEqual(by);
  });
});
