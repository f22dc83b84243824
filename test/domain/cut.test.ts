import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cut } from '#domain/cut';

const FAMILY = '👨‍👩‍👧‍👦';
const ENGLAND = '🏴󠁧󠁢󠁥󠁮󠁧󠁿';

describe('a text is cut between graphemes', () => {
  test.each([
    { name: 'a text that fits', text: 'abc', length: 3, expected: 'abc' },
    { name: 'an emoji that fits', text: 'x😀', length: 3, expected: 'x😀' },
    { name: 'plain letters', text: 'abcdef', length: 3, expected: 'abc' },
    { name: 'an emoji at the cut', text: `${'x'.repeat(99)}😀`, length: 100, expected: 'x'.repeat(99) },
    { name: 'an emoji before the cut', text: `${'x'.repeat(98)}😀y`, length: 100, expected: `${'x'.repeat(98)}😀` },
    { name: 'an emoji with a skin tone', text: 'x👋🏽!', length: 4, expected: 'x' },
    { name: 'a heart with its selector', text: 'xy❤️!', length: 3, expected: 'xy' },
    { name: 'a family', text: `x${FAMILY}!`, length: 6, expected: 'x' },
    { name: 'two families', text: `${FAMILY}${FAMILY}`, length: 21, expected: FAMILY },
    { name: 'a couple with a heart', text: 'x👩🏽‍❤️‍💋‍👨🏿!', length: 14, expected: 'x' },
    { name: 'a flag of letters', text: `x${ENGLAND}!`, length: 14, expected: 'x' },
    { name: 'the second of two flags', text: '🇫🇷🇩🇪', length: 6, expected: '🇫🇷' },
    {
      name: 'a row of flags that begins far before',
      text: `x${'🇫🇷'.repeat(300)}`,
      length: 1_000,
      expected: `x${'🇫🇷'.repeat(249)}`,
    },
    { name: 'a keycap', text: 'x1️⃣!', length: 3, expected: 'x' },
    { name: 'a letter with its mark', text: 'cafe\u0301!', length: 4, expected: 'caf' },
    { name: 'a Russian letter in two parts', text: 'мои\u0306!', length: 3, expected: 'мо' },
    { name: 'a Korean syllable in parts', text: 'x\u1112\u1161\u11ab!', length: 3, expected: 'x' },
    { name: 'a Hindi syllable', text: 'xनि!', length: 2, expected: 'x' },
    { name: 'a Hindi conjunct', text: 'xक्षि!', length: 3, expected: 'x' },
    { name: 'a Thai vowel', text: 'xกำ!', length: 2, expected: 'x' },
    { name: 'a line break of two characters', text: 'x\r\ny', length: 2, expected: 'x' },
    { name: 'an emoji alone that does not fit', text: '😀', length: 1, expected: '' },
    { name: 'length 0', text: '😀', length: 0, expected: '' },
    { name: 'an empty text', text: '', length: 5, expected: '' },
    { name: 'half a character inside', text: 'a\ud800b', length: 3, expected: 'a\ufffdb' },
    { name: 'half a character at the end', text: 'ab\ud83d', length: 5, expected: 'ab\ufffd' },
    { name: 'half a character at the cut', text: 'a\ud83dbc', length: 2, expected: 'a\ufffd' },
    { name: 'two first halves', text: 'a\ud83d😀', length: 3, expected: 'a\ufffd' },
    { name: 'a letter under 60 marks', text: `abc${'\u0301'.repeat(60)}`, length: 40, expected: 'ab' },
    {
      name: 'a letter under a heap of marks: some marks go',
      text: `abc${'\u0301'.repeat(200)}`,
      length: 100,
      expected: `abc${'\u0301'.repeat(97)}`,
    },
    {
      name: 'a first letter under too many marks: something is left',
      text: `a${'\u0301'.repeat(40)}`,
      length: 32,
      expected: `a${'\u0301'.repeat(31)}`,
    },
    {
      name: 'a heap of marks of two units each: none is halved',
      text: `a${'𝅥'.repeat(100)}`,
      length: 100,
      expected: `a${'𝅥'.repeat(49)}`,
    },
  ])('$name', ({ text, length, expected }) => {
    expect(cut(text, length)).toBe(expected);
  });

  test('of any text there is a beginning, in whole graphemes, as long as it can be', () => {
    const parts = fc.constantFrom(
      'é',
      '©',
      '\u00ad',
      '\u0483',
      '\u0600',
      'x',
      'ж',
      '😀',
      FAMILY,
      ENGLAND,
      '🇫',
      '🇷',
      '\u0301',
      '\u200d',
      '\r',
      '\n',
      'क',
      '्',
      '\ud83d',
    );
    const texts = fc.array(parts, { maxLength: 60 }).map((some) => some.join(''));
    fc.assert(
      fc.property(texts, fc.nat(150), (text, length) => {
        const found = cut(text, length);
        expect(found.length).toBeLessThanOrEqual(length);
        expect(found.isWellFormed()).toBe(true);
        expect(text.toWellFormed().startsWith(found)).toBe(true);
        const ends = [...new Intl.Segmenter('en').segment(text)].map(({ index, segment }) => index + segment.length);
        const end = ends.findLast((at) => at <= length) ?? 0;
        const isKept = end > 0 && Math.min(length, text.length) - end <= 64;
        if (isKept) expect(found).toBe(text.slice(0, end).toWellFormed());
      }),
    );
  });
});

test.each([
  { name: 'letters', unit: 'x' },
  { name: 'marks', unit: '\u0301' },
  { name: 'joiners', unit: '\u200d' },
  { name: 'halves of flags', unit: '🇫' },
  { name: 'families without an end', unit: '👨‍' },
  { name: 'Korean first letters', unit: '\u1100' },
  { name: 'Hindi conjuncts', unit: 'क्' },
  { name: 'signs that bind what follows', unit: '\u0600' },
  { name: 'halves of characters', unit: '\ud800' },
])('a megabyte of $name is cut at once', ({ unit }) => {
  const text = unit.repeat(Math.ceil(1_000_000 / unit.length));
  const begun = process.cpuUsage();

  for (const length of [32, 100, 256, 1024, 4096, 100_000])
    expect(cut(text, length).length).toBeLessThanOrEqual(length);

  // Time of the processor: what else the machine does does not count.
  expect(process.cpuUsage(begun).user).toBeLessThan(1_000_000);
});
