import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createListener } from '#aws/listener';

let written: string[];

beforeEach(() => {
  written = [];
  vi.spyOn(process.stdout, 'write').mockImplementation((line) => written.push(String(line)) > 0);
});

afterEach(() => vi.restoreAllMocks());

test('an error of a listener is logged without its message, and rethrown without it', async () => {
  const listener = createListener(async () => {
    throw new TypeError('Good day, my number is 79001112233', { cause: new RangeError('and my name is Timur') });
  });

  const thrown = await listener({}).catch((error: unknown) => error);

  expect(written.map((line) => JSON.parse(line))).toMatchObject([
    { outcome: 'failed', error: 'TypeError', cause: 'RangeError' },
  ]);
  const words = `${(thrown as Error).stack} ${(thrown as Error).cause} ${written.join()}`;
  expect(words).not.toMatch(/Good day|79001112233|Timur/);
});

test.each([
  { when: 'a record is six minutes old', ages: [1, 360], lines: [360] },
  { when: 'all records are new', ages: [1, 59], lines: [] },
  { when: 'an engine does not say how old they are', ages: [Number.NaN], lines: [] },
])('how late a reader is, is measured if $when, also if it fails', async ({ ages, lines }) => {
  const now = Math.floor(Date.now() / 1000);
  const Records = ages.map((age) => ({ dynamodb: { ApproximateCreationDateTime: now - age } }));
  const listener = createListener(async () => Promise.reject(new Error('It fails')));

  await listener({ Records }).catch(() => undefined);

  const measured = written.map((line) => JSON.parse(line)).filter((line) => '_aws' in line);
  expect(measured.map((line) => Math.round(line.StreamAgeSeconds / 10) * 10)).toEqual(lines);
});
