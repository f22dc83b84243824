import { askedProfile } from '#channels/asked-profile';
import { fieldsOf, listOf, spaced, stringOf } from '#channels/fields';
import type { Inbound } from '#channels/inbound';
import type { CallVk } from './client.ts';
import { userIdOf } from './ids.ts';

/** Asks VK for the name of a person: https://dev.vk.com/ru/method/users.get */
export function createProfileOf(call: CallVk): NonNullable<Inbound['profileOf']> {
  return async function profileOf(credentials, chatId, signal) {
    return askedProfile(await call(credentials, 'users.get', { user_ids: chatId }, signal), (result) => {
      const people = listOf(result).map((one) => fieldsOf<Person>(one));
      const person = people.find(({ id }) => userIdOf(id) === Number(chatId));
      return person && { name: spaced(stringOf(person.first_name), stringOf(person.last_name)) };
    });
  };
}

interface Person {
  readonly id: unknown;
  readonly first_name: unknown;
  readonly last_name: unknown;
}
