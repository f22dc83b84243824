import { createHmac, timingSafeEqual } from 'node:crypto';
import { isObject, writtenOf } from '#channels/fields';

/** Longer is no token of the bridge, which has 200 characters. */
const LONGEST = 2048;
/**
 * A token is made once for all tries of a webhook and ends after ten minutes. The last of ten tries comes half an hour
 * after the first: 5 s doubling to 300 s, each up to a fifth longer, and 30 s for an answer.
 * https://github.com/EvolutionAPI/evolution-api/blob/2.3.7/src/api/integrations/event/webhook/webhook.controller.ts
 */
const LEEWAY_SECONDS = 30 * 60;

/** Whether the bridge made the token with that key: HS256 and nothing else, for its own app, and not long ago. */
export function isTokenOf(token: string, key: string, now: number): boolean {
  const [header = '', claims = '', signature = '', ...more] = token.slice(0, LONGEST).split('.');
  if (key === '' || more.length > 0 || token.length > LONGEST) return false;
  const given = Buffer.from(signature, 'base64url');
  const expected = createHmac('sha256', key).update(`${header}.${claims}`).digest();
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) return false;
  const { exp, app } = read(claims);
  return read(header).alg === 'HS256' && app === 'evolution' && Number(writtenOf(exp)) + LEEWAY_SECONDS >= now / 1000;
}

function read(part: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(Buffer.from(part, 'base64url').toString('utf8'));
    return isObject(value) ? value : {};
  } catch {
    return {};
  }
}
