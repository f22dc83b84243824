import type * as z from 'zod/mini';
import type { pendingPlace } from '#api/cursor';
import type { Reply } from '#domain/fact';
import { chatOfKey } from '#domain/message';
import type { Channels } from '#store/accounts/channels';
import type { WaitingReplies } from '#store/chats/waiting-replies';
import type { Lane } from '#store/outbox/lane-item';
import { chatOfReplyLane } from '#store/outbox/lane-names';
import type { Lanes } from '#store/outbox/lanes';
import type { WaitingLane } from '#store/outbox/waiting-lanes';

/** The most deliveries on a page, and about the most lanes that are looked at for it. */
export const PAGE = 50;

/** A reply that waits, what its lane says of it, and the time at which the lane is due (epoch ms). */
export interface WaitingReply {
  readonly chat: string;
  readonly reply: Reply;
  readonly tried?: Pick<Lane, 'calls' | 'lastError'> | undefined;
  readonly nextAt: number;
}

type Place = z.infer<typeof pendingPlace>;

export interface PendingDeps {
  readonly channels: Pick<Channels, 'getKnown'>;
  readonly replies: Pick<WaitingReplies, 'waitingFrom'>;
  readonly lanes: Pick<Lanes, 'someLanes' | 'lanesOf'>;
}

/**
 * A page of what waits in the account, and the place to go on from. Lanes are known by their time only, and belong to
 * all accounts, so a page may have few replies or none and not be the last. The place names no lane of another account.
 */
export async function pendingPage(
  { channels, replies, lanes }: PendingDeps,
  account: string,
  [from = 0, startLane, startPlace]: Place | [] = [],
): Promise<{ waiting: WaitingReply[]; next?: Place }> {
  const found = await lanes.someLanes(from, PAGE);
  const left = found.lanes.sort(inOrder).filter(({ lane, nextAt }) => !isBefore(lane, nextAt, from, startLane));
  const states = await lanes.lanesOf(left.map(({ lane }) => lane));
  const waiting: WaitingReply[] = [];
  for (const { lane, nextAt } of left) {
    const chat = chatOfReplyLane(lane);
    const state = states.get(lane);
    if (chat === undefined || !state) continue;
    if ((await channels.getKnown(chatOfKey(chat).channelId)).account !== account) continue;
    const after = lane === startLane ? startPlace : undefined;
    const oldest = await replies.waitingFrom(chat, after ?? state.from, PAGE - waiting.length + 1);
    for (const reply of oldest.filter(({ key }) => key !== after)) {
      // What the lane says is about the reply that leaves next.
      const tried = reply.key === state.from ? state : undefined;
      waiting.push({ chat, reply, tried, nextAt });
      if (waiting.length === PAGE) return { waiting, next: [nextAt, lane, reply.key] };
    }
  }
  return found.next === undefined ? { waiting } : { waiting, next: [found.next] };
}

function inOrder(one: WaitingLane, other: WaitingLane): number {
  return one.nextAt - other.nextAt || (one.lane < other.lane ? -1 : 1);
}

/** Whether an earlier page has shown this lane, of those that are due at the same time as its last one. */
function isBefore(lane: string, nextAt: number, from: number, startLane: string | undefined): boolean {
  return startLane !== undefined && nextAt === from && lane < startLane;
}
