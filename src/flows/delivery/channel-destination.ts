import type { Messenger } from '#channels/channel';
import { chatOfKey } from '#domain/message';
import type { Log } from '#log';
import type { Cipher } from '#store/accounts/cipher';
import type { StoreDeps } from '#store/dynamo/client';
import { createHolds } from '#store/outbox/holds';
import type { Destination, Leaving } from './destination.ts';

/** What is needed to call the messenger of a chat. */
export interface ChannelDestinationDeps extends StoreDeps {
  readonly cipher: Cipher;
  readonly messengerFor: (transport: string) => Promise<Messenger | undefined>;
  readonly log: Log;
}

type Alike = 'receiverOf' | 'noteSpeed';

/** What is alike for everything that leaves for the messenger of a chat: it goes to the chat's channel. */
export function toChannel<L extends Leaving & { readonly chat: string }>(deps: StoreDeps): Pick<Destination<L>, Alike> {
  const holds = createHolds(deps);
  const channelOf = ({ chat }: L) => chatOfKey(chat).channelId;
  return {
    receiverOf: channelOf,
    noteSpeed: (leaving, slow) => holds.noteSpeed(channelOf(leaving), slow),
  };
}
