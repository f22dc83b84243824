import { MAX_NAME_LENGTH } from '#channels/bounds';
import { type Claimed, defined, fieldsOf, labelled, lines, listOf, stringOf, wholeOf } from '#channels/fields';
import { positionOf } from '#channels/position';
import { cut } from '#domain/cut';
import type { Content, Location, Media, Poll } from '#domain/message';

/** What an attachment says. */
export interface Part extends Partial<Content> {
  /** Replaces that of the kind. */
  readonly opens?: boolean;
}

/** Reads an attachment. Undefined if there is nothing in it that makes its kind. */
export type ReadPart = (value: unknown) => Part | undefined;

/** What objects of VK have in common: whose they are and which. */
interface Named {
  readonly id: unknown;
  readonly owner_id: unknown;
  readonly title: unknown;
  readonly description: unknown;
  readonly text: unknown;
  readonly url: unknown;
}

/** An image in one of its sizes. */
interface Size {
  readonly url: unknown;
  readonly src: unknown;
  readonly width: unknown;
  readonly height: unknown;
}

/** A longer address would not fit beside others into an item. */
const MAX_URL = 2048;
const LINE = 256;
const PARAGRAPH = 4096;
const MOST_OPTIONS = 50;

/** Where VK shows its objects. */
const SITE = 'https://vk.com/';

/** A photo in its largest size: https://dev.vk.com/ru/reference/objects/photo */
export const readPhoto: ReadPart = (value) => {
  const { sizes, orig_photo, text } = fieldsOf<Named & { sizes: unknown; orig_photo: unknown }>(value);
  const fileId = largestOf([...listOf(sizes), orig_photo]);
  return fileId === undefined ? undefined : { media: { fileId, mimeType: 'image/jpeg' }, text: paragraph(text) };
};

/** A message that was spoken in the chat. MP3 is played everywhere, Ogg is not. */
export const readVoice: ReadPart = (value) => {
  const { link_mp3, link_ogg, duration } = fieldsOf<{ link_mp3: unknown; link_ogg: unknown; duration: unknown }>(value);
  const mp3 = urlOf(link_mp3);
  const fileId = mp3 ?? urlOf(link_ogg);
  if (fileId === undefined) return undefined;
  const mimeType = mp3 === undefined ? 'audio/ogg' : 'audio/mpeg';
  return { media: { fileId, mimeType, ...durationOf(duration) } };
};

/** A track. VK mostly keeps its file to itself. */
export const readAudio: ReadPart = (value) => {
  const { artist, title, url, duration } = fieldsOf<Named & { artist: unknown; duration: unknown }>(value);
  const name = [line(artist), line(title)].filter(Boolean).join(' – ');
  const fileId = urlOf(url);
  if (fileId !== undefined) return { media: { fileId, mimeType: 'audio/mpeg', ...durationOf(duration) }, text: name };
  return name === '' ? undefined : { type: 'text', kind: 'audio', text: name };
};

/** A file: https://dev.vk.com/ru/reference/objects/doc */
export const readDocument: ReadPart = (value) => {
  const { title, ext, size, url } = fieldsOf<Named & { ext: unknown; size: unknown }>(value);
  const name = cut(nameOf(stringOf(title), stringOf(ext)), MAX_NAME_LENGTH);
  const media: Media = defined({ fileId: urlOf(url), name: name || undefined, size: sizeOf(size) });
  return Object.keys(media).length === 0 ? undefined : { media };
};

/** A sticker as a picture. An animated one moves at VK only. */
export const readSticker: ReadPart = (value) => {
  const { images, images_with_background } = fieldsOf<{ images: unknown; images_with_background: unknown }>(value);
  const fileId = largestOf(listOf(images)) ?? largestOf(listOf(images_with_background));
  return fileId === undefined ? undefined : { media: { fileId, mimeType: 'image/png' } };
};

/** Something drawn by hand. */
export const readGraffiti: ReadPart = (value) => {
  const fileId = urlOf(fieldsOf<Named>(value).url);
  return fileId === undefined ? undefined : { media: { fileId, mimeType: 'image/png' } };
};

/** A present. Its greeting is the text of the message. */
export const readGift: ReadPart = (value) => {
  const { thumb_256, thumb_96, thumb_48 } = fieldsOf<{ thumb_256: unknown; thumb_96: unknown; thumb_48: unknown }>(
    value,
  );
  const fileId = urlOf(thumb_256) ?? urlOf(thumb_96) ?? urlOf(thumb_48);
  return fileId === undefined ? undefined : { media: { fileId } };
};

/** A video, which is a page at VK: no file is handed out. */
export const readVideo: ReadPart = (value) => {
  const { access_key } = fieldsOf<{ access_key: unknown }>(value);
  return page(value, 'video', fieldsOf<Named>(value).title, keyOf(access_key));
};

/** A page of another site. */
export const readLink: ReadPart = (value) => {
  const { url, title, description } = fieldsOf<Named>(value);
  const address = urlOf(url);
  return address === undefined ? undefined : { text: lines(line(title), line(description), address) };
};

/** A post of a wall: what it says and where it is. */
export const readPost: ReadPart = (value) => {
  const { from_id, to_id } = fieldsOf<{ from_id: unknown; to_id: unknown }>(value);
  const owner = wholeOf(fieldsOf<Named>(value).owner_id) ?? wholeOf(to_id) ?? wholeOf(from_id);
  return page({ ...fieldsOf<Named>(value), owner_id: owner }, 'wall', fieldsOf<Named>(value).text);
};

/** A comment below a post. */
export const readComment: ReadPart = (value) => {
  const { id, owner_id, post_id, text } = fieldsOf<Named & { post_id: unknown }>(value);
  const [owner, post, reply] = [wholeOf(owner_id), wholeOf(post_id), wholeOf(id)];
  if (owner === undefined || post === undefined || reply === undefined) return undefined;
  return { text: lines(paragraph(text), `${SITE}wall${owner}_${post}?reply=${reply}`) };
};

/** Something that a community sells, with its price. */
export const readProduct: ReadPart = (value) => {
  const { title, price } = fieldsOf<Named & { price: unknown }>(value);
  return page(value, 'product', lines(line(title), line(fieldsOf<Named>(price).text)));
};

/** A list of such things. */
export const readProducts: ReadPart = (value) => {
  const { id, owner_id, title } = fieldsOf<Named>(value);
  const [owner, album] = [wholeOf(owner_id), wholeOf(id)];
  if (owner === undefined || album === undefined) return undefined;
  return { text: lines(line(title), `${SITE}market${owner}?section=album_${album}`) };
};

/** A question with its answers. */
export const readPoll: ReadPart = (value) => {
  const { question, answers } = fieldsOf<{ question: unknown; answers: unknown }>(value);
  const asked = line(question);
  if (asked === '') return undefined;
  const options = listOf(answers)
    .slice(0, MOST_OPTIONS)
    .map((answer) => line(fieldsOf<Named>(answer).text));
  const poll: Poll = { question: asked, options };
  return { poll, text: lines(asked, ...options.map((option) => `• ${option}`)) };
};

/** A story that was passed on. */
export const readStory: ReadPart = (value) => page(value, 'story', '');

/** An article of VK. */
export const readArticle: ReadPart = (value) => {
  const { url, view_url, title } = fieldsOf<Named & { view_url: unknown }>(value);
  const address = urlOf(url) ?? urlOf(view_url);
  return address === undefined ? undefined : { text: lines(line(title), address) };
};

/** A call. One that was answered is a line of the history. https://dev.vk.com/ru/reference/objects/call */
export const readCall: ReadPart = (value) => {
  const { state, video, duration } = fieldsOf<{ state: unknown; video: unknown; duration: unknown }>(value);
  const isVideo = video === true || video === 1;
  const seconds = wholeOf(duration) ?? 0;
  const text = lines(isVideo ? 'Video call' : '', labelled('Seconds', seconds > 0 ? seconds : undefined));
  if (state !== 'reached') return { ...(text && { text }) };
  return { type: 'system', kind: 'call', opens: false, text };
};

/** A place on the map, with its name: https://dev.vk.com/ru/reference/objects/message */
export const readPlace: ReadPart = (value) => {
  const { coordinates, place } = fieldsOf<{ coordinates: unknown; place: unknown }>(value);
  const { latitude, longitude } = fieldsOf<Location>(coordinates);
  const position = positionOf(latitude, longitude);
  if (!position) return undefined;
  const { title, address, city, country } = fieldsOf<
    Claimed<Named> & { address: unknown; city: unknown; country: unknown }
  >(place);
  const where = [line(country), line(city), line(address)].filter(Boolean).join(', ');
  return { location: { ...position, ...defined({ title: line(title) || undefined, address: where || undefined }) } };
};

/** A page of VK about the object, with what is said of it. */
function page(value: unknown, place: string, said: unknown, accessKey = ''): Part | undefined {
  const { id, owner_id } = fieldsOf<Named>(value);
  const [owner, own] = [wholeOf(owner_id), wholeOf(id)];
  if (owner === undefined || own === undefined) return undefined;
  const key = accessKey === '' ? '' : `_${accessKey}`;
  return { text: lines(paragraph(said), `${SITE}${place}${owner}_${own}${key}`) };
}

function keyOf(accessKey: unknown): string {
  const key = stringOf(accessKey);
  return /^\w{1,64}$/.test(key) ? key : '';
}

/** The address of the size with the most pixels. */
function largestOf(sizes: readonly unknown[]): string | undefined {
  const known = sizes
    .map((size) => fieldsOf<Size>(size))
    .map(({ url, src, width, height }) => ({
      url: urlOf(url) ?? urlOf(src),
      pixels: (wholeOf(width) ?? 0) * (wholeOf(height) ?? 0),
    }))
    .filter(({ url }) => url !== undefined);
  // Of old photos VK tells no sizes. It lists the smallest first.
  return known.reduce((best, one) => (best && best.pixels > one.pixels ? best : one), known[0])?.url;
}

function urlOf(value: unknown): string | undefined {
  const url = stringOf(value);
  const isOne = url.length <= MAX_URL && /^https?:\/\/\S+$/.test(url) && URL.canParse(url);
  return isOne ? url : undefined;
}

function nameOf(title: string, ext: string): string {
  const isNamed = ext === '' || title.toLowerCase().endsWith(`.${ext.toLowerCase()}`);
  return isNamed || !/^\w{1,16}$/.test(ext) ? title : `${title}.${ext}`;
}

function sizeOf(value: unknown): number | undefined {
  const size = wholeOf(value);
  return size === undefined || size < 0 ? undefined : size;
}

function durationOf(value: unknown): Pick<Media, 'durationSeconds'> {
  const durationSeconds = sizeOf(value);
  return durationSeconds === undefined ? {} : { durationSeconds };
}

function line(value: unknown): string {
  return cut(stringOf(value).trim(), LINE);
}

function paragraph(value: unknown): string {
  return cut(stringOf(value).trim(), PARAGRAPH);
}
