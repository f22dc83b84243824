import { askedProfile } from '#channels/asked-profile';
import { fieldsOf, spaced, stringOf } from '#channels/fields';
import type { Inbound } from '#channels/inbound';
import type { Credentials } from '#channels/terms';
import type { Way } from './messaging-setup.ts';

interface Person {
  readonly id: unknown;
  readonly name: unknown;
  readonly username: unknown;
  readonly first_name: unknown;
  readonly last_name: unknown;
}

/**
 * Asks Meta for the names of a person who wrote. `fields` are those that the messenger has: Meta refuses one that it does
 * not know. https://developers.facebook.com/docs/messenger-platform/identity/user-profile
 * https://developers.facebook.com/docs/instagram-platform/instagram-api-with-instagram-login/messaging-api/user-profile
 */
export function createProfileOf(
  wayOf: (credentials: Credentials) => Pick<Way, 'call' | 'credentials'>,
  fields: string,
): NonNullable<Inbound['profileOf']> {
  return async function profileOf(given, chatId, signal) {
    const { call, credentials } = wayOf(given);
    const path = encodeURIComponent(chatId);
    return askedProfile(await call(credentials, { method: 'GET', path, query: { fields } }, signal), (result) => {
      const { id = chatId, name, username, first_name, last_name } = fieldsOf<Person>(result);
      // A name that may be another person's is none.
      if (id !== chatId) return undefined;
      return { name: stringOf(name) || spaced(stringOf(first_name), stringOf(last_name)), username };
    });
  };
}
