import type { WaitingLane } from '../../../settings-models/running.ts';
import { t } from '../../../words/words.ts';
import { chatOf, isCrm } from './delivery-words.ts';
import type { Names } from './names.ts';

/** How much waits, and for which client: "3 replies to Anna in Sales". */
export function laneWords({ target, kind, name, waiting: count }: WaitingLane, names: Names): string {
  if (kind === 'crm') return t('health.lane-connected', { count });
  if (kind === 'news') return t('health.lane-news', { count });
  if (isCrm(target)) return t('health.lane-crm', { count });
  const { channelId, chatType, chatId } = chatOf(target);
  const client = names.clientOf(name, chatType, chatId);
  return t('health.lane-reply', { count, client, channel: names.channelOf(channelId) });
}
