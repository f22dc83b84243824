import { describe, expect, test } from 'vitest';
import { leavingAt, nextSecondMs } from '../../web/core/leaving.ts';
import { clausesOf, isSameRule, OFFERED_RULE, ruleFault } from '../../web/core/waiting-rule.ts';

const RULE = OFFERED_RULE;

describe('the rule of a channel', () => {
  test.each([
    ['what is offered', {}, undefined],
    ['only told', { returnAfterMinutes: null, returnsAtMost: 0 }, undefined],
    ['only returned', { tellHeadsAfterMinutes: null }, undefined],
    ['neither', { returnAfterMinutes: null, tellHeadsAfterMinutes: null }, 'nothing'],
    ['a minute', { returnAfterMinutes: 1 }, 'return-minutes'],
    ['two minutes', { returnAfterMinutes: 2 }, undefined],
    ['a day', { returnAfterMinutes: 1440, tellHeadsAfterMinutes: null }, undefined],
    ['more than a day', { tellHeadsAfterMinutes: 1441 }, 'tell-minutes'],
    ['half a minute more', { returnAfterMinutes: 15.5 }, 'return-minutes'],
    ['no number', { returnAfterMinutes: Number.NaN }, 'return-minutes'],
    ['returned no times', { returnsAtMost: 0 }, 'times'],
    ['never set away', { awayAfterReturns: 0 }, undefined],
    ['set away after as many as the server takes', { awayAfterReturns: 100 }, undefined],
    ['set away after more', { awayAfterReturns: 101 }, 'away'],
    ['set away after a part', { awayAfterReturns: 0.5 }, 'away'],
  ])('%s', (_, changes, fault) => {
    expect(ruleFault({ ...RULE, ...changes })).toBe(fault);
  });

  test('is told in the order in which it happens, and nothing of what it does not do', () => {
    expect(clausesOf(RULE)).toEqual([
      { does: 'return', minutes: 15, times: 3, then: 'pool' },
      { does: 'tell', minutes: 30 },
      { does: 'away', times: 2 },
    ]);
    const told = { ...RULE, returnAfterMinutes: null, outsideHours: 'hold' } as const;
    expect(clausesOf(told).map(({ does }) => does)).toEqual(['tell', 'hold']);
    expect([
      isSameRule(RULE, { ...RULE }),
      isSameRule(RULE, told),
      isSameRule(undefined, undefined),
      isSameRule(RULE, undefined),
    ]).toEqual([true, false, true, false]);
  });
});

describe('the minute of a client who leaves', () => {
  test.each([
    [60_000, { kind: 'runs', seconds: 60 }, 1000],
    [59_999, { kind: 'runs', seconds: 60 }, 999],
    [1, { kind: 'runs', seconds: 1 }, 1],
    [0, { kind: 'over' }, 30_000],
    [-5000, { kind: 'over' }, 25_000],
  ] as const)('%i ms before it ends', (left, leaving, next) => {
    expect([leavingAt(left, 0, false), nextSecondMs(left, 0)]).toEqual([leaving, next]);
    expect(leavingAt(left, 0, true)).toEqual({ kind: 'held' });
  });

  test.each([-30_000, -600_000])('%i ms before it ends, who is there still stays: nobody else is on', (left) => {
    expect(leavingAt(left, 0, false)).toEqual({ kind: 'stays' });
    expect(leavingAt(left, 0, true)).toEqual({ kind: 'stays' });
    expect(nextSecondMs(left, 0)).toBeUndefined();
  });
});
