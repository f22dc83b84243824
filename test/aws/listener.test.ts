import { expect, test, vi } from 'vitest';
import { createListener } from '#aws/listener';

test('an error of a listener is logged without its message, and rethrown without it', async () => {
  const written: string[] = [];
  vi.spyOn(process.stdout, 'write').mockImplementation((line) => written.push(String(line)) > 0);
  const listener = createListener(async () => {
    throw new TypeError('Good day, my number is 79001112233', { cause: new RangeError('and my name is Timur') });
  });

  const thrown = await listener({}).catch((error: unknown) => error);
  vi.restoreAllMocks();

  expect(written.map((line) => JSON.parse(line))).toMatchObject([
    { outcome: 'failed', error: 'TypeError', cause: 'RangeError' },
  ]);
  const words = `${(thrown as Error).stack} ${(thrown as Error).cause} ${written.join()}`;
  expect(words).not.toMatch(/Good day|79001112233|Timur/);
});
