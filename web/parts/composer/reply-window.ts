import { factsOf } from '../../core/messengers.ts';
import type { ChatId, Entry, Me } from '../../models.ts';
import { isClients, timeOf } from '../chat/rows.ts';

const HOUR_MS = 3_600_000;
/** https://developers.facebook.com/documentation/business-messaging/messenger-platform/send-messages/message-tags */
const HUMAN_AGENT_HOURS = 7 * 24;

/**
 * What the messenger takes from the team now: everything (`open`), templates only, what a person writes (`human-agent`),
 * or nothing until the client writes again (`closed`).
 */
export type ReplyWindow = 'open' | 'template' | 'human-agent' | 'closed';

/**
 * What may be sent now, by the time since the client's newest message or call. A history of which only a part is loaded
 * tells it by the oldest entry that it has.
 */
export function replyWindow(
  chat: ChatId,
  me: Pick<Me, 'channels'>,
  entries: readonly Entry[],
  hasOlder: boolean,
  now: number,
): ReplyWindow {
  const { window } = factsOf(me.channels.find(({ channelId }) => channelId === chat.channelId)?.transport);
  if (!window) return 'open';
  const hours = hoursOfSilence(entries, hasOlder, now);
  if (hours < window.hours) return 'open';
  if (window.after !== 'human-agent') return window.after === 'template' ? 'template' : 'closed';
  return hours < HUMAN_AGENT_HOURS ? 'human-agent' : 'closed';
}

/** For how long at least the client has been silent. */
function hoursOfSilence(entries: readonly Entry[], hasOlder: boolean, now: number): number {
  const newest = entries.findLast((entry) => isClients(entry));
  if (!newest && !hasOlder) return Infinity;
  const known = newest ?? entries[0];
  return known ? (now - timeOf(known)) / HOUR_MS : 0;
}
