import type { ChatId, Entry, Me } from '../../models.ts';
import { isClients, timeOf } from '../chat/rows.ts';

const HOURS_24 = 24 * 3_600_000;

/**
 * Whether WhatsApp takes templates only: 24 hours have passed since the client's newest message or call. A history of
 * which only a part is loaded says so once all of that part is older.
 */
export function needsTemplate(
  chat: ChatId,
  me: Pick<Me, 'channels'>,
  entries: readonly Entry[],
  hasOlder: boolean,
  now: number,
): boolean {
  const channel = me.channels.find(({ channelId }) => channelId === chat.channelId);
  if (channel?.transport !== 'wapi') return false;
  const newest = entries.findLast((entry) => isClients(entry));
  if (newest) return now - timeOf(newest) >= HOURS_24;
  const oldest = entries[0];
  return !hasOlder || (oldest !== undefined && now - timeOf(oldest) >= HOURS_24);
}
