import { expect, test } from 'vitest';
import { NOTHING_TRIED, withTried } from '#domain/tried-returns';
import type { CountedWait } from '#domain/waits';

type Ended = Pick<CountedWait, 'isFirst' | 'outcome' | 'author'>;

const waitBy = (by: 'crm' | 'phone', outcome: Ended['outcome'] = 'answered'): Ended => {
  return { isFirst: true, outcome, author: { by } };
};

test.each([
  [15, 839_999, 0],
  [15, 840_000, 1],
  [3, 120_000, 1],
  [2, 89_999, 0],
  [2, 90_000, 1],
])(
  'of a return after %i min, a wait of %i ms would have had %i warnings, as T8 says',
  (minutes, lastedMs, warnings) => {
    const setting = { returnAfterMinutes: minutes, returnsAtMost: 3 };

    const { wouldWarn } = withTried(NOTHING_TRIED, setting, waitBy('crm'), lastedMs);

    expect(wouldWarn).toBe(warnings);
  },
);

test('answers are counted, and those that came from phones', () => {
  const waits = [waitBy('phone'), waitBy('crm'), waitBy('phone', 'auto'), waitBy('crm', 'no-reply-needed')];

  const tried = waits.reduce((sum, wait) => withTried(sum, { returnsAtMost: 3 }, wait, 0), NOTHING_TRIED);

  expect(tried).toMatchObject({ waits: 4, answered: 2, byPhone: 1 });
});
