import * as z from 'zod/mini';
import { cut } from '#domain/cut';
import type { Content } from '#domain/message';
import { fullName } from './author.ts';
import { lenient, type TelegramMessage } from './schema.ts';

/** Reads a field of a message; what it cannot read it leaves out. */
export type ReadPart = (value: unknown, message: TelegramMessage) => Partial<Content>;

const MAX_OPTIONS = 20;

// Together with a text of full length and with `raw`, an item stays below DynamoDB's 400 KB.
const identifier = z.string().check(z.minLength(1), z.maxLength(512));
const line = z.string().check(z.overwrite((text) => cut(text, 256)));
const paragraph = z.string().check(z.overwrite((text) => cut(text, 4096)));
const whole = z.int().check(z.nonnegative());

// Any file of Telegram's has these: https://core.telegram.org/bots/api#audio
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
    // To the centimetre: DynamoDB refuses numbers that are too close to zero.
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

/** What was typed, and what the link carried that led here: https://core.telegram.org/bots/features#deep-linking */
export const readText: ReadPart = (value) => {
  if (typeof value !== 'string') return {};
  const referral = /^\/start ([\w-]{1,64})$/.exec(value)?.[1];
  return { text: value, ...(referral !== undefined && { referral }) };
};

/** A rich message's text, a block a line: https://core.telegram.org/bots/api#richmessage */
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

/** The largest of a picture's sizes, which is the last. */
export const readSizes: ReadPart = (value) => (Array.isArray(value) ? fileOf(value.at(-1)) : {});

/** A place, or where somebody is for as long as they share it. */
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

/** Somebody's card; only with the sender's own id does Telegram vouch that it is the sender's. */
export const readContact: ReadPart = (value, { from }) => {
  const read = contact.safeParse(value);
  if (!read.success) return {};
  const { phone_number: phone, vcard, user_id } = read.data;
  const name = fullName(read.data) || undefined;
  const isSender = (user_id !== undefined && user_id === from?.id) || undefined;
  const text = [name, phone].filter(Boolean).join(', ');
  return { vcards: [defined({ name, phone, isSender, text: vcard })], ...(text && { text }) };
};

/** A question and its options; in words as the compatible API has them. */
export const readPoll: ReadPart = (value) => {
  const read = poll.safeParse(value);
  if (!read.success) return {};
  const options = read.data.options.slice(0, MAX_OPTIONS).map(({ text }) => text);
  return { poll: { question: read.data.question, options }, text: listed(read.data.question, options) };
};

/** A list of things to do, in words. */
export const readChecklist: ReadPart = (value) => {
  const read = checklist.safeParse(value);
  if (!read.success) return {};
  const tasks = read.data.tasks.map(({ text }) => text);
  return { text: listed(read.data.title, tasks) };
};

/** What was thrown. */
export const readDice: ReadPart = (value) => {
  const read = dice.safeParse(value);
  return read.success ? { text: `${read.data.emoji} ${read.data.value}` } : {};
};

/** What those of its fields say that are texts, a line each. */
export function readWords(...fields: readonly string[]): ReadPart {
  return (value) => {
    const said = fields.map((field) => (isObject(value) ? value[field] : undefined));
    const text = said.filter((part) => typeof part === 'string' && part !== '').join('\n');
    return text ? { text } : {};
  };
}

/** Without the fields that are undefined. */
export function defined<T extends object>(fields: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as never;
}

function listed(title: string, items: readonly string[]): string {
  return [title, ...items.map((item) => `• ${item}`)].join('\n');
}

/** A block has its text, or blocks, items or cells of its own. */
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
