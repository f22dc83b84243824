import * as z from 'zod/mini';
import { cut } from '#domain/cut';
import { type Content, QUOTE_LENGTH, type Quoted } from '#domain/message';
import { fullName } from './author.ts';
import { toProviderId } from './ids.ts';
import { isThere, kindOf } from './kinds.ts';
import { defined } from './parts.ts';
import { lenient, type TelegramMessage, unixTime, user } from './schema.ts';

const somebody = z.object({
  title: lenient(z.string()),
  first_name: lenient(z.string()),
  last_name: lenient(z.string()),
});

// The origin is a user, a hidden user, a chat or a channel: https://core.telegram.org/bots/api#messageorigin
const originSchema = z.object({
  date: lenient(unixTime),
  sender_user: lenient(somebody),
  sender_user_name: lenient(z.string()),
  sender_chat: lenient(somebody),
  chat: lenient(somebody),
});

const repliedSchema = z.looseObject({
  message_id: lenient(z.int().check(z.positive())),
  date: lenient(unixTime),
  from: lenient(user),
  text: lenient(z.string()),
  caption: lenient(z.string()),
});

const externalSchema = z.looseObject({ origin: lenient(originSchema) });
const quoteSchema = z.object({ text: z.string() });

/** The parts of a message that repeat others: the origin of a forwarded message, and the message that it replies to. */
export function readQuotes(message: TelegramMessage, via?: string): Pick<Content, 'forwarded' | 'quoted'> {
  return defined({ forwarded: forwardedOf(message), quoted: quotedOf(message, via) });
}

/** A message of the same chat that another one replies to. `quote` is the part of it that the writer selected. */
export function toQuoted(value: unknown, chatId: number, via?: string, quote?: string): Quoted | undefined {
  const read = repliedSchema.safeParse(value);
  if (!read.success) return undefined;
  const { message_id, date, from, text, caption } = read.data;
  const isFact = from?.id === chatId || (via !== undefined && !isThere(read.data, 'sender_business_bot'));
  return {
    ...kindOfQuoted(read.data),
    ...defined({
      providerId: message_id === undefined ? undefined : toProviderId(message_id, via),
      time: isFact && date !== undefined ? date * 1000 : undefined,
      text: cutQuote(quote ?? text ?? caption),
      authorName: from && (fullName(from) || undefined),
    }),
  };
}

function quotedOf(message: TelegramMessage, via?: string): Quoted | undefined {
  const quote = quoteSchema.safeParse(message.quote).data?.text;
  if (isThere(message, 'reply_to_message')) return toQuoted(message.reply_to_message, message.chat.id, via, quote);
  if (isThere(message, 'reply_to_story')) return { type: 'unsupported', kind: 'story' };
  const external = externalSchema.safeParse(message.external_reply).data;
  if (!external) return undefined;
  const authorName = nameOfOrigin(external.origin);
  return { ...kindOfQuoted(external), ...defined({ text: cutQuote(quote), authorName }) };
}

function forwardedOf({ forward_origin }: TelegramMessage): Content['forwarded'] {
  const origin = originSchema.safeParse(forward_origin).data;
  if (!origin) return undefined;
  return defined({ from: nameOfOrigin(origin), at: origin.date === undefined ? undefined : origin.date * 1000 });
}

function nameOfOrigin(origin: z.infer<typeof originSchema> | undefined): string | undefined {
  const { sender_user, sender_user_name, sender_chat, chat } = origin ?? {};
  const who = sender_user ?? sender_chat ?? chat;
  return (
    fullName({ first_name: who?.title ?? who?.first_name ?? sender_user_name, last_name: who?.last_name }) || undefined
  );
}

function kindOfQuoted(message: Readonly<Record<string, unknown>>): Pick<Quoted, 'type' | 'kind'> {
  const { type, kind } = kindOf(message);
  // A message without a known kind is inaccessible, or it is a text of another chat.
  return type === 'unknown' ? {} : defined({ type, kind });
}

function cutQuote(text: string | undefined): string | undefined {
  return text === undefined ? undefined : cut(text, QUOTE_LENGTH);
}
