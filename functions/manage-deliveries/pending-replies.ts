import type { Listed } from '#api/delivery-routes';
import { chatOfKey } from '#domain/message';
import type { Channels } from '#store/accounts/channels';
import type { WaitingReplies } from '#store/chats/waiting-replies';
import { chatOfReplyLane, replyLane } from '#store/outbox/lane-names';
import type { Lanes } from '#store/outbox/lanes';
import type { WaitingLane } from '#store/outbox/waiting-lanes';
import { listedReply } from './listed.ts';

/** The time at which a lane of replies is due (epoch ms), and the lane and the last reply if that lane goes on. */
export type ReplyPlace = readonly [from: number] | readonly [from: number, lane: string, reply: string];

export interface PendingRepliesDeps {
  readonly channels: Pick<Channels, 'idsOf'>;
  readonly replies: Pick<WaitingReplies, 'waitingFrom'>;
  readonly lanes: Pick<Lanes, 'someLanes' | 'lanesOf'>;
}

interface Found {
  readonly lanes: readonly Pick<WaitingLane, 'lane' | 'nextAt'>[];
  readonly next?: number;
}

/** About the most lanes that are looked at for a page. */
const LOOKS = 50;

/**
 * A page of the replies that wait in the account, or in one of its chats, and the place to go on from. Lanes are known by
 * their time only, and belong to all accounts, so a page may have few replies or none and not be the last. The place
 * names no lane of another account.
 */
export async function pendingReplies(
  deps: PendingRepliesDeps,
  account: string,
  target: string | undefined,
  limit: number,
  [from = 0, startLane, startReply]: ReplyPlace | readonly [] = [],
): Promise<{ listed: Listed[]; next?: ReplyPlace }> {
  const { channels, replies, lanes } = deps;
  const found: Found = target === undefined ? await lanes.someLanes(from, LOOKS) : oneLane(target, from);
  const own = new Set(await channels.idsOf(account));
  const left = found.lanes
    .filter(({ lane, nextAt }) => !isBefore(lane, nextAt, from, startLane))
    .map(({ lane, nextAt }) => ({ lane, nextAt, chat: chatOfReplyLane(lane) }))
    .filter(({ chat }) => chat !== undefined && own.has(chatOfKey(chat).channelId))
    .sort(inOrder);
  const states = await lanes.lanesOf(left.map(({ lane }) => lane));
  const listed: Listed[] = [];
  for (const { lane, nextAt, chat = '' } of left) {
    const state = states.get(lane);
    if (!state) continue;
    const after = lane === startLane ? startReply : undefined;
    const oldest = await replies.waitingFrom(chat, after ?? state.from, limit - listed.length + 1);
    for (const reply of oldest.filter(({ key }) => key !== after)) {
      listed.push(listedReply(chat, reply, state));
      if (listed.length === limit) return { listed, next: [nextAt, lane, reply.key] };
    }
  }
  return found.next === undefined ? { listed } : { listed, next: [found.next] };
}

/** The lane of a chat has a name, so it is not searched for. */
function oneLane(chat: string, nextAt: number): Found {
  return { lanes: [{ lane: replyLane(chat), nextAt }] };
}

function inOrder(one: Found['lanes'][number], other: Found['lanes'][number]): number {
  return one.nextAt - other.nextAt || (one.lane < other.lane ? -1 : 1);
}

/** Whether an earlier page has shown this lane, of those that are due at the same time as its last one. */
function isBefore(lane: string, nextAt: number, from: number, startLane: string | undefined): boolean {
  return startLane !== undefined && nextAt === from && lane < startLane;
}
