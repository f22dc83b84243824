import { describe, expect, test } from 'vitest';
import { dueAfterMinutes, type WaitingSetting, waitingAfter, warningMs, warningsOf } from '#domain/waiting-setting';

const SETTING: WaitingSetting = {
  returnAfterMinutes: 15,
  returnsAtMost: 3,
  then: 'pool',
  tellHeadsAfterMinutes: 30,
  awayAfterReturns: 2,
  outsideHours: 'give',
};

test.each([
  [15, 30, 14],
  [2, null, 1.5],
  [3, null, 2],
  [null, 30, 30],
  [60, 30, 30],
  [null, null, undefined],
])('with a return after %s and heads after %s something is due after %s minutes', (ofReturn, ofHeads, expected) => {
  const setting = { ...SETTING, returnAfterMinutes: ofReturn, tellHeadsAfterMinutes: ofHeads };
  expect(dueAfterMinutes(setting)).toBe(expected);
});

test('T8 the warning comes a minute before, or half a minute where clients are returned within three', () => {
  expect([2, 3, 1_440].map(warningMs)).toEqual([30_000, 60_000, 60_000]);
});

describe('T13 a setting counts from', () => {
  const before = { ...SETTING, from: 5 };

  test.each([
    ['its first save', undefined, SETTING, { ...SETTING, from: 9 }],
    [
      'a save with other minutes',
      before,
      { ...SETTING, returnAfterMinutes: 10 },
      { ...SETTING, returnAfterMinutes: 10, from: 9 },
    ],
    [
      'its first save, if other things change',
      before,
      { ...SETTING, then: 'keep' as const },
      { ...SETTING, then: 'keep', from: 5 },
    ],
    ['its first save, if it is left out', before, undefined, before],
    ['no save that ends it', before, null, undefined],
  ])('%s', (_, old, wanted, expected) => {
    expect(waitingAfter(old, wanted, 9)).toEqual(expected);
  });
});

describe('what is hardly meant so', () => {
  const WEEK = { mon: [['09:00', '12:00']], tue: [['09:00', '14:00']] } as const;

  test.each([
    ['nothing', 15, 30, undefined, []],
    ['the heads are told before the return', 15, 10, undefined, ['TOLD_BEFORE_RETURN']],
    ['at the same time is meant', 15, 15, WEEK, []],
    ['a return takes longer than an opening', 240, null, WEEK, ['LONGER_THAN_OPEN']],
    ['a return takes as long as an opening', 180, null, WEEK, []],
    ['without a return, nothing', null, 240, WEEK, []],
  ])('%s', (_, ofReturn, ofHeads, week, expected) => {
    const setting = { ...SETTING, returnAfterMinutes: ofReturn, tellHeadsAfterMinutes: ofHeads };
    expect(warningsOf(setting, week)).toEqual(expected);
  });
});
