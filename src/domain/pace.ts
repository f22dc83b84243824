/** How much a messenger takes of one channel: `perSecond` messages, and one in `chatMs` milliseconds for one chat. */
export interface Pace {
  readonly perSecond: number;
  readonly chatMs: number;
  /** So many messages to one chat may leave at once before `chatMs` counts. */
  readonly chatBurst: number;
}

/** So many messages of a chat leave together, so that a chat with many waits once for all of them. */
export const TOGETHER = 3;

/** A turn that is not used so long after its time is lost, so that not all that waited leave at once. */
export const TURN_MS = 15_000;

/** No turn is given out that is further ahead. Who finds none asks again. */
export const LONGEST_QUEUE_MS = 10 * 60_000;

/**
 * How many messages may leave to a chat now. `restedAt` (epoch ms) is when the chat has rested from all that left
 * before; 0 if nothing did.
 */
export function roomOf(restedAt: number, { chatMs, chatBurst }: Pace, now: number): number {
  return Math.floor(chatBurst - Math.max(0, restedAt - now) / chatMs);
}

/** When a chat has room for so many messages, or for as many as may leave together (epoch ms). */
export function roomAt(restedAt: number, { chatMs, chatBurst }: Pace, messages: number): number {
  return restedAt - (chatBurst - Math.min(messages, chatBurst, TOGETHER)) * chatMs;
}

/** When the chat has rested after one more message that leaves now. */
export function restedAfter(restedAt: number, { chatMs }: Pace, now: number): number {
  return Math.max(restedAt, now) + chatMs;
}

/** What is supposed of a chat of which the last holder died: that it sent all that it could, but for one message. */
export function restedAfterCrash({ chatMs, chatBurst }: Pace, now: number): number {
  return now + (chatBurst - 1) * chatMs;
}

/**
 * How long a slot rests for each message that left with it, if a channel has so many slots. All of them together then
 * keep the pace of the channel, whichever process holds them.
 */
export function slotRestMs({ perSecond }: Pace, slots: number): number {
  return (1_000 * slots) / perSecond;
}
