import { expect, test } from 'vitest';
import { backoffMs, CALL_MS, FILE_CALL_MS, LEASE_MS, RENEW_MS } from '#domain/delivery';

test.each([
  { failures: 0, seconds: 5 },
  { failures: 1, seconds: 5 },
  { failures: 2, seconds: 10 },
  { failures: 3, seconds: 20 },
  { failures: 4, seconds: 40 },
  { failures: 5, seconds: 80 },
  { failures: 6, seconds: 160 },
  { failures: 7, seconds: 320 },
  { failures: 8, seconds: 640 },
  { failures: 9, seconds: 900 },
  { failures: 5_000, seconds: 900 },
])('after $failures failures in a row the next call waits $seconds s', ({ failures, seconds }) => {
  expect(backoffMs(failures)).toBe(seconds * 1_000);
});

test('a call is aborted before half of its lease has passed', () => {
  expect(CALL_MS * 2).toBeLessThan(LEASE_MS);
});

test('a call with a file is aborted well before its lease ends, if it begins as late as it may', () => {
  expect(RENEW_MS + FILE_CALL_MS).toBeLessThan(LEASE_MS - 5_000);
});
