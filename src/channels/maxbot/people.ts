import { MAX_NAME_LENGTH } from '#channels/bounds';
import { defined, spaced } from '#channels/fields';
import { cut } from '#domain/cut';
import type { Author, Profile } from '#domain/message';
import { visibleName } from '#domain/profile';
import type { MaxUser } from './schema.ts';

/** A name that begins with more invisible characters than this has nothing to show. */
const LONGEST_READ = 1024;

/** The user as the author of a message. */
export function toAuthor(user: MaxUser): Author {
  return { id: String(user.user_id), ...toProfile(user) };
}

/** What a person or a bot calls themselves. Long names are cut, and names without anything to see left out. */
export function toProfile({ first_name, last_name, name, username }: MaxUser): Profile {
  const full = spaced(shown(first_name), shown(last_name)) || shown(name);
  return defined({ name: full === undefined ? undefined : cut(full, MAX_NAME_LENGTH), username: shown(username) });
}

function shown(name: string | undefined): string | undefined {
  const visible = visibleName(name?.slice(0, LONGEST_READ));
  return visible === undefined ? undefined : cut(visible, MAX_NAME_LENGTH);
}
