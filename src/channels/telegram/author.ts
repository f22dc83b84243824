import { cut } from '#domain/cut';
import type { Author } from '#domain/message';
import type { TelegramUser } from './schema.ts';

const MAX_NAME_LENGTH = 256;

/** The user as the author of a message. Long names are cut. */
export function toAuthor(user: TelegramUser): Author {
  const name = fullName(user);
  return {
    id: String(user.id),
    ...(name && { name }),
    ...(user.username && { username: cut(user.username, MAX_NAME_LENGTH) }),
  };
}

/** First and last name, as far as they are given. */
export function fullName(person: { first_name?: string | undefined; last_name?: string | undefined }): string {
  return cut([person.first_name, person.last_name].filter(Boolean).join(' '), MAX_NAME_LENGTH);
}
