import type { WaitingLane } from '../../../settings-models/running.ts';
import { t } from '../../../words/words.ts';
import { chatOf, WEBHOOK } from './delivery-words.ts';
import type { Names } from './names.ts';

/** How much waits, and for which client: "3 replies to Anna in Sales". */
export function laneWords({ target, name, waiting: count }: WaitingLane, names: Names): string {
  if (target === WEBHOOK) return t('health.lane-crm', { count });
  const { channelId, chatType, chatId } = chatOf(target);
  const client = names.clientOf(name, chatType, chatId);
  return t('health.lane-reply', { count, client, channel: names.channelOf(channelId) });
}
