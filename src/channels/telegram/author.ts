import { MAX_NAME_LENGTH } from '#channels/bounds';
import { spaced } from '#channels/fields';
import { cut } from '#domain/cut';
import type { Author, Profile } from '#domain/message';
import { visibleName } from '#domain/profile';
import type { TelegramChat, TelegramUser } from './schema.ts';

/** A name that begins with more invisible characters than this has nothing to show. */
const LONGEST_READ = 1024;

/** The user as the author of a message. */
export function toAuthor(user: TelegramUser): Author {
  return { id: String(user.id), ...toProfile(user) };
}

/** What the person of a private chat, or a user, calls themselves. Long names are cut. */
export function toProfile(person: TelegramUser | TelegramChat): Profile {
  const name = fullName(person);
  return { ...(name && { name }), ...(person.username && { username: cut(person.username, MAX_NAME_LENGTH) }) };
}

/** First and last name, as far as they are given and can be seen. */
export function fullName(person: { first_name?: string | undefined; last_name?: string | undefined }): string {
  const names = [person.first_name, person.last_name].map((name) => visibleName(name?.slice(0, LONGEST_READ)));
  return cut(spaced(names), MAX_NAME_LENGTH);
}
