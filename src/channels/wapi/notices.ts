import { cutText } from '#channels/bounds';
import { defined, fieldsOf, stringOf } from '#channels/fields';
import type { Received } from '#channels/inbound';
import { idsOf } from './ids.ts';
import { wordOf } from './parts.ts';
import { ignored, type Source, someOf } from './said.ts';
import { timeOf } from './times.ts';

interface Preference {
  readonly wa_id: unknown;
  readonly user_id: unknown;
  readonly parent_user_id: unknown;
  readonly detail: unknown;
  readonly category: unknown;
  readonly value: unknown;
  readonly timestamp: unknown;
}

interface UserIdUpdate {
  readonly wa_id: unknown;
  readonly user_id: unknown;
  readonly parent_user_id: unknown;
  readonly detail: unknown;
  readonly timestamp: unknown;
}

interface Ids {
  readonly previous: unknown;
  readonly current: unknown;
}

/**
 * The client wants no more advertisements, or wants them again: a line of the history.
 * https://developers.facebook.com/documentation/business-messaging/whatsapp/webhooks/reference/user_preferences
 */
export function receivePreference(item: unknown, { account, find }: Source): Received {
  const { wa_id, user_id, parent_user_id, detail, category, value, timestamp } = fieldsOf<Preference>(item);
  const { ids: all, profile } = find({ phone: wa_id, userId: user_id, parentUserId: parent_user_id });
  const [ids, time] = [someOf(all), timeOf(timestamp)];
  const kind = [wordOf(category), wordOf(value)].filter(Boolean).join('_');
  if (!ids || time === undefined || kind === '') return ignored('preference-of-nobody');
  const text = cutText(stringOf(detail));
  return {
    kind: 'client',
    ...defined({ account }),
    ids,
    providerId: `${kind}.${time}`,
    time,
    opens: false,
    author: { id: ids[0].chatId, ...profile },
    content: { type: 'system', kind, ...(text && { text }) },
  };
}

/** A person has another user id from now on, as providers pass it on. */
export function receiveUserId(item: unknown, { account }: Source): Received {
  const { wa_id, user_id, parent_user_id, detail, timestamp } = fieldsOf<UserIdUpdate>(item);
  const [user, parent] = [fieldsOf<Ids>(user_id), fieldsOf<Ids>(parent_user_id)];
  const [ids, time] = [someOf(idsOf(wa_id, user.previous, parent.previous)), timeOf(timestamp)];
  const became = idsOf(user.current, parent.current);
  if (!ids || time === undefined || became.length === 0) return ignored('user-id-of-nobody');
  const text = cutText(stringOf(detail));
  return {
    kind: 'identity',
    ...defined({ account }),
    ids,
    became,
    providerId: `user_id_update.${time}`,
    time,
    content: { type: 'system', kind: 'user_changed_user_id', ...(text && { text }) },
  };
}
