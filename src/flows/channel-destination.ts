import type { Messenger } from '#channels/channel';
import { chatOfKey } from '#domain/message';
import type { Log } from '#log';
import type { Cipher } from '#store/accounts/cipher';
import type { StoreDeps } from '#store/dynamo/client';
import { createHolds } from '#store/outbox/holds';
import type { Row } from '#store/outbox/row-item';
import type { Destination } from './destination.ts';

/** What is needed to call the messenger of a chat. */
export interface ChannelDestinationDeps extends StoreDeps {
  readonly cipher: Cipher;
  readonly messengerFor: (transport: string) => Messenger | undefined;
  readonly log: Log;
}

type Alike = 'receiverOf' | 'looksAt' | 'batch' | 'noteSpeed';

/** What is alike for everything that leaves for the messenger of a chat: one row at a time, to the chat's channel. */
export function toChannel<R extends Row>(deps: StoreDeps): Pick<Destination<R>, Alike> {
  const holds = createHolds(deps);
  const channelOf = ({ chat }: R) => chatOfKey(chat).channelId;
  return {
    receiverOf: channelOf,
    looksAt: 1,
    batch: ([oldest]) => (oldest ? [oldest] : []),
    noteSpeed: (row, slow) => holds.noteSpeed(channelOf(row), slow),
  };
}
