import { fieldsOf } from '#channels/fields';
import type { Received } from '#channels/inbound';
import { crowdOf, idsOf, messageIdOf } from './ids.ts';
import { ignored, someOf } from './people.ts';

interface BridgeCall {
  readonly id: unknown;
  readonly from: unknown;
  readonly callerPn: unknown;
  readonly chatId: unknown;
  readonly isGroup: unknown;
  readonly isVideo: unknown;
  readonly status: unknown;
}

/** How calls end. Every other word is one on the way. */
const ENDS: Readonly<Record<string, 'missed' | 'answered'>> = {
  accept: 'answered',
  // Nobody took it, or the caller gave up first; a bridge may reject calls by itself.
  reject: 'missed',
  terminate: 'missed',
  timeout: 'missed',
};

/**
 * A call that ended. Its end has no time of its own that stays the same, so the first word about it counts: a call that
 * was taken on the phone ends with `terminate` as well, and that is then nothing new.
 */
export function receiveCall(value: unknown, own: string | undefined): Received {
  const { id, from, callerPn, chatId, isGroup, isVideo, status } = fieldsOf<BridgeCall>(value);
  const crowd = crowdOf(chatId) ?? crowdOf(from);
  if (crowd !== undefined || isGroup === true) return ignored(crowd ?? 'group');
  const end = typeof status === 'string' && Object.hasOwn(ENDS, status) ? ENDS[status] : undefined;
  if (end === undefined) return ignored('call-on-its-way');
  const ids = someOf(idsOf(from, callerPn));
  const callId = messageIdOf(id);
  const [self] = idsOf(own);
  if (!ids || callId === undefined) return ignored('call-of-nobody');
  if (ids.some(({ chatId }) => chatId === self?.chatId)) return ignored('own-call');
  const isMissed = end === 'missed';
  return {
    kind: 'client',
    ids,
    providerId: `call.${callId}`,
    opens: isMissed,
    author: { id: ids[0].chatId },
    content: isMissed
      ? { type: 'missing_call', ...(isVideo === true && { kind: 'video_call' }) }
      : { type: 'system', kind: 'call' },
  };
}
