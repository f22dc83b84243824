import { chatOfKey } from '#domain/message';
import type { Channels } from '#store/accounts/channels';
import type { Messages } from '#store/chats/messages';
import type { Rung } from '#store/dynamo/stream';
import { type Outbox, replyLane } from '#store/outbox/outbox';

/** What publishing needs. */
export interface PublishDeps {
  readonly messages: Pick<Messages, 'getReply'>;
  readonly channels: Pick<Channels, 'getKnown'>;
  readonly outbox: Pick<Outbox, 'add'>;
  /** Rings the bell of a lane. */
  readonly ringLane: (lane: string) => Promise<void>;
}

/** Puts what has to leave because of facts into the outbox, and rings. */
export type Publish = (rung: readonly Rung[]) => Promise<void>;

/**
 * Makes `publish(rung)`: for the stream, and for the watchdog. Repeating it adds nothing and rings again, because the
 * bell of a row that is there may have been lost.
 */
export function createPublish({ messages, channels, outbox, ringLane }: PublishDeps): Publish {
  return async function publish(rung) {
    for (const { chatKey, key, kind } of rung) {
      if (kind === undefined || kind === 'reply') await publishReply(chatKey, key);
    }
  };

  async function publishReply(chatKey: string, key: string): Promise<void> {
    const reply = await messages.getReply(chatKey, key);
    if (!reply) return;
    const { account } = await channels.getKnown(chatOfKey(chatKey).channelId);
    const { content, via, attempt, storedAt } = reply;
    const lane = replyLane(chatKey);
    const quotes = content.quoted?.providerId;
    const payload = {
      text: content.text ?? '',
      ...(quotes !== undefined && { quotes }),
      ...(via !== undefined && { via }),
    };
    await outbox.add({ lane, event: key, account, chat: chatKey, attempt, storedAt, payload });
    await ringLane(lane);
  }
}
