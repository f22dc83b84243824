import { expect } from 'vitest';
import { type Answer, type Playing, playIn } from './playing.ts';
import type { Call, Expected, Row } from './row.ts';
import type { Shop } from './shop.ts';

/** Plays a row in an account of its own. Throws if anything is not as the row says. */
export async function play(shop: Shop, { given = [], call, expect: expected, afterwards = [] }: Row): Promise<void> {
  const playing = await playIn(shop);
  for (const step of given) {
    if (typeof step === 'function') await step(playing);
    else expectDone(await playing.call(step), step.ask);
  }

  await expectAnswer(playing, call, expected);

  for (const step of afterwards) {
    if (typeof step === 'function') await step(playing);
    else await expectAnswer(playing, step, step.expect);
  }
}

function expectDone({ status, text }: Answer, ask: string): void {
  if (status < 200 || status > 299) throw new Error(`${ask}: ${status} ${text}`);
}

/** What strict clients need of every answer below /v3 (reference, 1.5 and 18), whatever a row says. */
function expectReadable({ status, body, text }: Answer): void {
  const isRefused = status >= 400;
  // One client takes a success with an `error` for a failure, and one SDK reads the description of every error.
  expect(isRefused || (status >= 200 && status < 300), `${status} ${text}`).toBe(true);
  expect([typeof body, text]).toEqual(['object', text]);
  expect(Object.keys(body).includes('error'), text).toBe(isRefused);
  if (isRefused) expect(body.description, text).toMatch(/./);
}

async function expectAnswer(
  playing: Playing,
  call: Call | string,
  { status, body, headers = {} }: Expected,
): Promise<void> {
  const answer = await playing.call(call);
  if (/^\w+ \/v3\//.test(typeof call === 'string' ? call : call.ask)) expectReadable(answer);
  expect(answer.status, answer.text).toBe(status);
  if (body !== undefined) expect(answer.body, answer.text).toEqual(await playing.filled(body));
  expect(answer.headers).toMatchObject(await playing.filled(headers));
}
