import { expect, test } from 'vitest';
import { readJson } from '#http/json';

function read(text: string): unknown {
  return readJson(Buffer.from(text));
}

test.each<[name: string, text: string, value: unknown]>([
  ['a whole character may be escaped', '"\\ud83d\\ude00"', '😀'],
  ['half a character is replaced', '{"text":"a\\ud800b"}', { text: 'a\ufffdb' }],
  ['the other half is replaced as well', '["\\uDC00"]', ['\ufffd']],
  ['a text that only looks like half a character stays', '"\\\\ud800"', '\\ud800'],
  ['a byte order mark is skipped', '\ufeff{"a":"\ufeff"}', { a: '\ufeff' }],
  ['commas and brackets in a text are no values', `"${',[{'.repeat(100_000)}"`, ',[{'.repeat(100_000)],
  ['NUL stays', '"\\u0000"', '\0'],
])('%s', (_, text, value) => {
  expect(read(text)).toEqual(value);
});

test.each<[name: string, text: string]>([
  ['an empty body', ''],
  ['half of a JSON text', '{"a":'],
  ['a byte order mark alone', '\ufeff'],
  ['two byte order marks', '\ufeff\ufeff{}'],
  ['a byte order mark inside', '{\ufeff}'],
  ['NaN', 'NaN'],
  ['more than 100,000 values', `[${'{},'.repeat(50_000)}{}]`],
  ['more than 100,000 keys', `{${'"a":1,'.repeat(100_000)}"a":1}`],
  ['65 levels of nesting', '['.repeat(65) + ']'.repeat(65)],
])('%s is refused', (_, text) => {
  expect(() => read(text)).toThrow(expect.objectContaining({ status: 400, code: 'INVALID_JSON' }));
});

test('a key named __proto__ does not change the prototype', () => {
  const value = read('{"__proto__":{"text":"\\ud800"}}') as { text?: string };

  expect(value.text).toBeUndefined();
  expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
});
