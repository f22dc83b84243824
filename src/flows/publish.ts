import type { Bells } from '#bells';
import { chatOfKey } from '#domain/message';
import { createChannels } from '#store/accounts/channels';
import { createFacts } from '#store/chats/facts';
import type { StoreDeps } from '#store/dynamo/client';
import type { News } from '#store/dynamo/stream';
import { createRows, replyLane } from '#store/outbox/rows';

/** Puts into the outbox what has to leave because of facts, and rings its lane. */
export type Publish = (news: readonly News[]) => Promise<void>;

/**
 * Makes `publish(news)`: for the stream, and for the watchdog. Repeating it adds nothing and rings again, because the
 * bell of a row that is there may have been lost.
 */
export function createPublish(deps: StoreDeps & { readonly bells: Bells<'lanes'> }): Publish {
  const { bells } = deps;
  const facts = createFacts(deps);
  const channels = createChannels(deps);
  const rows = createRows(deps);

  async function publishReply(chatKey: string, key: string): Promise<void> {
    const reply = await facts.getReply(chatKey, key);
    if (!reply) return;
    const { account } = await channels.getKnown(chatOfKey(chatKey).channelId);
    const { content, via, topic, attempt, storedAt } = reply;
    const lane = replyLane(chatKey);
    const quotes = content.quoted?.providerId;
    const payload = {
      text: content.text ?? '',
      ...(quotes !== undefined && { quotes }),
      ...(via !== undefined && { via }),
      ...(topic !== undefined && { topic }),
    };
    await rows.add({ kind: 'reply', lane, event: key, account, chat: chatKey, attempt, storedAt, payload });
    await bells.ring('lanes', lane);
  }

  return async function publish(news) {
    for (const { chatKey, key, kind } of news) {
      if (kind === undefined || kind === 'reply') await publishReply(chatKey, key);
    }
  };
}
