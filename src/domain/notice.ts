import type { Chat } from './chat.ts';
import type { AccountOptions, ChannelSettings } from './settings.ts';
import { isToAnswer } from './sight.ts';

type Open = Pick<Chat, 'unansweredCount' | 'openKey' | 'client'>;

/** Whether a change of a chat calls somebody: it became unanswered, or the client wrote once more (N1). */
export function isCall(before: Open | undefined, after: Open): boolean {
  if (after.openKey === undefined) return false;
  const isMore = after.unansweredCount > (before?.unansweredCount ?? 0);
  // From 200 on the number stays.
  return isMore || (after.client?.key ?? '') > (before?.client?.key ?? '');
}

/**
 * The users that a call wakes (N1): those who are to answer, and heads who want to hear of all messages. Quality control
 * never.
 */
export function calledUsers(
  { viewers }: { readonly viewers: readonly string[] },
  settings: Pick<ChannelSettings, 'userRoles'>,
  { notifyHeadsAboutAllMessages }: Pick<AccountOptions, 'notifyHeadsAboutAllMessages'>,
): string[] {
  return settings.userRoles
    .filter(({ userId, role }) => {
      if (isToAnswer(userId, viewers, settings)) return true;
      return role === 'manager' && notifyHeadsAboutAllMessages;
    })
    .map(({ userId }) => userId);
}

/** A user is woken at most once in this time. */
export const WAKE_EVERY_MS = 10_000;

/**
 * When the user is woken for a call, if they were woken (or are to be) at `last`. Undefined if they are to be woken
 * already, which tells of this call too.
 */
export function nextWake(last: number | undefined, now: number): number | undefined {
  if (last === undefined || last + WAKE_EVERY_MS <= now) return now;
  return last > now ? undefined : last + WAKE_EVERY_MS;
}
