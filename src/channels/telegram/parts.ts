import * as z from 'zod/mini';
import { cut } from '#domain/cut';
import type { Content } from '#domain/message';
import { fullName } from './author.ts';
import { lenient, type TelegramMessage } from './schema.ts';

/** Reads a field of a message and leaves out what it cannot read. */
export type ReadPart = (value: unknown, message: TelegramMessage) => Partial<Content>;

const MAX_OPTIONS = 20;

// With these limits, a text of full length and `raw`, an item stays below DynamoDB's 400 KB.
const identifier = z.string().check(z.minLength(1), z.maxLength(512));
const line = z.string().check(z.overwrite((text) => cut(text, 256)));
const paragraph = z.string().check(z.overwrite((text) => cut(text, 4096)));
const whole = z.int().check(z.nonnegative());

// The fields of Telegram's files of all kinds: https://core.telegram.org/bots/api#audio
const file = z.object({
  file_id: lenient(identifier),
  file_name: lenient(line),
  mime_type: lenient(line),
  file_size: lenient(whole),
  duration: lenient(whole),
  title: lenient(line),
  performer: lenient(line),
  emoji: lenient(line),
});

const degrees = (most: number) =>
  z.number().check(
    z.minimum(-most),
    z.maximum(most),
    // Rounded to the centimetre, because DynamoDB refuses numbers that are too close to zero.
    z.overwrite((value) => Math.round(value * 1e7) / 1e7),
  );

const location = z.object({ latitude: degrees(90), longitude: degrees(180), live_period: lenient(whole) });
const venue = z.object({ location, title: lenient(line), address: lenient(line) });

const contact = z.object({
  phone_number: lenient(line),
  first_name: lenient(z.string()),
  last_name: lenient(z.string()),
  vcard: lenient(paragraph),
  user_id: lenient(z.int()),
});

const poll = z.object({ question: line, options: z.array(z.object({ text: line })) });
const checklist = z.object({ title: line, tasks: z.array(z.object({ text: line })) });
const dice = z.object({ emoji: line, value: z.int() });

/**
 * The text, and the parameter of the link that started the chat: https://core.telegram.org/bots/features#deep-linking
 */
export const readText: ReadPart = (value) => {
  if (typeof value !== 'string') return {};
  const referral = /^\/start ([\w-]{1,64})$/.exec(value)?.[1];
  return { text: value, ...(referral !== undefined && { referral }) };
};

/** The text of a rich message, one line for each block: https://core.telegram.org/bots/api#richmessage */
export const readRichText: ReadPart = (value) => ({ text: linesOf(value).filter(Boolean).join('\n') });

/** A file of any kind. */
export const readFile: ReadPart = (value) => fileOf(value);

function fileOf(value: unknown): Partial<Content> {
  const read = file.safeParse(value);
  if (!read.success) return {};
  const { file_id, file_name, mime_type, file_size, duration, title, performer, emoji } = read.data;
  const name = file_name ?? ([performer, title].filter(Boolean).join(' – ') || undefined);
  const size = { size: file_size, durationSeconds: duration };
  const media = defined({ fileId: file_id, name, mimeType: mime_type, ...size, emoji });
  return Object.keys(media).length > 0 ? { media } : {};
}

/** The largest size of a picture, which is the last in the list. */
export const readSizes: ReadPart = (value) => (Array.isArray(value) ? fileOf(value.at(-1)) : {});

/** A place, or a live location that somebody shares for a time. */
export const readLocation: ReadPart = (value) => {
  const read = location.safeParse(value);
  if (!read.success) return {};
  const { latitude, longitude, live_period } = read.data;
  const kind = live_period === undefined ? {} : { kind: 'live_location' };
  return { ...kind, location: { latitude, longitude }, text: `${latitude}, ${longitude}` };
};

/** A place with a name. */
export const readVenue: ReadPart = (value) => {
  const read = venue.safeParse(value);
  if (!read.success) return {};
  const { title, address } = read.data;
  const { latitude, longitude } = read.data.location;
  const text = [title, address].filter(Boolean).join(', ');
  return { location: { latitude, longitude, ...defined({ title, address }) }, ...(text && { text }) };
};

/** A person's card. Telegram vouches that it is the sender's own only if it carries the sender's id. */
export const readContact: ReadPart = (value, { from }) => {
  const read = contact.safeParse(value);
  if (!read.success) return {};
  const { phone_number: phone, vcard, user_id } = read.data;
  const name = fullName(read.data) || undefined;
  const isSender = (user_id !== undefined && user_id === from?.id) || undefined;
  const text = [name, phone].filter(Boolean).join(', ');
  return { vcards: [defined({ name, phone, isSender, text: vcard })], ...(text && { text }) };
};

/** A question and its options, and both as text, as the compatible API has them. */
export const readPoll: ReadPart = (value) => {
  const read = poll.safeParse(value);
  if (!read.success) return {};
  const options = read.data.options.slice(0, MAX_OPTIONS).map(({ text }) => text);
  return { poll: { question: read.data.question, options }, text: listed(read.data.question, options) };
};

/** A checklist as text. */
export const readChecklist: ReadPart = (value) => {
  const read = checklist.safeParse(value);
  if (!read.success) return {};
  const tasks = read.data.tasks.map(({ text }) => text);
  return { text: listed(read.data.title, tasks) };
};

/** The emoji and the value that was thrown. */
export const readDice: ReadPart = (value) => {
  const read = dice.safeParse(value);
  return read.success ? { text: `${read.data.emoji} ${read.data.value}` } : {};
};

/** Reads those of the given fields that are texts, one line each. */
export function readWords(...fields: readonly string[]): ReadPart {
  return (value) => {
    const said = fields.map((field) => (isObject(value) ? value[field] : undefined));
    const text = said.filter((part) => typeof part === 'string' && part !== '').join('\n');
    return text ? { text } : {};
  };
}

/** The object without the fields that are undefined. */
export function defined<T extends object>(fields: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as never;
}

function listed(title: string, items: readonly string[]): string {
  return [title, ...items.map((item) => `• ${item}`)].join('\n');
}

/** A block has a text, or it contains blocks, items or cells. */
function linesOf(block: unknown): string[] {
  if (Array.isArray(block)) return block.flatMap(linesOf);
  if (!isObject(block)) return [];
  return [inlineText(block.text), ...[block.blocks, block.items, block.cells].flatMap(linesOf)];
}

/** Rich text is a string, a list of rich texts, or an object around one. */
function inlineText(text: unknown): string {
  if (typeof text === 'string') return text;
  if (Array.isArray(text)) return text.map(inlineText).join('');
  return isObject(text) ? inlineText(text.text) : '';
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
