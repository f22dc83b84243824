import * as z from 'zod/mini';
import type { CallGraph, GraphAnswer } from '#channels/meta/client';
import { meaningOf } from '#channels/meta/codes';
import { tellerOf } from '#channels/meta/remembered';
import type { Outbound, Outgoing, Sent } from '#channels/outbound';
import type { Credentials, Refusal } from '#channels/terms';
import { type Clock, systemClock } from '#clock';
import { createContents } from './contents.ts';
import { toUnsent } from './errors.ts';
import { CHAT_TYPE, messageIdOf } from './ids.ts';
import { PACE, refuses, WINDOW } from './limits.ts';
import { createPairWaits } from './pair-waits.ts';
import { type Recipient, recipientOf } from './recipient.ts';
import { createTemplates } from './templates.ts';

/** From that day on marketing is no longer taken by `messages`: https://github.com/orgs/chatwoot/discussions/16330 */
const MARKETING_MOVES_AT = Date.UTC(2027, 9, 13);
/** The account has switched the old endpoint off for marketing before that day. */
const MARKETING_HAS_MOVED = '131063';

const sentSchema = z.object({
  messages: z.array(z.object({ id: z.string() })).check(z.minLength(1), z.maxLength(10)),
});

const MARKETING = 'marketing_messages';

type Endpoint = 'messages' | typeof MARKETING;

/** The endpoint that takes a message, by the category of its template. */
export function endpointOf(category: string | undefined, now: number): Endpoint {
  return category === 'MARKETING' && now >= MARKETING_MOVES_AT ? MARKETING : 'messages';
}

/**
 * Sends through the WhatsApp Business Cloud API. A sent message can neither be changed nor deleted. Files are uploaded,
 * because Meta's own fetching of links is limited and follows no redirect
 * (https://github.com/chatwoot/chatwoot/issues/15702).
 * https://developers.facebook.com/documentation/business-messaging/whatsapp/messages/send-messages
 */
export function createWapiOutbound(call: CallGraph, clock: Clock = systemClock): Outbound {
  const templates = createTemplates(call, clock.now);
  const contents = createContents(call, templates, clock.now);
  const pairWaits = createPairWaits(clock.now);

  /** Posts the message, once more if its category has moved to another endpoint: nothing was sent then. */
  async function post(credentials: Credentials, endpoint: Endpoint, json: unknown, signal: AbortSignal) {
    const number = encodeURIComponent(credentials.phoneNumberId ?? '');
    const postTo = (at: Endpoint) => call(credentials, { method: 'POST', path: `${number}/${at}`, json }, signal);
    const answer = await postTo(endpoint);
    const hasMoved = answer.kind === 'refused' && answer.code === MARKETING_HAS_MOVED;
    return hasMoved && endpoint !== MARKETING ? postTo(MARKETING) : answer;
  }

  async function attempt(
    credentials: Credentials,
    recipient: Recipient,
    message: Outgoing,
    signal: AbortSignal,
  ): Promise<{ sent: Sent; isRemembered: boolean }> {
    const pair = JSON.stringify([tellerOf(credentials), recipient]);
    const unsent = (answer: Exclude<GraphAnswer, { kind: 'ok' }>) => toUnsent(answer, () => pairWaits.lengthen(pair));

    const prepared = await contents.prepare(credentials, message, signal);
    if (prepared.kind !== 'ready') return { sent: unsent(prepared), isRemembered: false };
    const json = {
      messaging_product: 'whatsapp',
      recipient_type: 'individual',
      ...recipient,
      ...(message.quotes !== undefined && { context: { message_id: message.quotes } }),
      biz_opaque_callback_data: message.opaque,
      ...prepared.content,
    };
    const answer = await post(credentials, endpointOf(prepared.category, clock.now()), json, signal);
    if (answer.kind !== 'ok') return { sent: unsent(answer), isRemembered: prepared.isRemembered };
    pairWaits.end(pair);
    return { sent: toSent(answer.result), isRemembered: prepared.isRemembered };
  }

  return {
    refuses,
    reaches: (chatId) => recipientOf([{ chatType: CHAT_TYPE, chatId }]) !== undefined,
    window: WINDOW,
    pace: PACE,

    async send(credentials, message, signal) {
      const recipient = recipientOf(message.to);
      if (!recipient) return NO_ADDRESS;
      const first = await attempt(credentials, recipient, message, signal);
      // An upload that ended, a template that was changed: nothing was sent, and what is new may be taken.
      const isStale = first.isRemembered && first.sent.kind === 'refused' && isOfMessage(first.sent.refusal);
      if (!isStale) return first.sent;
      contents.forget(credentials, message);
      return (await attempt(credentials, recipient, message, signal)).sent;
    },

    templates: (credentials, signal) => templates.list(credentials, signal),
  };
}

const NO_ADDRESS: Sent = {
  kind: 'refused',
  refusal: {
    reason: 'BAD_CONTACT',
    code: '131026',
    description: 'The person has neither a phone number nor a user id of WhatsApp',
  },
};

/** Whether the message is to blame, and not its person or the channel. A code that nothing is known of may mean it. */
function isOfMessage({ code }: Refusal): boolean {
  return (meaningOf(code)?.scope ?? 'message') === 'message';
}

function toSent(result: unknown): Sent {
  const read = sentSchema.safeParse(result);
  const id = messageIdOf(read.data?.messages[0]?.id);
  if (id === undefined) return { kind: 'unreachable', reason: 'an unreadable answer to a message' };
  return { kind: 'sent', providerId: id };
}
