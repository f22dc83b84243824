import type { ServerError, ServerStatusPayload } from 'whatsapp-api-js/types';
import { defined, fieldsOf, isObject, listOf, stringOf } from '#channels/fields';
import type { Receipt, Received } from '#channels/inbound';
import { refusalOf } from '#channels/meta/codes';
import type { Refusal } from '#channels/terms';
import { cut } from '#domain/cut';
import { messageIdOf, objectIdOf } from './ids.ts';
import { detailsOf, wordOf } from './parts.ts';
import { ignored, type Source } from './said.ts';
import { timeOf } from './times.ts';

const STATUSES: ReadonlySet<unknown> = new Set(['sent', 'delivered', 'read', 'played', 'failed']);
/** What Konvert sends along is shorter. */
const LONGEST_OPAQUE = 512;
const MAX_DESCRIPTION_LENGTH = 500;

/**
 * What became of a message of the team. Statuses come in any order, repeat and are left out.
 * https://developers.facebook.com/documentation/business-messaging/whatsapp/webhooks/reference/messages/status
 */
export function receiveStatus(value: unknown, { account, find }: Source): Received {
  if (!isObject(value)) return ignored('unreadable-status');
  const {
    id,
    status,
    timestamp,
    recipient_id,
    recipient_user_id,
    recipient_parent_user_id,
    recipient_type,
    recipient_participant_id,
    biz_opaque_callback_data,
    errors,
  } = fieldsOf<ServerStatusPayload>(value);
  if (recipient_type === 'group' || stringOf(recipient_participant_id) !== '') return ignored('group');
  if (!STATUSES.has(status)) return ignored(`status-${wordOf(status)}`);
  const [providerId, time] = [messageIdOf(id), timeOf(timestamp)];
  if (providerId === undefined || time === undefined) return ignored('status-of-nothing');
  const told = { phone: recipient_id, userId: recipient_user_id, parentUserId: recipient_parent_user_id };
  const opaque = stringOf(biz_opaque_callback_data);
  return {
    kind: 'receipt',
    ...defined({ account }),
    of: { providerId },
    ids: find(told).ids,
    ...(opaque !== '' && opaque.length <= LONGEST_OPAQUE && { opaque }),
    time,
    status: status as Receipt['status'],
    ...(status === 'failed' && { error: errorOf(errors) }),
  };
}

function errorOf(errors: unknown): Refusal {
  const { code } = fieldsOf<ServerError>(listOf(errors)[0]);
  return refusalOf({
    code: objectIdOf(code) ?? '',
    description: cut(detailsOf(errors), MAX_DESCRIPTION_LENGTH),
  });
}
