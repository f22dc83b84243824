import * as z from 'zod/mini';
import type { Outbound, Outgoing, OutgoingFile, Sent } from '#channels/outbound';
import type { Credentials } from '#channels/terms';
import { type Clock, systemClock } from '#clock';
import type { CallGraph, GraphAnswer } from './client.ts';
import { messageIdOf, objectIdOf } from './ids.ts';
import { isTooLate, toUnsent } from './messaging-errors.ts';
import { textMessageOf } from './quick-replies.ts';

/**
 * Free words for a day after the client's message. A person may answer for seven days, if Meta lets the app.
 * https://developers.facebook.com/documentation/business-messaging/messenger-platform/policy/policy-overview
 */
const WINDOW = { hours: 24, then: 'human-agent' } as const;

const WINDOW_MS = WINDOW.hours * 3_600_000;

const sentSchema = z.object({ message_id: z.string() });

/** A file as Meta takes it in a message, or why there is none. `isRemembered`: it was uploaded for an earlier try. */
export type Placed =
  | { readonly kind: 'placed'; readonly attachment: unknown; readonly isRemembered: boolean }
  | Exclude<GraphAnswer, { kind: 'ok' }>;

/** How the account sends. */
export interface SendWay {
  readonly call: CallGraph;
  readonly credentials: Credentials;
  /** The path of the page or the account. */
  readonly node: string;
}

/** What differs between pages and accounts of Instagram. */
export interface MessagingOutboundOptions extends Pick<Outbound, 'refuses' | 'pace'> {
  readonly chatType: string;
  wayOf(credentials: Credentials): SendWay;
  /** The fields of an answer within the window, beside recipient and message. */
  readonly inWindow: Readonly<Record<string, string>>;
  place(way: SendWay, file: OutgoingFile, key: string, signal: AbortSignal): Promise<Placed>;
  /** What was uploaded for the message is uploaded anew in the next try. */
  forget?(way: SendWay, key: string): void;
  readonly clock?: Clock;
}

interface Post {
  readonly to: string;
  readonly message: unknown;
  readonly quotes: string | undefined;
  /** It is sent as from a person. */
  readonly isTagged: boolean;
}

/**
 * Sends as a page or an account of Instagram. What was sent can neither be changed nor deleted.
 * https://developers.facebook.com/documentation/business-messaging/messenger-platform/send-messages
 */
export function createMessagingOutbound(options: MessagingOutboundOptions): Outbound {
  const { chatType, wayOf, inWindow, place, refuses, pace, clock = systemClock } = options;

  async function post(way: SendWay, { to, message, quotes, isTagged }: Post, signal: AbortSignal): Promise<Sent> {
    const json = {
      recipient: { id: to },
      ...(isTagged ? { messaging_type: 'MESSAGE_TAG', tag: 'HUMAN_AGENT' } : inWindow),
      message,
      ...(quotes !== undefined && { reply_to: { mid: quotes } }),
    };
    const answer = await way.call(way.credentials, { method: 'POST', path: `${way.node}/messages`, json }, signal);
    return answer.kind === 'ok' ? toSent(answer.result) : toUnsent(answer, isTagged);
  }

  /** Sends within the window, or as a person after it, if Meta lets the app. */
  async function attempt(
    way: SendWay,
    to: string,
    outgoing: Outgoing,
    signal: AbortSignal,
  ): Promise<{ readonly sent: Sent; readonly isRemembered: boolean }> {
    const prepared = await messageOf(way, outgoing, place, signal);
    if (prepared.kind === 'unsent') return { sent: prepared.sent, isRemembered: false };
    if (prepared.kind !== 'ready') return { sent: toUnsent(prepared, false), isRemembered: false };
    const { message, isRemembered } = prepared;
    const { quotes, clientAt } = outgoing;
    const mayTag = way.credentials.humanAgent === 'yes';
    const isLate = clientAt !== undefined && clock.now() - clientAt >= WINDOW_MS;
    const sent = await post(way, { to, message, quotes, isTagged: mayTag && isLate }, signal);
    // By Meta's clock the window has ended already, and nothing was sent.
    if (!mayTag || isLate || !isTooLate(sent)) return { sent, isRemembered };
    return { sent: await post(way, { to, message, quotes, isTagged: true }, signal), isRemembered };
  }

  return {
    refuses,
    reaches: (chatId) => objectIdOf(chatId) !== undefined,
    window: WINDOW,
    ...(pace && { pace }),

    async send(credentials, outgoing, signal) {
      const to = outgoing.to.find((id) => id.chatType === chatType && objectIdOf(id.chatId) !== undefined)?.chatId;
      if (to === undefined) return NO_ADDRESS;
      const way = wayOf(credentials);
      const first = await attempt(way, to, outgoing, signal);
      // An upload that has ended: nothing was sent, and a new one may be taken.
      if (!first.isRemembered || first.sent.kind !== 'refused') return first.sent;
      options.forget?.(way, outgoing.key);
      return (await attempt(way, to, outgoing, signal)).sent;
    },
  };
}

const NO_ADDRESS: Sent = {
  kind: 'refused',
  refusal: { reason: 'BAD_CONTACT', code: '100/2018001', description: 'The person has no id of this messenger' },
};

async function messageOf(
  way: SendWay,
  { content, key }: Outgoing,
  place: MessagingOutboundOptions['place'],
  signal: AbortSignal,
) {
  switch (content.type) {
    case 'text':
      return { kind: 'ready', message: textMessageOf(content.text, content.buttons), isRemembered: false } as const;
    case 'file': {
      const placed = await place(way, content.file, key, signal);
      if (placed.kind !== 'placed') return placed;
      return { kind: 'ready', message: { attachment: placed.attachment }, isRemembered: placed.isRemembered } as const;
    }
    case 'template':
      return { kind: 'unsent', sent: NO_TEMPLATES } as const;
    default:
      return content satisfies never;
  }
}

const NO_TEMPLATES: Sent = {
  kind: 'refused',
  refusal: { reason: 'WRONG_CONTENT', code: '100', description: 'This messenger has no templates' },
};

function toSent(result: unknown): Sent {
  const id = messageIdOf(sentSchema.safeParse(result).data?.message_id);
  return id === undefined
    ? { kind: 'unreachable', reason: 'an unreadable answer to a message' }
    : { kind: 'sent', providerId: id };
}
