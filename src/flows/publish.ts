import type { Bells } from '#bells';
import { END_OF_KEYS, type Fact, isPress, PRESSED, type Reply } from '#domain/fact';
import { chatOfKey } from '#domain/message';
import { createChannels } from '#store/accounts/channels';
import { createFacts } from '#store/chats/facts';
import { createWaitingReplies } from '#store/chats/waiting-replies';
import type { StoreDeps } from '#store/dynamo/client';
import type { News } from '#store/dynamo/stream';
import { type LaneQueue, pressLane, queueOf, replyLane } from '#store/outbox/lane-names';
import { createLanes } from '#store/outbox/lanes';
import { createRows } from '#store/outbox/rows';

/** Puts into the outbox what has to leave because of facts, and rings its lane. */
export type Publish = (news: readonly News[]) => Promise<void>;

/**
 * Makes `publish(news)`: for the stream, and for the watchdog. Repeating it adds nothing. A bell that is
 * lost costs a minute, because its lane is due by then.
 */
export function createPublish(deps: StoreDeps & { readonly bells: Bells<LaneQueue> }): Publish {
  const { bells } = deps;
  const facts = createFacts(deps);
  const channels = createChannels(deps);
  const replies = createWaitingReplies(deps);
  const lanes = createLanes(deps);
  const rows = createRows(deps);

  /** A reply has no row: the fact waits, until it is known what became of it. */
  async function publishReply(chatKey: string, reply: Reply): Promise<void> {
    if (await replies.isWaiting(chatKey, reply)) await announce(replyLane(chatKey), reply.key);
  }

  async function publishPress(chatKey: string, { key, storedAt }: Fact): Promise<void> {
    const { account } = await channels.getKnown(chatOfKey(chatKey).channelId);
    const lane = pressLane(chatKey);
    const added = await rows.add({ kind: 'press', lane, event: key, account, chat: chatKey, storedAt });
    if (added !== 'ended') await announce(lane, key);
  }

  async function announce(lane: string, key: string): Promise<void> {
    const { ring, slow } = await lanes.announce(lane, [key]);
    if (ring) await bells.ring(queueOf(lane, slow), lane);
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
