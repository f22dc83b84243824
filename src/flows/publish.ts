import type { Bells } from '#bells';
import { END_OF_KEYS, type Fact, isPress, PRESSED, type Reply } from '#domain/fact';
import { chatOfKey } from '#domain/message';
import { createChannels } from '#store/accounts/channels';
import { createFacts } from '#store/chats/facts';
import type { StoreDeps } from '#store/dynamo/client';
import type { News } from '#store/dynamo/stream';
import { createRows, pressLane, replyLane } from '#store/outbox/rows';

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

  async function publishReply(chatKey: string, { key, content, via, topic, attempt, storedAt }: Reply): Promise<void> {
    const { account } = await channels.getKnown(chatOfKey(chatKey).channelId);
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

  async function publishPress(chatKey: string, { key, storedAt }: Fact): Promise<void> {
    // An old one gets its row and bell too: its row may be there, and the bell of that row lost.
    const { account } = await channels.getKnown(chatOfKey(chatKey).channelId);
    const lane = pressLane(chatKey);
    await rows.add({ kind: 'press', lane, event: key, account, chat: chatKey, attempt: 1, storedAt });
    await bells.ring('lanes', lane);
  }

  return async function publish(news) {
    for (const { chatKey, key, kind, contentKind } of news) {
      // The watchdog does not know the kind of a client message, and a press that only it finds is too old anyway.
      const mayLeave = kind === undefined || kind === 'reply' || (kind === 'client' && contentKind === PRESSED);
      // What became of messages does not leave.
      const fact = mayLeave && key < END_OF_KEYS ? await facts.get(chatKey, key) : undefined;
      if (fact?.kind === 'reply') await publishReply(chatKey, fact);
      else if (fact && isPress(fact)) await publishPress(chatKey, fact);
    }
  };
}
