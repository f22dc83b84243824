import type { QueueName } from '#lib/listeners';

const REPLIES = 'reply#';
const PRESSES = 'press#';
const EVENTS = 'event#';
const ASIDE = 'aside#';

/** The queues in which lanes ring. */
export type LaneQueue = Extract<QueueName, 'lanes' | 'slowLanes' | 'events' | 'slowEvents'>;

/** The lane of a chat's replies. */
export function replyLane(chatKey: string): string {
  return `${REPLIES}${chatKey}`;
}

/** The lane of a chat's pressed buttons. They neither wait for its replies nor hold them up. */
export function pressLane(chatKey: string): string {
  return `${PRESSES}${chatKey}`;
}

/** The lane of the events that an account's receiver gets. */
export function eventLane(account: string): string {
  return `${EVENTS}${account}`;
}

/** The lane of the events of one subject that was set aside. */
export function asideLane(account: string, subject: string): string {
  return `${ASIDE}${account}#${subject}`;
}

/** The chat of a lane of replies; undefined for every other lane. */
export function chatOfReplyLane(lane: string): string | undefined {
  return lane.startsWith(REPLIES) ? lane.slice(REPLIES.length) : undefined;
}

/** Whether the lane holds pressed buttons. */
export function isPressLane(lane: string): boolean {
  return lane.startsWith(PRESSES);
}

/** Whether the lane holds events, of the whole account or of a subject that was set aside. */
export function isEventLane(lane: string): boolean {
  return lane.startsWith(EVENTS) || lane.startsWith(ASIDE);
}

/** The account of an event lane, and the subject if it was set aside. */
export function readEventLane(lane: string): { readonly account: string; readonly subject?: string } {
  const [kind, account = '', ...subject] = lane.split('#');
  return `${kind}#` === ASIDE ? { account, subject: subject.join('#') } : { account };
}

/** The queue in which a lane rings. A slow receiver has a queue of its own, so that it holds up no other. */
export function queueOf(lane: string, slow: boolean): LaneQueue {
  if (isEventLane(lane)) return queueOfEvents(slow);
  return slow ? 'slowLanes' : 'lanes';
}

/** The queue in which a lane of events rings. */
export function queueOfEvents(slow: boolean): 'events' | 'slowEvents' {
  return slow ? 'slowEvents' : 'events';
}
