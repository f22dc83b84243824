import { eachAtOnce } from '#at-once';
import { idOfKey } from '#domain/fact';
import { chatOfKey } from '#domain/message';
import { createChannels } from '#store/accounts/channels';
import { createAttempts } from '#store/chats/attempts';
import { createFacts } from '#store/chats/facts';
import { type Outcome, outcomeKey } from '#store/chats/outcome-item';
import { createOutcomes } from '#store/chats/outcomes';
import type { StoreDeps } from '#store/dynamo/client';
import { type News, OUTCOME_PREFIX } from '#store/dynamo/stream';
import { replyLane } from '#store/outbox/lane-names';
import { createRows } from '#store/outbox/rows';

/** Refuses the replies that a messenger took and then failed to deliver, so that their chats wait for an answer again. */
export type FollowReceipts = (news: readonly News[]) => Promise<void>;

const AT_ONCE = 16;

/**
 * Makes `followReceipts(news)`, for the stream. The receipt rings it, and so does the record of the send if that comes
 * later. Repeating it changes nothing.
 */
export function createFollowReceipts(deps: StoreDeps): FollowReceipts {
  const facts = createFacts(deps);
  const channels = createChannels(deps);
  const { outcomes } = createOutcomes(deps);
  const attempts = createAttempts(deps);
  const rows = createRows(deps);

  /** Refuses the reply, if the failed message is the one that was sent last. */
  async function refuse(chat: string, id: string, { reply: key, failed, ...told }: Outcome): Promise<void> {
    if (key === undefined || failed === undefined) return;
    const [reply, found] = await Promise.all([facts.getReply(chat, key), outcomes(chat, [idOfKey(key)])]);
    const { status, attempt, providerId, statusAt = 0 } = found.get(idOfKey(key)) ?? {};
    if (!reply || status !== 'sent' || attempt === undefined || providerId !== id) return;
    const { account } = await channels.getKnown(chatOfKey(chat).channelId);
    const { at: _at, ...error } = failed;
    const { storedAt } = reply;
    const about = { lane: replyLane(chat), event: key, account, chat, attempt, storedAt };
    const failing = rows.failing(about, 0, error, 'undelivered');
    const after = Math.max(statusAt, told.deliveredAt ?? 0, told.readAt ?? 0);
    await attempts.refuseSent(chat, key, { attempt, providerId }, error, failing, after);
  }

  async function follow(chat: string, ids: readonly string[]): Promise<void> {
    for (const [id, told] of await outcomes(chat, ids)) await refuse(chat, id, told);
  }

  return async function followReceipts(news) {
    const mayHaveFailed = news.filter(({ key, isFailed = true }) => isFailed && key.startsWith(OUTCOME_PREFIX));
    const byChat = Map.groupBy(mayHaveFailed, ({ chatKey }) => chatKey);
    await eachAtOnce([...byChat], AT_ONCE, ([chat, ofChat]) =>
      follow(
        chat,
        ofChat.map(({ key }) => key.slice(outcomeKey('').length)),
      ),
    );
  };
}
