import { describe, expect, test } from 'vitest';
import { isToNote, lookWindow } from '#domain/look';
import { timeKey } from '#domain/time-key';

const MINUTE = 60_000;
const NOW = Date.UTC(2026, 9, 5, 12);
const N = 15 * MINUTE;

/** Whether a look at `now` finds a client who began to wait at `since`. */
function finds(now: number, since: number, lookedAt?: number): boolean {
  const { from, to } = lookWindow(now, N, lookedAt);
  const place = timeKey(since, 'hash');
  return from <= place && place <= to;
}

describe('a look', () => {
  test.each([
    ['who has waited for as long as that', N, true],
    ['who will have before the next look', N - MINUTE, true],
    ['not who answers in time', N - 3 * MINUTE, false],
    ['who was overlooked because the index lagged', N + 9 * MINUTE, true],
    ['not who was found long ago', N + 11 * MINUTE, false],
  ])('finds %s', (_who, waitedMs, found) => {
    expect(finds(NOW, NOW - waitedMs)).toBe(found);
    expect(finds(NOW, NOW - waitedMs, NOW - 5 * MINUTE)).toBe(found);
  });

  test('goes back to the last one that found everybody', () => {
    const lookedAt = NOW - 300 * MINUTE;
    expect(finds(NOW, lookedAt - N + 1, lookedAt)).toBe(true);
    expect(finds(NOW, lookedAt - N - 1, lookedAt)).toBe(false);
  });

  test('of every minute finds each client in time, also if every ninth one fails', () => {
    let lookedAt: number | undefined;
    const since = Array.from({ length: 300 }, (_, index) => NOW + index * 17_000);
    const foundAt = new Map<number, number>();
    for (let at = NOW, run = 0; at < NOW + 200 * MINUTE; at += MINUTE, run += 1) {
      if (run % 9 === 8) continue;
      for (const one of since) if (!foundAt.has(one) && finds(at, one, lookedAt)) foundAt.set(one, at);
      if (isToNote(at, lookedAt)) lookedAt = at;
    }
    const late = since.filter((one) => (foundAt.get(one) ?? Infinity) > one + N + MINUTE);
    expect(foundAt.size).toBe(since.length);
    expect(late).toEqual([]);
  });
});

test.each([
  [undefined, true],
  [NOW - 9 * MINUTE, false],
  [NOW - 10 * MINUTE, true],
])('a look after one at %s is noted: %s', (lookedAt, noted) => {
  expect(isToNote(NOW, lookedAt)).toBe(noted);
});
