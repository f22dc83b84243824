import type { Sent } from '#channels/outbound';
import type { GraphAnswer } from './client.ts';
import { meaningOf, refusalOf } from './codes.ts';

const WINDOW_CLOSED = '24_HOURS_EXCEEDED';

/**
 * The result of a message that was not sent. `isTagged`: it was sent as from a person, for which the window is seven days
 * long.
 */
export function toUnsent(answer: Exclude<GraphAnswer, { kind: 'ok' }>, isTagged: boolean): Sent {
  switch (answer.kind) {
    case 'unreachable':
      return answer;
    case 'throttled':
      return { kind: 'throttled', retryAfterSeconds: answer.retryAfterSeconds, scope: 'channel' };
    case 'refused': {
      const { subcode, description } = answer;
      const code = subcode === undefined ? answer.code : `${answer.code}/${subcode}`;
      // The app's secret was changed. Meta says so with the code of any wrong parameter.
      const isProof = answer.code === '100' && /appsecret_proof/i.test(description);
      if (isProof) return { kind: 'unauthorized', refusal: { reason: 'CHANNEL_REJECTED', code, description } };
      const { reason } = refusalOf(answer);
      const said = isTagged && reason === WINDOW_CLOSED ? '7_DAYS_EXCEEDED' : reason;
      const isChannels = meaningOf(answer.code, subcode)?.kind === 'unauthorized';
      return { kind: isChannels ? 'unauthorized' : 'refused', refusal: { reason: said, code, description } };
    }
    default:
      return answer satisfies never;
  }
}

/** Whether it was refused because the client wrote too long ago. */
export function isTooLate(sent: Sent): boolean {
  return sent.kind === 'refused' && sent.refusal.reason === WINDOW_CLOSED;
}
