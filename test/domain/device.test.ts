import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { beginRotation, type Rotation, rotate, STEP_MS } from '#domain/device';

const NOW = 1_000_000_000_000;
const begun = beginRotation('first', 'key', NOW);

/** The value that the device is given, and the rotation after it. */
function shown(rotation: Rotation, value: string, afterMs: number) {
  return rotate(rotation, value, NOW + afterMs);
}

describe('a value of a device', () => {
  const second = shown(begun, 'first', STEP_MS)!.give;
  const moved = shown(begun, second, STEP_MS)!.after;
  const third = shown(moved, second, 2 * STEP_MS)!.give;
  const movedTwice = shown(moved, third, 2 * STEP_MS)!.after;

  test.each<[what: string, rotation: Rotation, value: string, afterMs: number, give: string | undefined]>([
    ['stays for an hour', begun, 'first', STEP_MS - 1, 'first'],
    ['is followed by another one then', begun, 'first', STEP_MS, second],
    ['is followed by the same one as often as it is shown', begun, 'first', 5 * STEP_MS, second],
    ['counts for an hour once it was shown', moved, second, 2 * STEP_MS - 1, second],
    ['of before leads to the present one', moved, 'first', 2 * STEP_MS, second],
    ['of two steps ago is none', movedTwice, 'first', 2 * STEP_MS, undefined],
    ['of two steps ahead is none', begun, third, STEP_MS, undefined],
    ['that was never given is none', begun, 'other', 0, undefined],
  ])('%s', (_, rotation, value, afterMs, give) => {
    expect(shown(rotation, value, afterMs)?.give).toBe(give);
  });

  test('is not stored, and does not follow without the key', () => {
    expect(JSON.stringify([begun, moved, movedTwice])).not.toContain('first');
    expect(JSON.stringify([begun, moved, movedTwice])).not.toContain(second);
    expect(shown(beginRotation('first', 'another key', NOW), 'first', STEP_MS)!.give).not.toBe(second);
  });
});

type Step =
  | { readonly kind: 'ask'; readonly tab: 0 | 1; readonly lose: 'request' | 'answer' | 'nothing' }
  | { readonly kind: 'arrive' | 'read'; readonly which: number }
  | { readonly kind: 'wait'; readonly minutes: number };

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('ask' as const),
      tab: fc.constantFrom(0 as const, 1 as const),
      lose: fc.constantFrom('request' as const, 'answer' as const, 'nothing' as const, 'nothing' as const),
    }),
  },
  { weight: 4, arbitrary: fc.record({ kind: fc.constantFrom('arrive' as const, 'read' as const), which: fc.nat(9) }) },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant('wait' as const), minutes: fc.integer({ min: 1, max: 600 }) }),
  },
);

/**
 * A browser with two tabs and one cookie. Requests and answers are under way for any time in which nothing is given up:
 * both arrive in any order, or are lost.
 */
function isSignedOut(steps: readonly Step[]): boolean {
  let now = NOW;
  let rotation = beginRotation('first', 'key', now);
  let jar = 'first';
  const requests: { shown: string; lose: string }[] = [];
  const answers: string[] = [];
  let refused = false;
  const arrive = (which: number) => {
    const [request] = requests.splice(which % requests.length, 1);
    const known = request && rotate(rotation, request.shown, now);
    if (request && !known) refused = true;
    if (!known) return;
    rotation = known.after;
    if (request.lose !== 'answer') answers.push(known.give);
  };
  const read = (which: number) => {
    const [value] = answers.splice(which % answers.length, 1);
    if (value !== undefined) jar = value;
  };
  for (const one of steps) {
    if (one.kind === 'ask' && one.lose !== 'request') requests.push({ shown: jar, lose: one.lose });
    if (one.kind === 'arrive' && requests.length > 0) arrive(one.which);
    if (one.kind === 'read' && answers.length > 0) read(one.which);
    if (one.kind === 'wait') {
      // Browsers and gateways give up what is under way for so long.
      while (requests.length > 0) arrive(0);
      while (answers.length > 0) read(0);
      now += one.minutes * 60_000;
    }
  }
  return refused || rotate(rotation, jar, now) === undefined;
}

test('nobody is signed out by lost answers and two tabs at once: 0 of 4,000 histories', () => {
  fc.assert(
    fc.property(fc.array(step, { minLength: 20, maxLength: 120 }), (steps) => {
      expect(isSignedOut(steps)).toBe(false);
    }),
    { numRuns: 4_000 },
  );
});
