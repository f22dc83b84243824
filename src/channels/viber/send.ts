import type { Outbound, Sent } from '#channels/outbound';
import type { CallViber, ViberAnswer } from './client.ts';
import { meaningOf } from './errors.ts';
import { userIdOf } from './ids.ts';
import { PACE, refuses, toMessage } from './messages.ts';

/**
 * Sends texts with keyboards, and files by links that Viber fetches. A sent message can neither be changed nor deleted. Only
 * who is subscribed can be written to: whoever wrote is.
 * https://developers.viber.com/docs/api/rest-bot-api/#send-message
 */
export function createViberOutbound(call: CallViber): Outbound {
  return {
    refuses,
    reaches: (chatId) => userIdOf(chatId) !== undefined,
    pace: PACE,

    async send(credentials, outgoing, signal) {
      const message = toMessage(outgoing);
      if (!message) return NO_LINK;
      const [{ chatId }] = outgoing.to;
      const json = { receiver: chatId, sender: { name: credentials.senderName }, ...message };
      const answer = await call(credentials, 'send_message', json, signal);
      return toSent(answer);
    },
  };
}

const NO_LINK: Sent = {
  kind: 'refused',
  refusal: {
    reason: 'WRONG_CONTENT',
    code: 'NO_LINK',
    description: 'Viber fetches files by their address, and this deployment has none that can be reached from outside',
  },
};

function toSent(answer: ViberAnswer): Sent {
  switch (answer.kind) {
    case 'ok':
      return answer.messageToken === undefined
        ? { kind: 'unreachable', reason: 'an unreadable answer to a message' }
        : { kind: 'sent', providerId: answer.messageToken };
    case 'refused': {
      const { code, description } = answer;
      const { kind, reason = 'UNKNOWN_ERROR' } = meaningOf(code) ?? {};
      return { kind: kind === 'unauthorized' ? kind : 'refused', refusal: { reason, code, description } };
    }
    case 'throttled':
      return { ...answer, scope: 'chat' };
    case 'unreachable':
      return answer;
    default:
      return answer satisfies never;
  }
}
