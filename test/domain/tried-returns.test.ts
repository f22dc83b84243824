import { expect, test } from 'vitest';
import { NOTHING_TRIED, withTried } from '#domain/tried-returns';

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

    const { wouldWarn } = withTried(NOTHING_TRIED, setting, true, lastedMs);

    expect(wouldWarn).toBe(warnings);
  },
);
