import { expect, test } from 'vitest';
import { readJson } from '#http/json';

function read(text: string): unknown {
  return readJson(Buffer.from(text));
}

test.each<[name: string, text: string, value: unknown]>([
  ['a whole character, escaped', '"\\ud83d\\ude00"', '😀'],
  ['half a character', '{"text":"a\\ud800b"}', { text: 'a\ufffdb' }],
  ['the other half', '["\\uDC00"]', ['\ufffd']],
  ['what only looks like half a character', '"\\\\ud800"', '\\ud800'],
  ['NUL', '"\\u0000"', '\0'],
])('%s', (_, text, value) => {
  expect(read(text)).toEqual(value);
});

test.each<[name: string, text: string]>([
  ['nothing', ''],
  ['half of it', '{"a":'],
  ['a byte order mark', '\ufeff{}'],
  ['NaN', 'NaN'],
  ['65 levels', '['.repeat(65) + ']'.repeat(65)],
])('refused: %s', (_, text) => {
  expect(() => read(text)).toThrow(expect.objectContaining({ status: 400, code: 'INVALID_JSON' }));
});

test('a key named __proto__ is one of the object’s own', () => {
  const value = read('{"__proto__":{"text":"\\ud800"}}') as { text?: string };

  expect(value.text).toBeUndefined();
  expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
});
