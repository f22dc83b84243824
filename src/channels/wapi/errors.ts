import type { GraphAnswer } from '#channels/meta/client';
import { meaningOf, refusalOf } from '#channels/meta/codes';
import type { Sent } from '#channels/outbound';

/**
 * The result of a message that was not sent. `pairWait` gives the seconds that the pair of number and person has to
 * wait: that limit holds one chat back, every other limit the whole channel.
 */
export function toUnsent(answer: Exclude<GraphAnswer, { kind: 'ok' }>, pairWait: () => number): Sent {
  switch (answer.kind) {
    case 'unreachable':
      return answer;
    case 'throttled': {
      const isPair = answer.code !== undefined && meaningOf(answer.code)?.scope === 'person';
      return isPair
        ? { kind: 'throttled', retryAfterSeconds: pairWait(), scope: 'chat' }
        : { kind: 'throttled', retryAfterSeconds: answer.retryAfterSeconds, scope: 'channel' };
    }
    case 'refused': {
      const { code, description } = answer;
      if (meaningOf(code)?.kind === 'unauthorized') return { kind: 'unauthorized', refusal: refusalOf(answer) };
      if (!isProof(answer)) return { kind: 'refused', refusal: refusalOf(answer) };
      return { kind: 'unauthorized', refusal: { reason: 'CHANNEL_REJECTED', code, description } };
    }
    default:
      return answer satisfies never;
  }
}

/** The app's secret was changed. Meta says so with the code of any wrong parameter. */
function isProof({ code, description }: { readonly code: string; readonly description: string }): boolean {
  return code === '100' && /appsecret_proof/i.test(description);
}
