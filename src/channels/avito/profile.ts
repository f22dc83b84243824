import { askedProfile } from '#channels/asked-profile';
import { fieldsOf, listOf } from '#channels/fields';
import type { Inbound } from '#channels/inbound';
import type { CallAvito } from './client.ts';
import { profileIdOf } from './ids.ts';

/**
 * Asks Avito for the name of the person in a chat, beside the account itself.
 * https://developers.avito.ru/api-catalog/messenger/documentation#operation/getChatByIdV2
 */
export function createProfileOf(call: CallAvito): NonNullable<Inbound['profileOf']> {
  return async function profileOf(credentials, chatId, signal) {
    const { userId = '' } = credentials;
    const path = `messenger/v2/accounts/${encodeURIComponent(userId)}/chats/${encodeURIComponent(chatId)}`;
    return askedProfile(await call(credentials, { method: 'GET', path }, signal), ({ users }) => {
      const others = listOf(users)
        .map((one) => fieldsOf<{ id: unknown; name: unknown }>(one))
        .filter(({ id }) => ![undefined, userId].includes(profileIdOf(id)));
      // A name that may be another person's is none.
      return others.length === 1 ? { name: others[0]?.name } : undefined;
    });
  };
}
