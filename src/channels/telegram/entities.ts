import type { MessageEntity, User } from '@grammyjs/types';
import { fieldsOf, listOf, type Named, rowOf, stringOf, wholeOf } from '#channels/fields';
import { fullName } from './author.ts';
import { behind, unlessSaid } from './links.ts';
import { handleOf } from './people.ts';
import { moment } from './times.ts';

type Words = 'type' | 'offset' | 'length' | 'url' | 'user' | 'unix_time';
type Look = 'custom_emoji_id' | 'date_time_format' | 'language';
type Entity = Named<MessageEntity, Words | Look>;

/** Reads what stands behind the words of an entity. */
type Behind = (words: string, entity: Entity) => string;

/** A part of the text with what stands behind it. */
interface Part {
  readonly from: number;
  readonly to: number;
  readonly entity: Entity;
  readonly read: Behind;
}

// What stands behind words never takes the room of the words.
const MAX_LENGTH = 100_000;

const nothing: Behind = () => '';

/**
 * What each type of entity says beyond its words. Most give the words a look, or a person reads them as they are.
 * https://core.telegram.org/bots/api#messageentity
 */
const BEHIND: Readonly<Record<MessageEntity['type'], Behind>> = {
  text_link: (words, { url }) => behind(words, stringOf(url)),
  text_mention: (words, { user }) => behindMention(words, user),
  date_time: (words, { unix_time }) => behindTime(words, unix_time),

  blockquote: nothing,
  bold: nothing,
  bot_command: nothing,
  cashtag: nothing,
  code: nothing,
  // The words are the emoji that stands for it.
  custom_emoji: nothing,
  email: nothing,
  expandable_blockquote: nothing,
  hashtag: nothing,
  italic: nothing,
  mention: nothing,
  phone_number: nothing,
  pre: nothing,
  spoiler: nothing,
  strikethrough: nothing,
  underline: nothing,
  url: nothing,
};

/** The text, and behind the words of each entity what it says: the address of a link, the date of a time. */
export function withEntities(text: unknown, entities: unknown): string {
  const words = stringOf(text);
  const parts = partsOf(words, entities);
  let said = '';
  let end = 0;
  let room = MAX_LENGTH - words.length;
  for (const { from, to, entity, read } of parts) {
    const addition = read(words.slice(from, to), entity);
    if (addition === '' || addition.length > room) continue;
    room -= addition.length;
    said += words.slice(end, to) + addition;
    end = to;
  }
  return said + words.slice(end);
}

/** What stands behind words that mention a person. */
export function behindMention(words: string, user: unknown): string {
  const { first_name, last_name, username, id } = fieldsOf<User>(user);
  const handle = handleOf(username);
  if (handle !== '') return unlessSaid(words, handle);
  const name = fullName({ first_name: stringOf(first_name), last_name: stringOf(last_name) });
  if (name !== '') return [first_name, last_name].includes(words) ? '' : unlessSaid(words, name);
  const known = wholeOf(id);
  return known === undefined ? '' : unlessSaid(words, `tg://user?id=${known}`);
}

/** What stands behind words that Telegram shows as a time of the reader. */
export function behindTime(words: string, unixTime: unknown): string {
  return unlessSaid(words, moment(unixTime));
}

/** The parts of the text that have something behind them, by their ends. Neighbours that mean the same are one. */
function partsOf(text: string, entities: unknown): Part[] {
  const parts: Part[] = [];
  const found = listOf(entities)
    .map((entity) => partOf(text, fieldsOf<MessageEntity>(entity)))
    .filter((part) => part !== undefined)
    .sort((one, other) => one.to - other.to || other.from - one.from);
  for (const part of found) {
    const last = parts.at(-1);
    const joins = last && isSplit(text, last, part);
    if (joins) parts.pop();
    parts.push(joins ? { ...part, from: Math.min(last.from, part.from) } : part);
  }
  return parts;
}

/** A part within the text. Its end is behind the words, not behind space, and not within a character. */
function partOf(text: string, entity: Entity): Part | undefined {
  const read = rowOf(BEHIND, entity.type);
  const [offset, length] = [wholeOf(entity.offset), wholeOf(entity.length)];
  if (!read || read === nothing || offset === undefined || length === undefined) return undefined;
  const from = clamp(offset, text.length);
  let to = clamp(offset + Math.max(length, 0), text.length);
  for (let spaces = 0; spaces < 16 && to > from && /\s/.test(text.charAt(to - 1)); spaces += 1) to -= 1;
  if (isWithinPair(text, to)) to += 1;
  return { from, to, entity, read };
}

/** Telegram splits a link, a mention or a time if its look changes in the middle. */
function isSplit(text: string, one: Part, next: Part): boolean {
  return meaningOf(one.entity) === meaningOf(next.entity) && text.slice(one.to, next.from).trim() === '';
}

function meaningOf({ type, url, user, unix_time }: Entity): string {
  return JSON.stringify([type, stringOf(url), wholeOf(fieldsOf<User>(user).id), wholeOf(unix_time)]);
}

function isWithinPair(text: string, index: number): boolean {
  return /^[\uD800-\uDBFF][\uDC00-\uDFFF]$/.test(text.slice(index - 1, index + 1));
}

function clamp(index: number, most: number): number {
  return Math.min(Math.max(index, 0), most);
}
