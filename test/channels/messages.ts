import type { Messenger } from '#channels/channel';
import type { Received } from '#channels/inbound';
import type { Outgoing } from '#channels/outbound';
import { readSpoilt } from '#test/channels/spoilt';

/** A text to send. */
export function textTo(chatId: string, text: string, more: Partial<Outgoing> = {}, chatType = 'telegram'): Outgoing {
  return { to: [{ chatType, chatId }], content: { type: 'text', text }, key: 'our1.1', opaque: chatId, ...more };
}

type Parse = (body: unknown, identity?: string) => Received[];

/** Reads a body as `receive-message` has it read. */
export function readerOf({ inbound }: Messenger): Parse {
  return (body, identity) => inbound.parse(body, { text: JSON.stringify(body), identity });
}

/** The same. Each body is also read with something unspeakable in each of its places: so is every kind of a table. */
export function parserOf(messenger: Messenger): Parse {
  const read = readerOf(messenger);
  return (body, identity) => {
    readSpoilt((spoilt) => read(spoilt, identity), body);
    return read(body, identity);
  };
}
