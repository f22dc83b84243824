import { mayLeave, openFrom, receiverOf, type TimedWait } from './next-act.ts';
import { timerOf, waitOf } from './timer.ts';
import { LEAST_WARNING_MS } from './waiting-setting.ts';

/**
 * When a client leaves that user, who gives them back (T10): as soon as a reply that is under way would be stored, while the
 * channel is open. Undefined for a client who is not theirs to give, whom nobody could get now, or who leaves already.
 */
export function givenBackAt(wait: TimedWait, userId: string, now: number): number | undefined {
  const { chat, channel, hours, responsible } = wait;
  const { waiting, isUp } = channel;
  if (!waiting || waiting.returnAfterMinutes === null || !isUp || waitOf(chat) === undefined) return undefined;
  const timer = timerOf(chat);
  if (responsible !== userId || timer?.leavesAt !== undefined) return undefined;
  if (!mayLeave(wait, waiting) || wait.client.contact === 'nobody-yet') return undefined;
  if (receiverOf(wait, userId, waiting).outcome !== 'next') return undefined;
  const opened = openFrom(now, hours);
  return opened === undefined ? undefined : opened + LEAST_WARNING_MS;
}
