import { hash } from 'node:crypto';
import type { Fetched, Polling } from '#channels/channel';
import type { Credentials } from '#channels/terms';
import type { CallMax, MaxAnswer } from './client.ts';
import { meaningOf } from './errors.ts';
import { WANTED_UPDATES } from './kinds.ts';
import { updatesSchema } from './schema.ts';

export const SECRET_HEADER = 'x-max-bot-api-secret';

const WAIT_SECONDS = 30;
/**
 * Longer than MAX takes to answer. Without it polling stops without a word:
 * https://github.com/max-messenger/max-bot-api-client-ts/issues/270
 */
const GIVE_UP_MS = (WAIT_SECONDS + 15) * 1000;

/**
 * Fetches updates instead of a webhook, two requests a second at most. MAX keeps them for a day, and calls this a way for
 * development only: https://dev.max.ru/docs-api/methods/GET/updates
 */
export function createPolling(
  call: CallMax,
  webhookOf: (credentials: Credentials) => Promise<string | undefined>,
  giveUpMs: number = GIVE_UP_MS,
): Polling {
  /** The marks that were told with nothing behind them. Without a mark, MAX tells the latest update only. */
  const begun = new Map<string, number>();

  const accountOf = ({ botToken = '' }: Credentials) => hash('sha256', botToken, 'base64url').slice(0, 22);

  return {
    serves: ({ apiBaseUrl }) => apiBaseUrl === undefined,
    accountOf,
    webhookOf,
    countsOn: true,

    async fetch(credentials, from, signal) {
      const mark = from ?? begun.get(accountOf(credentials));
      const query = {
        timeout: String(WAIT_SECONDS),
        limit: '100',
        types: WANTED_UPDATES.join(','),
        ...(mark !== undefined && { marker: String(mark) }),
      };
      const givenUp = AbortSignal.any([signal, AbortSignal.timeout(giveUpMs)]);
      const answer = await call(credentials, { method: 'GET', path: 'updates', query }, givenUp);
      const { fetched, next } = toFetched(answer, mark);
      if (next !== undefined) begun.set(accountOf(credentials), next);
      return fetched;
    },

    headersOf: (secret) => ({ 'content-type': 'application/json', [SECRET_HEADER]: secret }),
  };
}

function toFetched(answer: MaxAnswer, mark: number | undefined): { fetched: Fetched; next?: number } {
  if (answer.kind !== 'ok') return { fetched: toNone(answer) };
  const read = updatesSchema.safeParse(answer.result);
  if (!read.success) return { fetched: { kind: 'unreachable', reason: 'an unreadable answer about updates' } };
  const { updates, marker } = read.data;
  const next = marker ?? mark;
  if (updates.length === 0) return { fetched: { kind: 'updates', updates: [] }, ...(next !== undefined && { next }) };
  // A mark stands behind a whole answer. If it is not taken to its end, all of it comes again.
  const again = (mark ?? 0) - 1;
  const last = next === undefined ? again : next - 1;
  const numbered = updates.map((body, index) => ({ id: index === updates.length - 1 ? last : again, body }));
  return { fetched: { kind: 'updates', updates: numbered } };
}

function toNone(answer: Exclude<MaxAnswer, { kind: 'ok' }>): Fetched {
  if (answer.kind !== 'refused') return answer;
  if (meaningOf(answer)?.kind === 'unauthorized') return { kind: 'unauthorized' };
  // "While a subscription is active, long polling does not work."
  if (answer.code === 'method.not.allowed') return { kind: 'elsewhere' };
  return { kind: 'unreachable', reason: `refused with ${answer.code}` };
}
