import { chatOfKey } from '#domain/message';
import type { Channels } from '#store/channels';
import type { Messages } from '#store/messages';
import { type Outbox, replyLane } from '#store/outbox';
import { type Rung, rungFacts, type StreamEvent } from '#store/stream';

export interface PublishEventsDeps {
  readonly messages: Pick<Messages, 'getReply'>;
  readonly channels: Pick<Channels, 'getKnown'>;
  readonly outbox: Pick<Outbox, 'add'>;
  /** Rings the bell of a lane. */
  readonly ringLane: (lane: string) => Promise<void>;
}

/** Something was said: what has to leave because of it waits in the outbox. Repeating it adds nothing and rings again. */
export function createHandler(deps: PublishEventsDeps) {
  return async (event: StreamEvent): Promise<void> => {
    for (const rung of rungFacts(event)) {
      if (rung.kind === undefined || rung.kind === 'reply') await publishReply(deps, rung);
    }
  };
}

async function publishReply({ messages, channels, outbox, ringLane }: PublishEventsDeps, { chatKey, key }: Rung) {
  const reply = await messages.getReply(chatKey, key);
  if (!reply) return;
  const { account } = await channels.getKnown(chatOfKey(chatKey).channelId);
  const { content, quotes, via, attempt, storedAt } = reply;
  const lane = replyLane(chatKey);
  const payload = {
    text: content.text ?? '',
    ...(quotes !== undefined && { quotes }),
    ...(via !== undefined && { via }),
  };
  await outbox.add({ lane, event: key, account, chat: chatKey, attempt, storedAt, payload });
  await ringLane(lane);
}
