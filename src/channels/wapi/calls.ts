import { defined, fieldsOf, isObject, writtenOf } from '#channels/fields';
import type { Received } from '#channels/inbound';
import { ANSWERED_CALL } from '#domain/fact';
import { messageIdOf } from './ids.ts';
import { wordOf } from './parts.ts';
import { ignored, type Source, someOf } from './said.ts';
import { timeOf } from './times.ts';

/** https://developers.facebook.com/documentation/business-messaging/whatsapp/calling/reference */
interface Call {
  readonly id: string;
  readonly event: string;
  readonly timestamp: string;
  readonly direction: string;
  readonly from: string;
  readonly from_user_id: string;
  readonly from_parent_user_id: string;
  readonly start_time: string;
  readonly duration: number;
}

/** A call that the team answered. It opens the window of free texts, as a message does. */
const ANSWERED = { type: 'system', kind: ANSWERED_CALL } as const;

/**
 * A call of the client that ended without an answer is a missed one, and makes the chat unanswered (U6). Only calls that
 * were answered have a beginning and a duration.
 */
export function receiveCall(value: unknown, { account, find }: Source): Received {
  if (!isObject(value)) return ignored('unreadable-call');
  const { id, event, timestamp, direction, from, from_user_id, from_parent_user_id, start_time, duration } =
    fieldsOf<Call>(value);
  if (event !== 'terminate') return ignored(`call-${wordOf(event)}`);
  if (direction !== 'USER_INITIATED') return ignored('own-call');
  const isAnswered = timeOf(start_time) !== undefined || Number(writtenOf(duration)) > 0;
  const { ids: all, profile } = find({ phone: from, userId: from_user_id, parentUserId: from_parent_user_id });
  const [ids, providerId] = [someOf(all), messageIdOf(id)];
  if (!ids || providerId === undefined) return ignored('call-of-nobody');
  return {
    kind: 'client',
    ...defined({ account, time: timeOf(timestamp) }),
    ids,
    providerId,
    opens: !isAnswered,
    author: { id: ids[0].chatId, ...profile },
    content: isAnswered ? ANSWERED : { type: 'missing_call' },
  };
}
