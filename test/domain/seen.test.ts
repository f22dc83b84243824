import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { END_OF_KEYS, type Fact, FIRST_KEY, type Seen } from '#domain/fact';
import { shortHash } from '#domain/hash';
import { hasSeen, NAMES_IN_TOKEN, readSeenUpTo, SEEN_NOTHING, seenOf, timeAfter, writeSeenUpTo } from '#domain/seen';
import { client, echo, keyAt, START, sawUntil } from './made-facts.ts';

const CHAT = 'channel-1#telegram#5';
/** 25 messages, one a second. */
const facts = Array.from({ length: 25 }, (_, second) => client({ at: second * 1_000 }));

function read(shown: readonly Fact[], second: number, names?: number): Seen {
  return seenOf({ facts: shown, low: FIRST_KEY, openKey: shown[0]?.key, startedAt: START + second * 1_000 }, names);
}

describe('seenOf', () => {
  const rows: { name: string; seen: Seen; expected: Seen }[] = [
    {
      name: 'what is older than ten seconds needs no name',
      seen: read([client({ at: 0 }), client({ at: 5_000 })], 15),
      expected: { from: keyAt(0), low: FIRST_KEY, upTo: keyAt(5_000), at: START + 5_000, ids: [] },
    },
    {
      name: 'what was stored within ten seconds is named',
      seen: read([client({ at: 0 }), client({ at: 5_001 })], 15),
      expected: {
        from: keyAt(0),
        low: FIRST_KEY,
        upTo: keyAt(5_001),
        at: START + 5_000,
        ids: [shortHash(keyAt(5_001))],
      },
    },
    {
      name: 'the time of storage decides, not the messenger’s',
      seen: read([client({ at: 0, stored: 14_000 })], 15),
      expected: { from: keyAt(0), low: FIRST_KEY, upTo: keyAt(0), at: START + 5_000, ids: [shortHash(keyAt(0))] },
    },
    {
      name: 'answers are not named, and may be the newest',
      seen: read([client({ at: 0 }), echo({ at: 14_000 })], 15),
      expected: { from: keyAt(0), low: FIRST_KEY, upTo: keyAt(14_000, 'e14000'), at: START + 5_000, ids: [] },
    },
    {
      name: 'an empty read has seen nothing',
      seen: read([], 15),
      expected: { from: END_OF_KEYS, low: FIRST_KEY, upTo: FIRST_KEY, at: START + 5_000, ids: [] },
    },
  ];

  test.each(rows)('$name', ({ seen, expected }) => {
    expect(seen).toEqual(expected);
  });

  test('a token names the newest 20 at most; what is not named stays open', () => {
    const burst = facts.map((fact) => ({ ...fact, storedAt: START + 24_000 }));

    const seen = read(burst, 25);

    expect(seen.ids).toHaveLength(NAMES_IN_TOKEN);
    expect(burst.map((fact) => hasSeen(seen, fact))).toEqual([...Array(5).fill(false), ...Array(20).fill(true)]);
  });

  test('a strong read names all of them', () => {
    const burst = facts.map((fact) => ({ ...fact, storedAt: START + 24_000 }));

    const seen = read(burst, 25, burst.length);

    expect(burst.every((fact) => hasSeen(seen, fact))).toBe(true);
  });
});

test('SEEN_NOTHING holds no message', () => {
  expect(facts.some((fact) => hasSeen(SEEN_NOTHING, fact))).toBe(false);
});

test.each([
  { name: 'now, if everything seen is older', seen: sawUntil(0), now: START + 5, expected: START + 5 },
  { name: 'just after the newest, if that is of the future', seen: sawUntil(99), now: START, expected: START + 100 },
  {
    name: 'just after the newest, if that is of this millisecond',
    seen: sawUntil(7),
    now: START + 7,
    expected: START + 8,
  },
  { name: 'now, if nothing was seen', seen: SEEN_NOTHING, now: START, expected: START },
])('timeAfter is $name', ({ seen, now, expected }) => {
  expect(timeAfter(seen, now)).toBe(expected);
});

/** A token with that payload and the right checksum. */
function forged(payload: string): string {
  return Buffer.from(`${shortHash(`${CHAT}\n${payload}`)}.${payload}`).toString('base64url');
}

describe('seenUpTo', () => {
  const seen = sawUntil(5_000, { from: keyAt(0), ids: [shortHash('one'), shortHash('two')] });
  const token = writeSeenUpTo(CHAT, seen);
  const [from, low, upTo, at, ids] = [seen.from, seen.low, seen.upTo, seen.at, seen.ids];

  test('a token is read as it was written, and fits into an address', () => {
    expect(readSeenUpTo(CHAT, token)).toEqual(seen);
    expect(token).toMatch(/^[\w-]+$/);
  });

  test('the forger of this test writes tokens as writeSeenUpTo does', () => {
    expect(forged(JSON.stringify([from, low, upTo, at, ids]))).toBe(token);
  });

  test.each([
    { name: 'the token of another chat', chat: 'channel-1#telegram#6', text: token },
    { name: 'the token of another channel', chat: 'channel-2#telegram#5', text: token },
    { name: 'an empty text', text: '' },
    { name: 'a token without a dot', text: Buffer.from('abc').toString('base64url') },
    { name: 'a token of zero bytes', text: Buffer.alloc(20).toString('base64url') },
    { name: 'a text that is not base64url', text: '!"§$%&/()=' },
    { name: 'a token with another payload under the same checksum', text: changed(token, '5000', '6000') },
    { name: 'a payload that is no JSON', text: forged('[') },
    { name: 'the payload null', text: forged('null') },
    { name: 'a payload that is an object', text: forged('{}') },
    { name: 'a payload that is too short', text: forged(JSON.stringify([from, low, upTo, at])) },
    { name: 'a from that is no key', text: forged(JSON.stringify(['x', low, upTo, at, ids])) },
    { name: 'a low that is no key', text: forged(JSON.stringify([from, null, upTo, at, ids])) },
    { name: 'an upTo that is no key', text: forged(JSON.stringify([from, low, 'abc', at, ids])) },
    {
      name: 'an endless key',
      text: forged(JSON.stringify([from, low, `${upTo}${'я'.repeat(320)}`, at, ids])),
    },
    { name: 'a key with half a character', text: forged(JSON.stringify([from, low, `${upTo}\ud800`, at, ids])) },
    { name: 'a time that is no number', text: forged(JSON.stringify([from, low, upTo, '5', ids])) },
    { name: 'an infinite time', text: forged(`["${from}","${low}","${upTo}",1e999,[]]`) },
    { name: 'names that are no list', text: forged(JSON.stringify([from, low, upTo, at, 'x'])) },
    { name: 'a name that is no text', text: forged(JSON.stringify([from, low, upTo, at, [7]])) },
    { name: 'a list of more than 20 names', text: forged(JSON.stringify([from, low, upTo, at, Array(21).fill('a')])) },
  ])('$name is refused', ({ text, chat = CHAT }) => {
    expect(readSeenUpTo(chat, text)).toBeUndefined();
  });

  test('a token that is cut short anywhere is refused', () => {
    for (let length = 0; length < token.length; length += 1) {
      expect(readSeenUpTo(CHAT, token.slice(0, length))).toBeUndefined();
    }
  });

  test('any text is refused, and nothing is thrown', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.string({ unit: 'binary' }), fc.base64String()), (text) => {
        expect(readSeenUpTo(CHAT, text)).toBeUndefined();
      }),
    );
  });

  test('any payload under a right checksum is refused, and nothing is thrown', () => {
    fc.assert(
      fc.property(fc.oneof(fc.json(), fc.string()), (payload) => {
        expect(readSeenUpTo(CHAT, forged(payload))).toBeUndefined();
      }),
    );
  });

  test('whatever was seen is read as it was written', () => {
    const key = fc.tuple(fc.integer({ min: 0, max: 9e12 }), fc.string()).map(([time, id]) => keyAt(time - START, id));
    const name = fc.string().map(shortHash);
    fc.assert(
      fc.property(
        key,
        key,
        key,
        fc.nat(),
        fc.array(name, { maxLength: 20 }),
        fc.string(),
        (f, l, u, time, named, chat) => {
          const any = { from: f, low: l, upTo: u, at: time, ids: named };

          expect(readSeenUpTo(chat, writeSeenUpTo(chat, any))).toEqual(any);
        },
      ),
    );
  });
});

function changed(token: string, before: string, after: string): string {
  const text = Buffer.from(token, 'base64url').toString();
  return Buffer.from(text.replace(before, after)).toString('base64url');
}
