import { beforeAll, expect, test, vi } from 'vitest';
import type { Answer } from '../../web/data/api.ts';
import { createPhone } from '../../web/data/settings/phone.ts';
import { speak } from '../../web/words/words.ts';

type Told = { readonly state: 'init' | 'qridle' | 'active'; readonly qr?: string };

beforeAll(() => speak('en'));

const ok = (body: Told): Answer<Told> => ({ kind: 'ok', body });

/** Asks until nobody asks any more, and returns what was shown. */
async function shownAfter(answers: readonly Answer<Told>[], endsAfter = answers.length): Promise<unknown[]> {
  vi.useFakeTimers();
  try {
    const shown: unknown[] = [];
    const left = [...answers];
    let time = 0;
    const linked = vi.fn();
    const ask = async () => left.shift() ?? ok({ state: 'qridle' });
    const phone = createPhone(ask, linked, { now: () => time, isVisible: () => true });
    const stop = phone.start();
    phone.link.subscribe((link) => void shown.push(link));
    for (let asked = 0; asked < endsAfter; asked += 1) {
      await vi.advanceTimersByTimeAsync(3_000);
      time += 3_000;
    }
    stop();
    return [...shown, linked.mock.calls.length];
  } finally {
    vi.useRealTimers();
  }
}

test('a code is shown, renewed, and gone once the phone is linked', async () => {
  const answers = [ok({ state: 'init' }), ok({ state: 'qridle', qr: '2@a' }), ok({ state: 'qridle', qr: '2@b' })];

  expect(await shownAfter([...answers, ok({ state: 'active' })], 9)).toEqual([
    { kind: 'asking' },
    { kind: 'known', state: 'init' },
    { kind: 'known', state: 'qridle', qr: '2@a' },
    { kind: 'known', state: 'qridle', qr: '2@b' },
    { kind: 'known', state: 'active' },
    1,
  ]);
});

test('without an answer no old code is shown, a refusal ends it, and so do five minutes', async () => {
  const refused = {
    kind: 'refused',
    status: 400,
    code: 'INVALID_REQUEST',
    description: 'No phone',
    data: undefined,
  } as const;

  expect(await shownAfter([ok({ state: 'qridle', qr: '2@a' }), { kind: 'lost' }, refused], 9)).toEqual([
    { kind: 'asking' },
    { kind: 'known', state: 'qridle', qr: '2@a' },
    { kind: 'known', state: 'qridle', trouble: 'Konvert does not answer. Try again in a moment.' },
    { kind: 'failed', words: 'No phone' },
    0,
  ]);
  expect((await shownAfter([], 110)).at(-2)).toEqual({ kind: 'ended' });
});
