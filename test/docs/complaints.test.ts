import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const ROW = /^\| (\d+) .*\| `(test\/[^`]+)` +› +`([^`]+)` +\|$/gm;
const complaints = [...readFileSync('docs/complaints.md', 'utf8').matchAll(ROW)].map(
  ([, number = '', file = '', title = '']) => ({ number, file, title }),
);

test('each complaint has its test', () => {
  expect(complaints.map(({ number }) => Number(number))).toEqual(Array.from({ length: 22 }, (_, index) => index + 1));
});

test.each(complaints)('$number: $title', ({ file, title }) => {
  expect(readFileSync(file, 'utf8')).toContain(`'${title}'`);
});
