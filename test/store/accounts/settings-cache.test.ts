import { expect, test } from 'vitest';
import { cached } from '#store/accounts/settings-cache';

function clockAt(start: number) {
  const clock = { now: () => start + clock.passed, deadline: () => AbortSignal.abort(), passed: 0 };
  return clock;
}

test('what was read holds for 10 s, and not a moment longer', async () => {
  const clock = clockAt(1_000);
  let reads = 0;
  const settings = cached(clock, async () => {
    reads += 1;
    return reads;
  });

  expect(await settings.get('a')).toBe(1);
  clock.passed = 9_999;
  expect(await settings.get('a')).toBe(1);
  clock.passed = 10_000;
  expect(await settings.get('a')).toBe(2);
});

test('an answer that took its time is as old as its question', async () => {
  const clock = clockAt(1_000);
  let reads = 0;
  const settings = cached(clock, async () => {
    clock.passed += 6_000;
    reads += 1;
    return reads;
  });

  expect(await settings.get('a')).toBe(1);
  clock.passed += 4_000;
  expect(await settings.get('a')).toBe(2);
});
