import { eachAtOnce } from '#at-once';
import { idOfKey } from '#domain/fact';
import { chatOfKey } from '#domain/message';
import { createFollowWatermark } from '#flows/follow-watermark';
import { createChannels } from '#store/accounts/channels';
import { createAttempts } from '#store/chats/attempts';
import { createFacts } from '#store/chats/facts';
import { type Outcome, outcomeKey } from '#store/chats/outcome-item';
import { createOutcomes, WATERMARK } from '#store/chats/outcomes';
import { createOwnEchoes } from '#store/chats/own-echoes';
import type { StoreDeps } from '#store/dynamo/client';
import { type News, OUTCOME_PREFIX } from '#store/dynamo/stream';
import { replyLane } from '#store/outbox/lane-names';
import { createRows } from '#store/outbox/rows';

/**
 * Follows what a messenger said of messages of ours. Replies that it took and then failed to deliver are refused, so that
 * their chats wait for an answer again. What it said of all messages up to a time counts for each.
 */
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
  const ownEchoes = createOwnEchoes(deps);
  const rows = createRows(deps);
  const followWatermark = createFollowWatermark(deps);

  /** Refuses the reply, if the failed message is the one that was sent last. */
  async function refuse(chat: string, id: string, { reply: key, failed, ...told }: Outcome): Promise<void> {
    if (key === undefined || failed === undefined) return;
    const [reply, found] = await Promise.all([facts.getReply(chat, key), outcomes(chat, [idOfKey(key)])]);
    const { status, attempt, providerId, statusAt = 0 } = found.get(idOfKey(key)) ?? {};
    if (!reply || status !== 'sent' || attempt === undefined || providerId !== id) return;
    // The attempt ends here, so no later holder finishes what its record of the send may have left half done.
    if (told.echo !== undefined) await ownEchoes.mark(chat, told.echo, key);
    const { account } = await channels.getKnown(chatOfKey(chat).channelId);
    const { at: _at, ...error } = failed;
    const { storedAt } = reply;
    const about = { lane: replyLane(chat), event: key, account, chat, attempt, storedAt };
    const failing = rows.failing(about, 0, error, 'undelivered');
    const after = Math.max(statusAt, told.deliveredAt ?? 0, told.readAt ?? 0);
    await attempts.refuseSent(chat, key, { attempt, providerId }, error, failing, after);
  }

  async function follow(chat: string, ids: readonly string[]): Promise<void> {
    if (ids.includes(WATERMARK)) await followWatermark(chat);
    const messages = ids.filter((id) => id !== WATERMARK);
    for (const [id, told] of await outcomes(chat, messages)) await refuse(chat, id, told);
  }

  return async function followReceipts(news) {
    const wanted = news.filter(
      ({ key, isFailed = true }) => key === outcomeKey(WATERMARK) || (isFailed && key.startsWith(OUTCOME_PREFIX)),
    );
    const byChat = Map.groupBy(wanted, ({ chatKey }) => chatKey);
    await eachAtOnce([...byChat], AT_ONCE, ([chat, ofChat]) =>
      follow(
        chat,
        ofChat.map(({ key }) => key.slice(OUTCOME_PREFIX.length)),
      ),
    );
  };
}
