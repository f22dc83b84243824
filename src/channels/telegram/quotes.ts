import type { ExternalReplyInfo, Message, MessageOrigin, Poll, PollOption, Story, TextQuote } from '@grammyjs/types';
import * as z from 'zod/mini';
import { lenient } from '#calls/lenient';
import { type Claimed, defined, fieldsOf, isObject, listed, listOf, stringOf } from '#channels/fields';
import { cut } from '#domain/cut';
import { type Content, QUOTE_LENGTH, type Quoted } from '#domain/message';
import { visibleName } from '#domain/profile';
import type { NoFields } from '#no-fields';
import { fullName } from './author.ts';
import { taskIn } from './checklists.ts';
import { withEntities } from './entities.ts';
import { toProviderId } from './ids.ts';
import { isThere, type KindField, kindOf } from './kinds.ts';
import { previewText } from './parts.ts';
import { handleOf, nameOf, postLink, storyLink } from './people.ts';
import { type TelegramMessage, unixTime, user } from './schema.ts';
import { readParts } from './words.ts';

const MAX_ORIGIN_LENGTH = 512;

const repliedSchema = z.looseObject({
  message_id: lenient(z.int().check(z.positive())),
  date: lenient(unixTime),
  from: lenient(user),
});

/** The parts of a message that repeat others: the origin of a forwarded message, and the message that it replies to. */
export function readQuotes(message: TelegramMessage, via?: string): Pick<Content, 'forwarded' | 'quoted'> {
  return defined({ forwarded: forwardedOf(message), quoted: quotedOf(message, via) });
}

/** A message of the same chat that another one replies to. `part` is what the reply is about, if not all of it. */
export function toQuoted(value: unknown, chatId: number, via?: string, part?: string): Quoted | undefined {
  const read = repliedSchema.safeParse(value);
  if (!read.success) return undefined;
  const { message_id, date, from } = read.data;
  const isFact = from?.id === chatId || (via !== undefined && !isThere(read.data, 'sender_business_bot'));
  return {
    ...kindOfQuoted(read.data),
    ...defined({
      providerId: message_id === undefined ? undefined : toProviderId(message_id, via),
      time: isFact && date !== undefined ? date * 1000 : undefined,
      text: cutQuote(part || readParts(read.data).text),
      authorName: from && (fullName(from) || handleOf(from.username) || undefined),
    }),
  };
}

function quotedOf(message: TelegramMessage, via?: string): Quoted | undefined {
  const { text, entities, position: _position, is_manual: _isManual, ...rest } = fieldsOf<TextQuote>(message.quote);
  rest satisfies NoFields;
  const part = withEntities(text, entities) || chosenIn(message);
  if (isThere(message, 'reply_to_message')) return toQuoted(message.reply_to_message, message.chat.id, via, part);
  if (isThere(message, 'reply_to_story')) return toStory(message.reply_to_story);
  return isObject(message.external_reply) ? toExternal(message.external_reply, part) : undefined;
}

/** The task of a checklist or the option of a poll that the message replies to. */
function chosenIn(message: TelegramMessage): string {
  const held = fieldsOf<Message>(message.reply_to_message ?? message.external_reply);
  const { options } = fieldsOf<Poll>(held.poll);
  const option = listOf(options)
    .map((one) => fieldsOf<PollOption>(one))
    .find(({ persistent_id }) => persistent_id !== undefined && persistent_id === message.reply_to_poll_option_id);
  return taskIn(held, message.reply_to_checklist_task_id) || withEntities(option?.text, option?.text_entities);
}

function toStory(value: unknown): Quoted {
  const { chat, id } = fieldsOf<Story>(value);
  const [text, authorName] = [storyLink(chat, id), nameOf(chat)];
  return { type: 'unsupported', kind: 'story', ...(text && { text }), ...(authorName && { authorName }) };
}

/** A message of another chat. Of its kind and content it has the same fields as a message. */
function toExternal(value: Readonly<Record<string, unknown>>, part: string): Quoted {
  const {
    origin,
    chat,
    message_id,
    link_preview_options,
    has_media_spoiler: _spoiler,
    ...rest
  } = fieldsOf<Omit<ExternalReplyInfo, KindField>>(value);
  rest satisfies NoFields;
  const authorName = originName(origin, postLink(chat, message_id));
  const text = part || readParts(value).text || previewText(link_preview_options, '');
  return { ...kindOfQuoted(value), ...defined({ text: cutQuote(text), authorName }) };
}

function forwardedOf(message: TelegramMessage): Content['forwarded'] {
  const origin = isObject(message.forward_origin) ? message.forward_origin : oldOrigin(message);
  if (!origin) return undefined;
  const date = unixTime.safeParse(fieldsOf<MessageOrigin>(origin).date).data;
  return defined({ from: originName(origin), at: date === undefined ? undefined : date * 1000 });
}

/**
 * The origin as servers before Bot API 7.0 tell it. Without it, the words of a stranger would look like the client's own.
 * https://core.telegram.org/bots/api-changelog#december-29-2023
 */
function oldOrigin(message: TelegramMessage): Claimed<MessageOrigin> | undefined {
  if (!isThere(message, 'forward_date')) return undefined;
  return {
    date: message.forward_date,
    sender_user: message.forward_from,
    sender_user_name: message.forward_sender_name,
    chat: message.forward_from_chat,
    message_id: message.forward_from_message_id,
    author_signature: message.forward_signature,
  };
}

/**
 * Who said it first, and how to find them: `Shop news (@shopnews, https://t.me/shopnews/42), Anna`.
 * https://core.telegram.org/bots/api#messageorigin
 */
function originName(origin: unknown, link = ''): string | undefined {
  const {
    sender_user,
    sender_user_name,
    sender_chat,
    chat,
    message_id,
    author_signature,
    type: _type,
    date: _date,
    ...rest
  } = fieldsOf<MessageOrigin>(origin);
  rest satisfies NoFields;
  const who = [sender_user, sender_chat, chat].find(isObject);
  const name = who ? nameOf(who, postLink(chat, message_id) || link) : (visibleName(stringOf(sender_user_name)) ?? '');
  const said = listed(name, stringOf(author_signature));
  return said === '' ? undefined : cut(said, MAX_ORIGIN_LENGTH);
}

function kindOfQuoted(message: Readonly<Record<string, unknown>>): Pick<Quoted, 'type' | 'kind'> {
  const { type, kind } = kindOf(message);
  // A message without a known kind is inaccessible, or it is a text of another chat.
  return type === 'unknown' ? {} : defined({ type, kind });
}

function cutQuote(text: string | undefined): string | undefined {
  return text ? cut(text, QUOTE_LENGTH) : undefined;
}
