import type { Messenger } from '#channels/channel';
import type { Received } from '#channels/inbound';
import type { Outgoing } from '#channels/outbound';

/** A text to send. */
export function textTo(chatId: string, text: string, more: Partial<Outgoing> = {}, chatType = 'telegram'): Outgoing {
  return { to: [{ chatType, chatId }], content: { type: 'text', text }, key: 'our1.1', opaque: chatId, ...more };
}

/** Reads a body as `receive-message` has it read. */
export function parserOf({ inbound }: Messenger): (body: unknown, identity?: string) => Received[] {
  return (body, identity) => inbound.parse(body, { text: JSON.stringify(body), identity });
}
