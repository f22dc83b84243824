import { expect, test } from 'vitest';
import { createRemembered } from '#channels/meta/remembered';
import { createPairWaits } from '#channels/wapi/pair-waits';
import { createVirtualClock } from '#test/doubles/virtual-clock';

test('a value is known until its time is over, or it is forgotten', () => {
  const clock = createVirtualClock();
  const remembered = createRemembered<number>(10, 1000, clock.now);
  remembered.set('a', 1);
  remembered.set('b', 2);
  clock.pass(999);
  expect([remembered.get('a'), remembered.get('b')]).toEqual([1, 2]);
  remembered.forget('b');
  expect(remembered.get('b')).toBeUndefined();
  clock.pass(1);
  expect(remembered.get('a')).toBeUndefined();
});

test('of too many values the oldest one goes', () => {
  const remembered = createRemembered<number>(2, 1000, () => 0);
  remembered.set('a', 1);
  remembered.set('b', 2);
  remembered.set('a', 3);
  remembered.set('c', 4);
  expect(['a', 'b', 'c'].map((key) => remembered.get(key))).toEqual([3, undefined, 4]);
});

test('the wait of a pair is that of no other, and ends by itself', () => {
  const clock = createVirtualClock();
  const waits = createPairWaits(clock.now);
  expect([waits.lengthen('a'), waits.lengthen('a'), waits.lengthen('b')]).toEqual([4, 16, 4]);
  waits.end('b');
  expect(waits.lengthen('b')).toBe(4);
  clock.pass(512_000);
  expect(waits.lengthen('a')).toBe(4);
});
