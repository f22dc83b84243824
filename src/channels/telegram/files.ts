import type { LivePhoto } from '@grammyjs/types';
import * as z from 'zod/mini';
import { lenient } from '#calls/lenient';
import { defined, fieldsOf } from '#channels/fields';
import { cut } from '#domain/cut';
import type { Content, Media } from '#domain/message';

// A rich message has at most 50: https://core.telegram.org/bots/api#rich-message-limits
const MAX_FILES = 50;

const identifier = z.string().check(z.minLength(1), z.maxLength(512));
const line = z.string().check(z.overwrite((text) => cut(text, 256)));
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

/** A file of any kind. Undefined if nothing of it can be read. */
export function fileOf(value: unknown): Media | undefined {
  const read = file.safeParse(value);
  if (!read.success) return undefined;
  const { file_id, file_name, mime_type, file_size, duration, emoji } = read.data;
  const name = file_name ?? (songOf(read.data) || undefined);
  const size = { size: file_size, durationSeconds: duration };
  const media = defined({ fileId: file_id, name, mimeType: mime_type, ...size, emoji });
  return Object.keys(media).length > 0 ? media : undefined;
}

/** What a person reads on an audio file, in the place of its name: `Band – Song`. */
export function songOf(value: unknown): string {
  const { performer, title } = file.safeParse(value).data ?? {};
  return [performer, title].filter(Boolean).join(' – ');
}

/** The largest size of a picture, which is the last in the list. */
export function largestOf(sizes: unknown): Media | undefined {
  return fileOf(Array.isArray(sizes) ? sizes.at(-1) : undefined);
}

/** The files of a photo that moves: the photo that stands still, and the video. */
export function liveFilesOf(value: unknown): (Media | undefined)[] {
  return [largestOf(fieldsOf<LivePhoto>(value).photo), fileOf(value)];
}

/** The files as parts of the content: the first is its file, the others are further ones. */
export function mediaParts(files: readonly (Media | undefined)[]): Pick<Content, 'media' | 'furtherMedia'> {
  const [media, ...further] = files.filter((one) => one !== undefined).slice(0, MAX_FILES);
  return { ...(media && { media }), ...(further.length > 0 && { furtherMedia: further }) };
}
