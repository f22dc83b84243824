import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { END_OF_KEYS, FIRST_KEY, factKey, idOfKey, leastKey, messengerTime, saidAt, timeOfKey } from '#domain/fact';
import { client, START } from './made-facts.ts';

describe('factKey', () => {
  test.each([
    { name: 'a time of today', time: START, id: '731', key: `${START}#731` },
    { name: 'an early time, padded', time: 5, id: 'a', key: '0000000000005#a' },
    { name: 'a time before 1970', time: -5, id: 'a', key: '0000000000000#a' },
    { name: 'a time after 2286', time: 8.64e15, id: 'a', key: '9999999999999#a' },
    { name: 'a fraction of a millisecond', time: 5.9, id: 'a', key: '0000000000005#a' },
    { name: 'an id with a hash mark', time: 5, id: 'a#b', key: '0000000000005#a#b' },
  ])('$name', ({ time, id, key }) => {
    expect(factKey(time, id)).toBe(key);
    expect(idOfKey(key)).toBe(id);
  });

  test('time and id are read back from a key, and keys sort by time, between the two ends', () => {
    const time = fc.integer({ min: 0, max: 9_999_999_999_999 });
    fc.assert(
      fc.property(time, time, fc.string(), (one, other, id) => {
        const key = factKey(one, id);

        expect([timeOfKey(key), idOfKey(key)]).toEqual([one, id]);
        expect(key > FIRST_KEY && key < END_OF_KEYS && key < 'of#').toBe(true);
        if (one < other) expect(key < factKey(other, '')).toBe(true);
      }),
    );
  });
});

test.each([Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY])('%s is no time of a fact', (time) => {
  expect(() => factKey(time, 'a')).toThrow(RangeError);
});

test.each([
  { name: 'of 0.1.0 that holds no time', key: '0000000000NaN#id', time: 0 },
  { name: 'without a time', key: 'NaN#id', time: 0 },
  { name: 'with half a time', key: '1791190800#id', time: 0 },
  { name: 'in hexadecimal', key: '0x00000000001#id', time: 0 },
  { name: 'that is the first of all', key: FIRST_KEY, time: 0 },
  { name: 'that is the last of all', key: END_OF_KEYS, time: 0 },
])('a key $name counts as one of 1970, and was said when it was stored', ({ key, time }) => {
  expect(timeOfKey(key)).toBe(time);
  expect(saidAt({ ...client({ at: 5, stored: 9 }), key })).toBe(START + 9);
  expect(messengerTime({ ...client({ at: 5, stored: 9 }), key })).toBe(START + 9);
});

test.each([
  { name: 'the messenger’s time', fact: client({ at: 5, stored: 9 }), expected: START + 5 },
  {
    name: 'the time of receipt, if the messenger’s is in the future',
    fact: client({ at: 9, stored: 5 }),
    expected: START + 5,
  },
])('saidAt is $name', ({ fact, expected }) => {
  expect(saidAt(fact)).toBe(expected);
});

test.each([
  { name: 'of no keys is the end', keys: [], expected: END_OF_KEYS },
  { name: 'of undefined keys is the end', keys: [undefined, undefined], expected: END_OF_KEYS },
  { name: 'of several keys is the least', keys: ['2', undefined, '1', '3'], expected: '1' },
])('leastKey $name', ({ keys, expected }) => {
  expect(leastKey(...keys)).toBe(expected);
});
