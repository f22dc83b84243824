import type { GraphAnswer } from '#channels/meta/client';
import { type MetaError, meaningOf, refusalOf } from '#channels/meta/codes';
import type { Sent } from '#channels/outbound';

const DEFAULT_RETRY_AFTER_SECONDS = 5;

/**
 * The result of a message that was not sent. `pairWait` gives the seconds that the pair of number and person has to
 * wait, if that is the limit.
 */
export function toUnsent(answer: Exclude<GraphAnswer, { kind: 'ok' }>, pairWait: () => number): Sent {
  switch (answer.kind) {
    case 'unreachable':
      return answer;
    case 'throttled':
      return throttled(answer.code, answer.retryAfterSeconds, pairWait);
    case 'refused':
      return isProofRefused(answer) ? unauthorized(answer) : toRefused(answer, pairWait);
    default:
      return answer satisfies never;
  }
}

function toRefused({ code, description }: MetaError, pairWait: () => number): Sent {
  const kind = meaningOf(code)?.kind ?? 'refused';
  switch (kind) {
    case 'refused':
    case 'unauthorized':
      return { kind, refusal: refusalOf({ code, description }) };
    case 'throttled':
      return throttled(code, DEFAULT_RETRY_AFTER_SECONDS, pairWait);
    case 'unreachable':
      return { kind, reason: `code ${code}` };
    default:
      return kind satisfies never;
  }
}

/** A limit of the pair holds one chat back, every other limit the whole channel. */
function throttled(code: string | number | undefined, seconds: number, pairWait: () => number): Sent {
  const isPair = code !== undefined && meaningOf(code)?.scope === 'person';
  return isPair
    ? { kind: 'throttled', retryAfterSeconds: pairWait(), scope: 'chat' }
    : { kind: 'throttled', retryAfterSeconds: seconds, scope: 'channel' };
}

/** The app's secret was changed. Meta says so with the code of any wrong parameter. */
function isProofRefused({ code, description }: MetaError): boolean {
  return String(code) === '100' && /appsecret_proof/i.test(description);
}

function unauthorized({ code, description }: MetaError): Sent {
  const refusal = { reason: 'CHANNEL_REJECTED', code: String(code), description, scope: 'channel' } as const;
  return { kind: 'unauthorized', refusal };
}
