import { describe, expect, test } from 'vitest';
import { isSameProfile, nameOf, newestProfile, visibleName } from '#domain/profile';

describe('a name of which nothing can be seen is none', () => {
  test.each([
    ['nothing', ''],
    ['spaces of all widths', ' \u00a0\u2003\u202f\u205f\u3000'],
    ['tab, new line, other controls', '\t\n\u0000\u0085'],
    ['zero width', '\u200b\u200c\u200d\u2060\ufeff'],
    ['a soft hyphen', '\u00ad'],
    ['Hangul fillers', '\u115f\u1160\u3164\uffa0'],
    ['the blank of braille', '\u2800'],
    ['marks of direction', '\u200e\u200f\u061c\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069'],
    ['separators of lines', '\u2028\u2029'],
    ['variation selectors', '\ufe0e\ufe0f\u{e0100}\u180b'],
    ['tags', '\u{e0001}\u{e0041}\u{e007f}'],
    ['invisible operators', '\u2061\u2062\u2063\u2064'],
    ['what Unicode reserves for the invisible', '\u2065\ufff0\u{e0fff}'],
    ['the joiner of graphemes, vowels without a sound', '\u034f\u17b4\u17b5'],
    ['controls of music, and the empty notehead', '\u{1d173}\u{1d17a}\u{1d159}'],
    ['controls of annotations, shorthand and hieroglyphs', '\ufff9\ufffb\u{1bca0}\u{13430}'],
    ['combining marks alone', '\u0301\u20dd\u0489'],
    ['combining marks on what is invisible', '\u3164\u0301\u200d\u0308'],
    ['halves of characters', '\ud83d\udbff'],
  ])('%s', (_name, text) => {
    expect(visibleName(text)).toBeUndefined();
  });
});

describe('what is invisible around a name is trimmed', () => {
  test.each([
    ['zero width', '\u200bAnna\u200d', 'Anna'],
    ['spaces and fillers', ' \u3164 Anna Petrova \u2800 ', 'Anna Petrova'],
    ['marks of direction', '\u202eAnna\u202c', 'Anna'],
    ['the byte order mark', '\ufeffAnna', 'Anna'],
    ['a variation selector that has nothing to vary', '\ufe0fAnna\ufe0f', 'Anna'],
    ['tags behind no flag', 'Anna\u{e0041}\u{e007f}', 'Anna'],
    ['a mark that stands on nothing', '\u0301Anna', 'Anna'],
    ['a joiner that joins nothing', '👩\u200d', '👩'],
    ['after an accent', 'Rene\u0301\u200b', 'Rene\u0301'],
  ])('%s', (_name, text, visible) => {
    expect(visibleName(text)).toBe(visible);
  });
});

describe('what belongs to a name stays', () => {
  test.each([
    ['a letter', 'A'],
    ['a sign', '—'],
    ['an accent', 'Rene\u0301'],
    ['vowels and tones', 'ก็'],
    ['an emoji that has two looks', 'Anna ❤\ufe0f'],
    ['a keycap', '1\ufe0f\u20e3'],
    ['a skin', '👍🏽'],
    ['a family', '👩\u200d👩\u200d👧'],
    ['a flag of letters', '🇷🇺'],
    ['a flag of tags', '\u{1f3f4}\u{e0067}\u{e0062}\u{e0065}\u{e006e}\u{e0067}\u{e007f}'],
    ['a variant of an ideograph', '葛\u{e0100}'],
    ['a joiner inside a Persian word', 'نام\u200cها'],
    ['a space inside', 'Anna  Maria'],
    ['a visible sign that Unicode counts among the format characters', '\u0601'],
  ])('%s', (_name, text) => {
    expect(visibleName(text)).toBe(text);
  });
});

test('a megabyte of the invisible is read in a moment', () => {
  const begun = process.cpuUsage();
  for (const one of ['\u200d', '\u0301', '\ufe0f']) visibleName(`${one.repeat(300_000)}a${one.repeat(300_000)}`);
  // Time of the processor: what else the machine does does not count.
  expect(process.cpuUsage(begun).user).toBeLessThan(2_000_000);
});

test.each([
  [{ name: 'Anna', username: 'anna' }, 'Anna'],
  [{ username: 'anna' }, '@anna'],
  [{ name: '\u3164', username: 'anna' }, '@anna'],
  [{ name: '\u3164', username: '\u200b' }, undefined],
  [{}, undefined],
])('the name of %j is %s', (profile, name) => {
  expect(nameOf(profile)).toBe(name);
});

test.each([
  ['none of none', [undefined], undefined],
  [
    'the newer one',
    [
      { key: '1', name: 'a' },
      { key: '2', name: 'b' },
    ],
    '2',
  ],
  ['the newer one, if it comes first', [{ key: '2', name: 'b' }, undefined, { key: '1', name: 'a' }], '2'],
  [
    'the one with a name',
    [
      { key: '1', name: 'a' },
      { key: '2', username: 'b' },
    ],
    '1',
  ],
  [
    'the one with a name, if it comes last',
    [
      { key: '2', username: 'b' },
      { key: '1', name: 'a' },
    ],
    '1',
  ],
])('of profiles %s counts', (_name, profiles, key) => {
  expect(newestProfile(profiles)?.key).toBe(key);
});

test.each([
  [{ name: 'a' }, { name: 'a' }, true],
  [{ name: 'a' }, { name: 'b' }, false],
  [{ name: 'a' }, { name: 'a', username: 'a' }, false],
  [undefined, {}, true],
])('%j and %j say the same: %s', (one, other, same) => {
  expect(isSameProfile(one, other)).toBe(same);
});
