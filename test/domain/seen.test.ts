import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { END_OF_KEYS, type Fact, FIRST_KEY, factKey, type Seen } from '#domain/fact';
import { keyedHash, shortHash } from '#domain/hash';
import {
  boundCovers,
  hasSeen,
  NAMES_IN_TOKEN,
  readableSeen,
  readSeenUpTo,
  SEEN_NOTHING,
  seenOf,
  timeAfter,
  writeSeenUpTo,
} from '#domain/seen';
import { client, echo, keyAt, START, sawUntil } from './made-facts.ts';

const CHAT = 'channel-1#telegram#5';
const SECRET = Buffer.alloc(32, 'secret');
const OTHER_SECRET = Buffer.alloc(32, 'another');
/** Later than any time in a token of these tests. */
const LATER = 9e15;
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
  { name: 'now, if all was seen', seen: { ...SEEN_NOTHING, upTo: END_OF_KEYS }, now: START, expected: START },
  {
    name: 'now, if the newest has no time',
    seen: { ...SEEN_NOTHING, upTo: '0000000000NaN#x' },
    now: START,
    expected: START,
  },
  {
    name: 'the last time of all keys at most',
    seen: { ...SEEN_NOTHING, upTo: '9999999999999#x' },
    now: START,
    expected: 9_999_999_999_999,
  },
])('timeAfter is $name', ({ seen, now, expected }) => {
  expect(timeAfter(seen, now)).toBe(expected);
});

/** A token with that payload and the signature of somebody who knows the secret. */
function signed(payload: string, secret = SECRET, chat = CHAT): string {
  const signature = keyedHash(secret, 'seenUpTo', JSON.stringify([chat, payload])).subarray(0, 12);
  return Buffer.from(`${signature.toString('base64url')}.${payload}`).toString('base64url');
}

/** A token as 0.1.0 made it, and as anybody could. */
function unsigned(payload: string): string {
  return Buffer.from(`${shortHash(`${CHAT}\n${payload}`)}.${payload}`).toString('base64url');
}

function readToken(token: string, chat = CHAT, now = LATER): Seen | undefined {
  return readSeenUpTo(SECRET, chat, token, now);
}

describe('seenUpTo', () => {
  const seen = sawUntil(5_000, { from: keyAt(0), ids: [shortHash('one'), shortHash('two')] });
  const token = writeSeenUpTo(SECRET, CHAT, seen);
  const [from, low, upTo, at, ids] = [seen.from, seen.low, seen.upTo, seen.at, seen.ids];

  test('a token is read as it was written, and fits into an address', () => {
    expect(readToken(token)).toEqual(seen);
    expect(token).toMatch(/^[\w-]+$/);
  });

  test('the signer of this test writes tokens as writeSeenUpTo does', () => {
    expect(signed(JSON.stringify([from, low, upTo, at, ids]))).toBe(token);
  });

  test.each([
    { name: 'the token of another chat', chat: 'channel-1#telegram#6', text: token },
    { name: 'the token of another channel', chat: 'channel-2#telegram#5', text: token },
    { name: 'an empty text', text: '' },
    { name: 'a token without a dot', text: Buffer.from('abc').toString('base64url') },
    { name: 'a token of zero bytes', text: Buffer.alloc(20).toString('base64url') },
    { name: 'a text that is not base64url', text: '!"§$%&/()=' },
    { name: 'a token with another payload under the same signature', text: changed(token, '5000', '6000') },
    { name: 'a payload that is no JSON', text: signed('[') },
    { name: 'the payload null', text: signed('null') },
    { name: 'a payload that is an object', text: signed('{}') },
    { name: 'a payload that is too short', text: signed(JSON.stringify([from, low, upTo, at])) },
    { name: 'a from that is no key', text: signed(JSON.stringify(['x', low, upTo, at, ids])) },
    { name: 'a low that is no key', text: signed(JSON.stringify([from, null, upTo, at, ids])) },
    { name: 'an upTo that is no key', text: signed(JSON.stringify([from, low, 'abc', at, ids])) },
    {
      name: 'an endless key',
      text: signed(JSON.stringify([from, low, `${upTo}${'я'.repeat(320)}`, at, ids])),
    },
    { name: 'a key with half a character', text: signed(JSON.stringify([from, low, `${upTo}\ud800`, at, ids])) },
    { name: 'an upTo at the end of all keys', text: signed(JSON.stringify([from, low, END_OF_KEYS, at, ids])) },
    { name: 'an upTo without a time', text: signed(JSON.stringify([from, low, '0000000000NaN#id', at, ids])) },
    { name: 'the token of 0.1.0', text: unsigned(JSON.stringify([from, low, upTo, at, ids])) },
    { name: 'a token made by hand, for ever', text: unsigned(JSON.stringify(['0', '0', '9999999999999#x', 9e15, []])) },
    { name: 'a token of another installation', text: writeSeenUpTo(OTHER_SECRET, CHAT, seen) },
    {
      name: 'an empty signature',
      text: Buffer.from(`.${JSON.stringify([from, low, upTo, at, ids])}`).toString('base64url'),
    },
    { name: 'a signature that is cut short', text: withSignature(token, (signature) => signature.slice(0, -4)) },
    { name: 'a signature with more behind it', text: withSignature(token, (signature) => `${signature}AAAA`) },
    {
      name: 'a hash of the log as the signature',
      text: withSignature(token, (_, payload) =>
        keyedHash(SECRET, 'log', JSON.stringify([CHAT, payload]))
          .subarray(0, 12)
          .toString('base64url'),
      ),
    },
    { name: 'a time that is no number', text: signed(JSON.stringify([from, low, upTo, '5', ids])) },
    { name: 'an infinite time', text: signed(`["${from}","${low}","${upTo}",1e999,[]]`) },
    { name: 'names that are no list', text: signed(JSON.stringify([from, low, upTo, at, 'x'])) },
    { name: 'a name that is no text', text: signed(JSON.stringify([from, low, upTo, at, [7]])) },
    { name: 'a list of more than 20 names', text: signed(JSON.stringify([from, low, upTo, at, Array(21).fill('a')])) },
  ])('$name is refused', ({ text, chat = CHAT }) => {
    expect(readToken(text, chat)).toBeUndefined();
  });

  test.each([
    { name: 'now', at: START + 1, expected: START },
    { name: 'what it says, if that is earlier', at: START - 1, expected: START - 1 },
    { name: 'now, if it is endless', at: Number.MAX_SAFE_INTEGER, expected: START },
  ])('the time of a token is at most $name', ({ at: time, expected }) => {
    const text = writeSeenUpTo(SECRET, CHAT, { ...seen, at: time });

    expect(readToken(text, CHAT, START)?.at).toBe(expected);
  });

  test('the chat and the payload are apart in what is signed', () => {
    const payload = JSON.stringify([from, low, upTo, at, ids]);

    expect(readToken(signed(payload), `${CHAT}\n`)).toBeUndefined();
    expect(readToken(signed(payload), `${CHAT}\n${payload}`)).toBeUndefined();
  });

  test('a token is about as long as one of 0.1.0', () => {
    const before = unsigned(JSON.stringify([from, low, upTo, at, ids]));

    expect(token.length - before.length).toBeLessThan(12);
  });

  test('a token that is cut short anywhere is refused', () => {
    for (let length = 0; length < token.length; length += 1) {
      expect(readToken(token.slice(0, length))).toBeUndefined();
    }
  });

  test('any text is refused, and nothing is thrown', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.string({ unit: 'binary' }), fc.base64String()), (text) => {
        expect(readToken(text)).toBeUndefined();
      }),
    );
  });

  test('any payload under a right signature is refused, and nothing is thrown', () => {
    fc.assert(
      fc.property(fc.oneof(fc.json(), fc.string()), (payload) => {
        expect(readToken(signed(payload))).toBeUndefined();
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

          expect(readToken(writeSeenUpTo(SECRET, chat, any), chat)).toEqual(any);
        },
      ),
    );
  });
});

function changed(token: string, before: string, after: string): string {
  const text = Buffer.from(token, 'base64url').toString();
  return Buffer.from(text.replace(before, after)).toString('base64url');
}

function withSignature(token: string, change: (signature: string, payload: string) => string): string {
  const text = Buffer.from(token, 'base64url').toString();
  const dot = text.indexOf('.');
  const payload = text.slice(dot + 1);
  return Buffer.from(`${change(text.slice(0, dot), payload)}.${payload}`).toString('base64url');
}

describe('what an answer covers, as it was stored by earlier releases', () => {
  const answer = { key: factKey(START, 'answer'), storedAt: START };
  const seen: Seen = { from: FIRST_KEY, low: FIRST_KEY, upTo: keyAt(-5), at: START - 10, ids: [] };
  const forever = { ...answer, key: '9999999999999#answer' };
  const timeless = { ...answer, key: '0000000000NaN#answer' };

  test.each([
    { name: 'stays as it is, if it can be', covers: seen, answer, expected: {} },
    { name: 'is nothing stored after the answer', covers: { ...seen, at: 9e15 }, answer, expected: { at: START } },
    {
      name: 'is nothing that sorts after the answer',
      covers: { ...seen, upTo: keyAt(9) },
      answer,
      expected: { upTo: answer.key },
    },
    {
      name: 'does not end at the end of all keys',
      covers: { ...seen, upTo: END_OF_KEYS },
      answer,
      expected: { upTo: answer.key },
    },
    {
      name: 'ends in time, although the key of the answer lies in 2286',
      covers: { ...seen, upTo: '9999999999999#x', at: 9e15 },
      answer: forever,
      expected: { upTo: '9999999999999#answer', at: START },
    },
    {
      name: 'ends with its storage, if the key of the answer holds no time',
      covers: { ...seen, upTo: END_OF_KEYS, at: 9e15 },
      answer: timeless,
      expected: { upTo: `${START}#:`, at: START },
    },
  ])('$name', ({ covers, answer: by, expected }) => {
    expect(boundCovers(covers, by)).toEqual({ ...covers, ...expected });
  });

  test.each([answer, forever, timeless])('never holds a message that came after $key', (by) => {
    const covers = boundCovers({ ...seen, upTo: END_OF_KEYS, at: Number.MAX_SAFE_INTEGER }, by);

    expect(hasSeen(covers, { key: keyAt(-1), storedAt: START })).toBe(true);
    expect(hasSeen(covers, { key: keyAt(-1), storedAt: START + 1 })).toBe(false);
    expect(hasSeen(covers, { key: keyAt(1), storedAt: START + 1 })).toBe(false);
  });
});

test.each(['0000000000NaN#id', 'NaN#id', '', 'x', `${START}`, END_OF_KEYS])(
  'the stored place "%s", which is none, makes no token that is refused',
  (place) => {
    const stored: Seen = { from: place, low: place, upTo: place, at: START, ids: [] };
    const read = seenOf({
      facts: [client({ at: 0 }), { ...client({ at: 0 }), key: place }],
      low: place,
      startedAt: START,
    });

    for (const seen of [readableSeen(stored), read]) {
      expect(readToken(writeSeenUpTo(SECRET, CHAT, seen))).toEqual(seen);
    }
    expect(read.upTo).toBe(keyAt(0));
  },
);
