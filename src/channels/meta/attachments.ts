import { defined, fieldsOf, isObject, labelled, lines, listOf, spaced, stringOf, writtenOf } from '#channels/fields';
import { positionOf } from '#channels/position';
import { cut } from '#domain/cut';
import type { Content, Media } from '#domain/message';

/** What an attachment says. */
export interface Part extends Pick<Content, 'text' | 'media' | 'location'> {
  /** There is no file of the kind, only words: a link to something that is shown at Meta. */
  readonly isText?: true;
  /** What of the attachment is stored nowhere else. */
  readonly rest?: Readonly<Record<string, unknown>>;
}

/** An attachment, with its fields as they came. */
export type Attachment = Readonly<Record<string, unknown>>;

/** Reads an attachment and leaves out what it cannot read. `said` is the text of the message. */
export type ReadAttachment = (attachment: Attachment, said: string) => Part;

/** Addresses are a few hundred characters. */
const LONGEST_URL = 2048;
const LINE = 256;
const PARAGRAPH = 1024;
/** Pages of Meta's, which are no files. */
const PAGES = /^(?:[a-z]+\.)?(?:facebook|instagram)\.com$/;
/** The thumbs of Messenger, in three sizes. They may come without a file: https://github.com/chatwoot/chatwoot/issues/8158 */
const LIKES: ReadonlySet<string> = new Set(['369239263222822', '369239343222814', '369239383222810']);

/** A file, by its address. */
export const readFile: ReadAttachment = (attachment) => {
  const { url, rest } = payloadOf(attachment);
  const fileId = fileIdOf(url);
  return { ...(fileId !== undefined && { media: { fileId } }), rest };
};

/** A picture or a sticker. */
export const readImage: ReadAttachment = (attachment, said) => {
  const part = readFile(attachment, said);
  const { sticker_id } = fieldsOf<{ sticker_id: unknown }>(attachment.payload);
  return part.media || !LIKES.has(writtenOf(sticker_id)) ? part : { ...part, isText: true, text: '👍' };
};

/** A file that has a name of its own, which is the end of its address. */
export const readNamedFile: ReadAttachment = (attachment, said) => {
  const { media, ...part } = readFile(attachment, said);
  return { ...part, ...(media && { media: { ...media, ...defined({ name: nameIn(media) }) } }) };
};

/** A post, a reel or a story that the client passed on: its title, and its file or the address of its page. */
export const readShare: ReadAttachment = (attachment, said) => {
  const { url, title, rest } = payloadOf(attachment);
  if (isPage(url)) return { isText: true, text: linkText(title, url, said), rest };
  const fileId = fileIdOf(url);
  const media = fileId === undefined ? undefined : { fileId };
  return { ...(media ? { media } : { isText: true as const }), text: title, rest };
};

/** A link with its title. The text of the message has the address already: it is not repeated. */
export const readLink: ReadAttachment = (attachment, said) => {
  const { url, title, rest } = payloadOf(attachment);
  return { text: linkText(title || stringOf(attachment.title), url || stringOf(attachment.url), said), rest };
};

/** A place. */
export const readLocation: ReadAttachment = (attachment, said) => {
  const { title, url, payload } = payloadOf(attachment);
  const { lat, long } = fieldsOf<{ lat: unknown; long: unknown }>(
    fieldsOf<{ coordinates: unknown }>(payload).coordinates,
  );
  const position = positionOf(lat, long);
  const name = title || stringOf(attachment.title);
  const text = linkText(name, url || stringOf(attachment.url), said);
  if (!position) return { text, rest: { ...payload } };
  return { text, location: { ...position, ...(name && { title: cut(name, PARAGRAPH) }) } };
};

/** The titles of a template, such as one that an app has sent, or of products. */
export const readTemplate: ReadAttachment = (attachment) => {
  const { payload, title } = payloadOf(attachment);
  const { generic, product, elements, text } =
    fieldsOf<Record<'generic' | 'product' | 'elements' | 'text', unknown>>(payload);
  const inner = [elements, ...[generic, product].map((part) => fieldsOf<{ elements: unknown }>(part).elements)];
  const titles = inner.flatMap(listOf).map((element) => {
    const { title: name, subtitle } = fieldsOf<{ title: unknown; subtitle: unknown }>(element);
    return lines(stringOf(name), stringOf(subtitle));
  });
  return { text: lines(title || stringOf(attachment.title), stringOf(text), titles), rest: { ...payload } };
};

/** A visit that was agreed on. */
export const readAppointment: ReadAttachment = (attachment) => {
  const { payload, title } = payloadOf(attachment);
  const { start_time, description } = fieldsOf<{ start_time: unknown; description: unknown }>(payload);
  const start = typeof start_time === 'number' ? String(start_time) : stringOf(start_time);
  return { text: lines(title, stringOf(description), labelled('At', cut(start, LINE))), rest: { ...payload } };
};

/** An attachment that is not handed over. */
export const readPlain: ReadAttachment = (attachment) => ({ rest: payloadOf(attachment).rest });

/** An attachment that nothing is known of: its file, and all that it says. */
export const readUnknown: ReadAttachment = (attachment, said) => {
  const { media } = readFile(attachment, said);
  return { ...(media && { media }), rest: { ...attachment } };
};

/** The handle of a file: its address, if somebody could read it there. */
export function fileIdOf(url: string): string | undefined {
  const isAddress = /^https?:\/\//i.test(url) && url.length <= LONGEST_URL && URL.canParse(url);
  return isAddress ? url : undefined;
}

/** Addresses of files are signed for whoever has them, so they are no part of what is shown. */
function payloadOf({ payload, type: _type, url: outerUrl, ...others }: Attachment) {
  const { url, title, sticker_id, ...further } = fieldsOf<Record<string, unknown>>(payload);
  const rest = defined({
    ...(!isObject(payload) && payload !== null && payload !== undefined && { payload }),
    ...further,
    sticker_id,
    ...others,
  });
  return {
    payload: isObject(payload) ? payload : {},
    url: stringOf(url) || stringOf(outerUrl),
    title: cut(stringOf(title), PARAGRAPH),
    rest,
  };
}

function linkText(title: string, url: string, said: string): string {
  const isShown = url !== '' && !said.includes(url) && url.length <= LONGEST_URL;
  return spaced(said.includes(title) ? '' : cut(title, PARAGRAPH), isShown ? url : '');
}

function isPage(url: string): boolean {
  return URL.canParse(url) && PAGES.test(new URL(url).hostname);
}

function nameIn({ fileId }: Media): string | undefined {
  const last = new URL(fileId ?? '').pathname.split('/').at(-1) ?? '';
  try {
    const name = decodeURIComponent(last);
    return /^[^/\\\p{Cc}]+\.\w{1,8}$/u.test(name) ? cut(name, LINE) : undefined;
  } catch {
    return undefined;
  }
}
