import type { Chat } from '../models.ts';

/**
 * Whether a client has written since the row was seen last: what a sound and an announcement are for. A row that was
 * not known is news if it is younger than the page, which was opened at `openedAt` (epoch ms): the others were only not
 * loaded. Messengers tell whole seconds, so of two messages in one second the count tells the second.
 */
export function isNews(row: Chat, before: Chat | undefined, openedAt: number): boolean {
  if (!row.unanswered) return false;
  if (before === undefined) return Date.parse(row.lastMessageAt) > openedAt;
  if (row.lastMessageAt > before.lastMessageAt) return true;
  // "No reply needed" that is taken back raises the count too, and nobody has written.
  return before.unanswered && row.unansweredCount > before.unansweredCount;
}
