import type {
  ChatShared,
  EncryptedPassportElement,
  Game,
  LinkPreviewOptions,
  PassportData,
  SharedUser,
  Story,
  SuggestedPostInfo,
  UsersShared,
  WebAppData,
} from '@grammyjs/types';
import * as z from 'zod/mini';
import { lenient } from '#calls/lenient';
import { MAX_TEXT_LENGTH } from '#channels/bounds';
import { defined, fieldsOf, labelled, lines, listed, listOf, stringOf, wholeOf } from '#channels/fields';
import { cut } from '#domain/cut';
import type { Content } from '#domain/message';
import type { NoFields } from '#no-fields';
import { fullName } from './author.ts';
import { withEntities } from './entities.ts';
import { fileOf, largestOf, liveFilesOf, mediaParts, songOf } from './files.ts';
import { bare, leadingTo } from './links.ts';
import { amount } from './money.ts';
import { handleOf, nameOf, storyLink } from './people.ts';
import { locationOf, placeText, venueOf, venueText } from './places.ts';
import { readRich } from './rich.ts';
import type { TelegramMessage } from './schema.ts';
import { moment } from './times.ts';

/** What a person reads in another message that a message holds. */
export type Tell = (message: unknown) => string;

/** Reads a field of a message and leaves out what it cannot read. */
export type ReadPart = (value: unknown, message: TelegramMessage, tell: Tell) => Partial<Content>;

const line = z.string().check(z.overwrite((text) => cut(text, 256)));
const paragraph = z.string().check(z.overwrite((text) => cut(text, 4096)));

const contact = z.object({
  phone_number: lenient(line),
  first_name: lenient(z.string()),
  last_name: lenient(z.string()),
  vcard: lenient(paragraph),
  user_id: lenient(z.int()),
});

const dice = z.object({ emoji: line, value: z.int() });

/** Makes a reader of one that reads a text. The label says what happened, because a preview shows the text alone. */
export function reading(text: (value: unknown, tell: Tell) => string, label = ''): ReadPart {
  return (value, _, tell) => {
    const said = text(value, tell);
    if (said === '') return {};
    return { text: label === '' ? said : labelled(label, said) };
  };
}

/**
 * The text, and the parameter of the link that started the chat: https://core.telegram.org/bots/features#deep-linking
 */
export const readText: ReadPart = (value, { entities }) => {
  if (typeof value !== 'string') return {};
  const referral = /^\/start ([\w-]{1,64})$/.exec(value)?.[1];
  return { text: withEntities(value, entities), ...(referral !== undefined && { referral }) };
};

/** The text of a rich message, and its files: https://core.telegram.org/bots/api#richmessage */
export const readRichText: ReadPart = (value) => {
  const { text, files } = readRich(value, MAX_TEXT_LENGTH);
  return { text, ...mediaParts(files) };
};

/** A file of any kind. */
export const readFile: ReadPart = (value) => mediaParts([fileOf(value)]);

/** A piece of music. Its text is what a player shows, unless that is its name already. */
export const readAudio: ReadPart = (value) => {
  const media = fileOf(value);
  const song = songOf(value);
  return { ...mediaParts([media]), ...(song && song !== media?.name && { text: song }) };
};

/** The largest size of a picture. */
export const readSizes: ReadPart = (value) => mediaParts([largestOf(value)]);

/** A photo that moves: the photo, which older programs find in `photo`, and the video. */
export const readLivePhoto: ReadPart = (value, { photo }) => {
  const [still, video] = liveFilesOf(value);
  return mediaParts([largestOf(photo) ?? still, video]);
};

/** A place, or a live location that somebody shares for a time. */
export const readLocation: ReadPart = (value) => {
  const read = locationOf(value);
  if (!read) return {};
  return { ...(read.isLive && { kind: 'live_location' }), location: read.location, text: placeText(value) };
};

/** A place with a name. */
export const readVenue: ReadPart = (value) => {
  const location = venueOf(value);
  const text = venueText(value);
  return location ? { location, ...(text && { text }) } : {};
};

/** A person's card. Telegram vouches that it is the sender's own only if it carries the sender's id. */
export const readContact: ReadPart = (value, { from }) => {
  const read = contact.safeParse(value);
  if (!read.success) return {};
  const { phone_number: phone, vcard, user_id } = read.data;
  const name = fullName(read.data) || undefined;
  const isSender = (user_id !== undefined && user_id === from?.id) || undefined;
  const text = listed(name, phone);
  return { vcards: [defined({ name, phone, isSender, text: vcard })], ...(text && { text }) };
};

/** The emoji and the value that was thrown. */
export const readDice: ReadPart = (value) => {
  const read = dice.safeParse(value);
  return read.success ? { text: `${read.data.emoji} ${read.data.value}` } : {};
};

/** A game: what it is, and how it stands. */
export const readGame: ReadPart = (value) => {
  const { title, description, photo, text, text_entities, animation, ...rest } = fieldsOf<Game>(value);
  rest satisfies NoFields;
  const said = lines(stringOf(title), stringOf(description), withEntities(text, text_entities));
  return { ...(said && { text: said }), ...mediaParts([fileOf(animation), largestOf(photo)]) };
};

/** Somebody's story: its author and its address. Telegram tells bots nothing else of it. */
export function storyText(value: unknown): string {
  const { chat, id, ...rest } = fieldsOf<Story>(value);
  rest satisfies NoFields;
  return leadingTo(nameOf(chat), storyLink(chat, id));
}

/** What a web app sent, below the label of the button that opened it. */
export function webAppText(value: unknown): string {
  const { button_text, data, ...rest } = fieldsOf<WebAppData>(value);
  rest satisfies NoFields;
  return lines(stringOf(button_text), stringOf(data));
}

/** Which documents somebody gave. They are encrypted, except for a phone number and an email address. */
export function passportText(value: unknown): string {
  const { data, credentials: _credentials, ...rest } = fieldsOf<PassportData>(value);
  rest satisfies NoFields;
  return lines(
    listOf(data).map((one) => {
      const { type, phone_number, email } = fieldsOf<EncryptedPassportElement>(one);
      return labelled(stringOf(type), stringOf(phone_number) || stringOf(email)) || stringOf(type);
    }),
  );
}

/** People that somebody chose for the bot, one on each line. */
export const readSharedUsers: ReadPart = (value) => {
  const { users, request_id: _request, ...rest } = fieldsOf<UsersShared>(value);
  rest satisfies NoFields;
  const shared = listOf(users).map((user) => fieldsOf<SharedUser>(user));
  const text = lines(
    shared.map(({ user_id, first_name, last_name, username, photo: _photo, ...rest }) => {
      rest satisfies NoFields;
      const name = fullName({ first_name: stringOf(first_name), last_name: stringOf(last_name) });
      return sharedText(name, username, user_id);
    }),
  );
  return {
    ...(text && { text: labelled('Shared', text) }),
    ...mediaParts(shared.map(({ photo }) => largestOf(photo))),
  };
};

/** A chat that somebody chose for the bot. */
export const readSharedChat: ReadPart = (value) => {
  const { chat_id, title, username, photo, request_id: _request, ...rest } = fieldsOf<ChatShared>(value);
  rest satisfies NoFields;
  const text = sharedText(stringOf(title), username, chat_id);
  return { ...(text && { text: labelled('Shared', text) }), ...mediaParts([largestOf(photo)]) };
};

/** The address that is shown below a message, if its text does not have it. */
export function previewText(value: unknown, text: string): string {
  const {
    url,
    is_disabled,
    prefer_small_media: _small,
    prefer_large_media: _large,
    show_above_text: _above,
    ...rest
  } = fieldsOf<LinkPreviewOptions>(value);
  rest satisfies NoFields;
  return is_disabled === true || text.includes(bare(stringOf(url))) ? '' : stringOf(url);
}

/** A post that somebody suggests: its state, price and date. */
export function suggestedPostText(value: unknown): string {
  const { state, price, send_date, ...rest } = fieldsOf<SuggestedPostInfo>(value);
  rest satisfies NoFields;
  return listed(stringOf(state), priceText(price), moment(send_date));
}

/** The price of a post. */
export function priceText(value: unknown): string {
  const { amount: total, currency } = fieldsOf<{ amount: number; currency: string }>(value);
  return amount(total, currency);
}

function sharedText(name: string, username: unknown, id: unknown): string {
  return listed(name, handleOf(username), String(wholeOf(id) ?? ''));
}
