import type {
  ChatBackground,
  ChatBoostAdded,
  ChatOwnerChanged,
  ChatOwnerLeft,
  Community,
  CommunityChatAdded,
  CommunityChatJoined,
  DirectMessagePriceChanged,
  ForumTopicCreated,
  ForumTopicEdited,
  ManagedBotCreated,
  MessageAutoDeleteTimerChanged,
  PaidMessagePriceChanged,
  ProximityAlertTriggered,
  StarAmount,
  SuggestedPostApprovalFailed,
  SuggestedPostApproved,
  SuggestedPostDeclined,
  SuggestedPostPaid,
  SuggestedPostRefunded,
  VideoChatEnded,
  VideoChatParticipantsInvited,
  VideoChatScheduled,
  WriteAccessAllowed,
} from '@grammyjs/types';
import { fieldsOf, lines, listed, listOf, stringOf, wholeOf } from '#channels/fields';
import type { NoFields } from '#no-fields';
import { amount, stars } from './money.ts';
import { priceText, type Tell } from './parts.ts';
import { nameOf, namesOf } from './people.ts';
import { duration, moment } from './times.ts';

/** The name of a new topic. */
export function createdTopicText(value: unknown): string {
  const {
    name,
    is_name_implicit: _isImplicit,
    icon_color: _color,
    icon_custom_emoji_id: _icon,
    ...rest
  } = fieldsOf<ForumTopicCreated>(value);
  rest satisfies NoFields;
  return stringOf(name);
}

/** The new name of a topic. Nothing if only its icon changed. */
export function editedTopicText(value: unknown): string {
  const { name, icon_custom_emoji_id: _icon, ...rest } = fieldsOf<ForumTopicEdited>(value);
  rest satisfies NoFields;
  return stringOf(name);
}

/** How many boosts somebody added. */
export function boostText(value: unknown): string {
  const { boost_count, ...rest } = fieldsOf<ChatBoostAdded>(value);
  rest satisfies NoFields;
  return String(wholeOf(boost_count) ?? '');
}

/** The name of a theme. Other backgrounds are pictures and colours. */
export function backgroundText(value: unknown): string {
  const { type, ...rest } = fieldsOf<ChatBackground>(value);
  rest satisfies NoFields;
  return stringOf(fieldsOf<ChatBackground['type']>(type).theme_name);
}

/** The new owner of a chat. */
export function ownerText(value: unknown): string {
  const { new_owner, ...rest } = fieldsOf<ChatOwnerChanged | ChatOwnerLeft>(value);
  rest satisfies NoFields;
  return nameOf(new_owner);
}

/** The name of a community. */
export function communityText(value: unknown): string {
  const { community, ...rest } = fieldsOf<CommunityChatAdded | CommunityChatJoined>(value);
  rest satisfies NoFields;
  return stringOf(fieldsOf<Community>(community).name);
}

/** What a message to a channel costs now. */
export function directPriceText(value: unknown): string {
  const { are_direct_messages_enabled, direct_message_star_count, ...rest } =
    fieldsOf<DirectMessagePriceChanged>(value);
  rest satisfies NoFields;
  return are_direct_messages_enabled === false ? '[off]' : stars(direct_message_star_count);
}

/** What a message to a group costs now. */
export function messagePriceText(value: unknown): string {
  const { paid_message_star_count, ...rest } = fieldsOf<PaidMessagePriceChanged>(value);
  rest satisfies NoFields;
  return stars(paid_message_star_count);
}

/** A bot that somebody made. */
export function managedBotText(value: unknown): string {
  const { bot, ...rest } = fieldsOf<ManagedBotCreated>(value);
  rest satisfies NoFields;
  return nameOf(bot);
}

/** How long messages are kept from now on. */
export function autoDeleteText(value: unknown): string {
  const { message_auto_delete_time, ...rest } = fieldsOf<MessageAutoDeleteTimerChanged>(value);
  rest satisfies NoFields;
  return message_auto_delete_time === 0 ? '[off]' : duration(message_auto_delete_time);
}

/** Two people who came near each other, and the distance. */
export function proximityText(value: unknown): string {
  const { traveler, watcher, distance, ...rest } = fieldsOf<ProximityAlertTriggered>(value);
  rest satisfies NoFields;
  const metres = wholeOf(distance);
  return listed(namesOf([traveler, watcher]), metres === undefined ? '' : `${metres} m`);
}

/** What happened to a suggested post: price, date, comment or reason, and the post itself. */
export function suggestedText(value: unknown, tell: Tell): string {
  const {
    suggested_post_message,
    price,
    send_date,
    comment,
    currency,
    amount: total,
    star_amount,
    reason,
    ...rest
  } = fieldsOf<
    | SuggestedPostApproved
    | SuggestedPostApprovalFailed
    | SuggestedPostDeclined
    | SuggestedPostPaid
    | SuggestedPostRefunded
  >(value);
  rest satisfies NoFields;
  const { amount: count, nanostar_amount, ...others } = fieldsOf<StarAmount>(star_amount);
  others satisfies NoFields;
  return lines(
    priceText(price) || amount(total, currency) || stars(count, nanostar_amount),
    moment(send_date),
    stringOf(comment),
    stringOf(reason),
    tell(suggested_post_message),
  );
}

/** When a video chat begins. */
export function scheduledCallText(value: unknown): string {
  const { start_date, ...rest } = fieldsOf<VideoChatScheduled>(value);
  rest satisfies NoFields;
  return moment(start_date);
}

/** How long a video chat was. */
export function endedCallText(value: unknown): string {
  const { duration: seconds, ...rest } = fieldsOf<VideoChatEnded>(value);
  rest satisfies NoFields;
  return duration(seconds);
}

/** Who was invited to a video chat. */
export function invitedText(value: unknown): string {
  const { users, ...rest } = fieldsOf<VideoChatParticipantsInvited>(value);
  rest satisfies NoFields;
  return namesOf(listOf(users));
}

/** The web app by which somebody allowed messages. */
export function accessText(value: unknown): string {
  const {
    web_app_name,
    from_request: _fromRequest,
    from_attachment_menu: _fromMenu,
    ...rest
  } = fieldsOf<WriteAccessAllowed>(value);
  rest satisfies NoFields;
  return stringOf(web_app_name);
}

/** Who came or left. */
export function membersText(value: unknown): string {
  return namesOf(Array.isArray(value) ? value : [value]);
}

/** A number that stands alone: the id of a chat that moved. */
export function idText(value: unknown): string {
  return String(wholeOf(value) ?? '');
}
