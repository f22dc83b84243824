import { cutText, pressedOf, withText } from '#channels/bounds';
import { defined, stringOf, wholeOf } from '#channels/fields';
import type { Received, ReceivedMessage } from '#channels/inbound';
import { cut } from '#domain/cut';
import { adText, readContent, referralOf } from './content.ts';
import { messageIdOf, objectIdOf } from './ids.ts';
import type { Event } from './kinds.ts';
import { accountOf, leftOut, type Place } from './place.ts';

const MAX_EMOJI_LENGTH = 32;

/** A message of the client or of the team, or that one was deleted. */
export function readMessage(place: Place, _event: Event): Received[] {
  const { fields, ids, time, standby, isOwn } = place;
  const providerId = messageIdOf(fields.mid);
  // The account writes to itself: that is no client.
  if (fields.is_self === true) return leftOut('self');
  if (!ids) return leftOut('message-of-nobody');
  if (providerId === undefined) return leftOut('no-message-id');
  if (fields.is_deleted === true) return [{ kind: 'deletion', ...accountOf(place), ids, providerId }];
  const { content, opens } = readContent(fields);
  const said = { ...accountOf(place), ids, providerId, ...defined({ time, standby }), content };
  if (isOwn) return [{ ...said, kind: 'echo', opens: false, author: {}, ...writerOf(place) }];
  // What another app answers waits for no person, until it hands the conversation over.
  return [{ ...said, kind: 'client', opens: opens && !standby, author: { id: ids[0].chatId } }];
}

/** A press of a button, an ice breaker, "Get started". It has an id of its own, except from old apps. */
export function readPostback(place: Place, { opens }: Event): Received[] {
  const { fields, ids, time, standby, isOwn } = place;
  if (!ids || isOwn) return leftOut('postback-of-nobody');
  const providerId = messageIdOf(fields.mid) ?? (time === undefined ? undefined : `postback.${time}`);
  if (providerId === undefined) return leftOut('no-message-id');
  const { title, payload, referral } = fields;
  const content = withText(
    { type: 'text', kind: 'button', ...pressedOf(payload), ...defined({ referral: referralOf(referral) }) },
    [stringOf(title) || stringOf(payload), adText(referral)].filter(Boolean).join('\n'),
  );
  const author = { id: ids[0].chatId };
  const said: ReceivedMessage = { kind: 'client', ids, providerId, opens: opens && !standby, author, content };
  return [{ ...said, ...accountOf(place), ...defined({ time, standby }) }];
}

/**
 * A message has other words now. Neither its own time nor who wrote it is told, so an edit cannot stand for a message that
 * never came. The count is a number, and text in Meta's own examples.
 */
export function readEdit(place: Place, _event: Event): Received[] {
  const { fields, ids, time } = place;
  const providerId = messageIdOf(fields.mid);
  if (!ids || providerId === undefined || time === undefined) return leftOut('edit-of-nothing');
  if (typeof fields.text !== 'string') return leftOut('edit-without-text');
  const count = wholeOf(typeof fields.num_edit === 'string' ? Number(fields.num_edit) : fields.num_edit);
  const text = cutText(fields.text);
  const content = { type: 'text', ...(text && { text }) } as const;
  const sequence = count === undefined || count < 0 ? {} : { sequence: count };
  return [{ kind: 'edit', ...accountOf(place), ids, providerId, time, ...sequence, content }];
}

/** The client has one reaction to a message at most. */
export function readReaction(place: Place, _event: Event): Received[] {
  const { fields, ids, time, isOwn } = place;
  if (isOwn) return leftOut('own-reaction');
  const providerId = messageIdOf(fields.mid);
  if (!ids || providerId === undefined || time === undefined) return leftOut('reaction-to-nothing');
  const emoji = cut(stringOf(fields.emoji) || stringOf(fields.reaction), MAX_EMOJI_LENGTH);
  const emojis = fields.action === 'unreact' || emoji === '' ? [] : [emoji];
  return [{ kind: 'reaction', ...accountOf(place), ids, providerId, time, emojis }];
}

/**
 * Who wrote an echo: a person in an app of Meta's own, or a machine. Our own sends have the id of our app, and are told by
 * their message id. Without an id of an app, nothing is known against a person:
 * https://github.com/tgallice/fb-messenger-sdk/issues/42
 */
function writerOf({ fields, inboxes, standby }: Place): Pick<ReceivedMessage, 'by'> {
  const app = objectIdOf(fields.app_id);
  const isMachine = app === undefined ? standby === true : !inboxes.has(app);
  return isMachine ? { by: 'automatic' } : {};
}
