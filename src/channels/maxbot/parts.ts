import type {
  AudioAttachment,
  Button,
  ContactAttachment,
  FileAttachment,
  InlineKeyboardAttachment,
  LocationAttachment,
  PhotoAttachment,
  ShareAttachment,
  StickerAttachment,
  User,
  VideoAttachment,
} from '@maxhub/max-bot-api/types';
import { type Claimed, defined, fieldsOf, labelled, lines, listed, listOf, stringOf, wholeOf } from '#channels/fields';
import { positionOf } from '#channels/position';
import { cut } from '#domain/cut';
import type { Content, Media, Vcard } from '#domain/message';
import type { NoFields } from '#no-fields';
import { toFileId } from './file-ids.ts';
import { toProfile } from './people.ts';
import { userSchema } from './schema.ts';

/** What an attachment says. */
export interface Part extends Pick<Content, 'text' | 'media' | 'location' | 'vcards'> {
  /** What of it is stored nowhere else. Its addresses and tokens end, so they are left out. */
  readonly rest?: unknown;
}

/** Reads an attachment and leaves out what it cannot read. `authorId`: who sent it. */
export type ReadPart = (attachment: unknown, authorId: string | undefined) => Part;

const LINE = 256;
const PARAGRAPH = 4096;

type Payload = Claimed<{ url: string; token: string; photo_id: number; code: string }>;

/** A picture or a sticker. */
export const readMedia: ReadPart = (attachment) => {
  const {
    type: _type,
    payload,
    width: _width,
    height: _height,
    ...rest
  } = fieldsOf<PhotoAttachment | StickerAttachment>(attachment);
  rest satisfies NoFields;
  const { url, token: _token, photo_id: _photo, code, ...others } = fieldsOf<Payload>(payload) as Payload;
  others satisfies NoFields;
  return { ...mediaPart({ fileId: toFileId({ url: stringOf(url) }) }), rest: defined({ code }) };
};

/** A video. Its address is that of a page with a player, so its token tells where the file is. */
export const readVideo: ReadPart = (attachment) => {
  const {
    type: _type,
    payload,
    thumbnail: _thumbnail,
    width: _width,
    height: _height,
    duration,
    ...rest
  } = fieldsOf<VideoAttachment>(attachment);
  rest satisfies NoFields;
  const { url, token } = fieldsOf<VideoAttachment['payload']>(payload);
  const fileId = toFileId({ url: stringOf(url), videoToken: stringOf(token) });
  return mediaPart({ fileId, durationSeconds: secondsOf(duration) });
};

/** A piece of sound, and what MAX understood of it. */
export const readAudio: ReadPart = (attachment) => {
  const {
    type: _type,
    payload,
    transcription,
    ...rest
  } = fieldsOf<AudioAttachment & { transcription: string }>(attachment);
  rest satisfies NoFields;
  const { url } = fieldsOf<AudioAttachment['payload']>(payload);
  const text = labelled('Transcription', stringOf(transcription));
  return { ...mediaPart({ fileId: toFileId({ url: stringOf(url) }) }), ...(text && { text }) };
};

/** A file of any other kind. */
export const readFile: ReadPart = (attachment) => {
  const { type: _type, payload, filename, size, ...rest } = fieldsOf<FileAttachment>(attachment);
  rest satisfies NoFields;
  const { url } = fieldsOf<FileAttachment['payload']>(payload);
  const bytes = wholeOf(size);
  return mediaPart({
    fileId: toFileId({ url: stringOf(url) }),
    name: line(filename),
    size: bytes !== undefined && bytes >= 0 ? bytes : undefined,
  });
};

/** A person's card. MAX vouches that it is the sender's own only if it carries the sender's id. */
export const readContact: ReadPart = (attachment, authorId) => {
  const { type: _type, payload, ...rest } = fieldsOf<ContactAttachment>(attachment);
  rest satisfies NoFields;
  const { vcf_info, max_info, hash } = fieldsOf<ContactAttachment['payload']>(payload);
  const user = userSchema.safeParse(max_info).data;
  const card = stringOf(vcf_info);
  const name = (user && toProfile(user).name) ?? fieldOfCard(card, 'FN');
  const phone = fieldOfCard(card, 'TEL');
  const isSender = (user !== undefined && String(user.user_id) === authorId) || undefined;
  const vcard: Vcard = defined({ name, phone, isSender, text: card === '' ? undefined : cut(card, PARAGRAPH) });
  const text = listed(name, phone);
  return {
    ...(Object.keys(vcard).length > 0 && { vcards: [vcard] }),
    ...(text && { text }),
    rest: defined({ hash, max_info: max_info === undefined ? undefined : idsOf(max_info) }),
  };
};

/** A place. */
export const readLocation: ReadPart = (attachment) => {
  const { type: _type, latitude, longitude, ...rest } = fieldsOf<LocationAttachment>(attachment);
  rest satisfies NoFields;
  const location = positionOf(latitude, longitude);
  return location ? { location, text: `${location.latitude}, ${location.longitude}` } : {};
};

/** A link with its preview. */
export const readShare: ReadPart = (attachment) => {
  const {
    type: _type,
    payload,
    title,
    description,
    image_url: _image,
    ...rest
  } = fieldsOf<ShareAttachment>(attachment);
  rest satisfies NoFields;
  const { url } = fieldsOf<ShareAttachment['payload']>(payload);
  return { text: lines(stringOf(title), stringOf(url)), rest: defined({ description }) };
};

/** What a pressed button sent along with its label. */
export const readData: ReadPart = (attachment) => ({ rest: fieldsOf<{ data: string }>(attachment).data });

/** Buttons below a message: their labels. */
export const readButtons: ReadPart = (attachment) => {
  const labels = buttonsIn(attachment).map(({ text }) => stringOf(text));
  return { text: lines(labels.filter(Boolean).map((label) => `[${label}]`)) };
};

/** The buttons of a keyboard, row after row. */
export function buttonsIn(attachment: unknown): Claimed<Button>[] {
  const { payload, buttons } = fieldsOf<InlineKeyboardAttachment & { buttons: unknown }>(attachment);
  const rows = listOf(fieldsOf<InlineKeyboardAttachment['payload']>(payload).buttons ?? buttons);
  return rows.flatMap((row) => listOf(row).map((button) => fieldsOf<Button>(button)));
}

function mediaPart(fields: { [K in keyof Media]?: Media[K] | undefined }): Pick<Part, 'media'> {
  const media: Media = defined(fields);
  return Object.keys(media).length > 0 ? { media } : {};
}

/** The ids of a person, for whoever finds them at MAX. */
function idsOf(user: unknown): object {
  const { user_id, username } = fieldsOf<User>(user);
  return defined({ user_id, username: typeof username === 'string' ? username : undefined });
}

/** A field of a vCard: https://www.rfc-editor.org/rfc/rfc6350#section-3.3 */
function fieldOfCard(card: string, field: 'FN' | 'TEL'): string | undefined {
  const value = new RegExp(`^(?:item\\d+\\.)?${field}(?:;[^:\\r\\n]{0,200})?:(.{1,300})$`, 'im').exec(card)?.[1];
  return line(value?.replace(/^tel:/i, '').trim());
}

function line(value: unknown): string | undefined {
  return stringOf(value) === '' ? undefined : cut(stringOf(value), LINE);
}

function secondsOf(value: unknown): number | undefined {
  const seconds = wholeOf(value);
  return seconds !== undefined && seconds >= 0 ? seconds : undefined;
}
