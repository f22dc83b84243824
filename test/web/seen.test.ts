import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Seen } from '../../web/core/seen.ts';

describe('what a writer has seen', () => {
  test.each<[string, (seen: Seen) => void, string | undefined]>([
    ['nothing, before anything is shown', () => {}, undefined],
    [
      'what stood at the end of the screen for half a second',
      (seen) => {
        seen.show('a', 0);
        seen.inView(true, 400);
      },
      undefined,
    ],
    [
      'not what was painted in the moment of the key press',
      (seen) => {
        seen.inView(true, 0);
        seen.show('a', 0);
        seen.show('b', 800);
      },
      'a',
    ],
    [
      'not what is below the screen',
      (seen) => {
        seen.show('a', 0);
        seen.inView(true, 0);
        seen.inView(false, 300);
        seen.inView(true, 600);
      },
      undefined,
    ],
    [
      'what was seen before the writer scrolled up',
      (seen) => {
        seen.show('a', 0);
        seen.inView(true, 0);
        seen.inView(false, 500);
        seen.show('b', 550);
      },
      'a',
    ],
    [
      'also while messages come in quickly, all but the last of them',
      (seen) => {
        seen.inView(true, 0);
        for (let at = 0; at <= 800; at += 100) seen.show(`${at}`, at);
      },
      '300',
    ],
  ])('is %s', (_, happen, token) => {
    const seen = new Seen();

    happen(seen);

    expect(seen.at(899)).toBe(token === undefined ? undefined : token);
  });

  test('is never a token whose end was not on the screen for half a second, and always the newest such', () => {
    const step = fc.oneof(
      fc.record({ act: fc.constant('show' as const) }),
      fc.record({ act: fc.constant('view' as const), isInView: fc.boolean() }),
      fc.record({ act: fc.constant('wait' as const), ms: fc.integer({ min: 1, max: 900 }) }),
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
        const seen = new Seen();
        let now = 0;
        let isInView = false;
        let count = 0;
        // For each millisecond, the newest token that was shown, if its end was in view. Turning away may take no time.
        const looked: (number | 'turned away')[] = [];
        for (const taken of steps) {
          if (taken.act === 'show') {
            count++;
            seen.show(`${count}`, now);
          } else if (taken.act === 'view') {
            isInView = taken.isInView;
            seen.inView(isInView, now);
            if (!isInView) looked.push('turned away');
          } else {
            for (let ms = 0; ms < taken.ms; ms++) looked.push(isInView && count > 0 ? count : 'turned away');
            now += taken.ms;
          }
        }

        let expected = 0;
        let run: number[] = [];
        for (const shown of looked) {
          run = shown === 'turned away' ? [] : [...run, shown];
          // What was at the end half a second ago is still on the screen, above what came after it.
          if (run.length >= 500) expected = Math.max(expected, run.at(-500)!);
        }
        expect(seen.at(now)).toBe(expected === 0 ? undefined : `${expected}`);
      }),
    );
  });
});
