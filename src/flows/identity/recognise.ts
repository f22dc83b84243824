import { addressKey } from '#domain/address';
import { handleKey } from '#domain/handles';
import { chatOfKey, type Profile } from '#domain/message';
import { createNames } from '#flows/sight/names';
import { createContactChanges } from '#flows/sight/push-contact';
import type { StoreDeps } from '#store/dynamo/client';
import type { TellingChat } from './link.ts';

/**
 * Gives the person of a chat to the contact that a CRM knows by their @name alone. It runs before the chat is added to
 * its address, so that the person is no new client. One write for a name that is new to the chat, and none without.
 * `names`: the @names with which they have written since `before`.
 */
export type Recognise = (
  chat: TellingChat,
  names: readonly (string | undefined)[],
  before: Profile | undefined,
) => Promise<void>;

/** Makes `recognise`. Repeating it does no harm. */
export function createRecognise(deps: StoreDeps): Recognise {
  const names = createNames(deps);
  const { nameContact } = createContactChanges(deps);
  return async function recognise({ account, key: chat }, usernames, before) {
    const { chatType, chatId } = chatOfKey(chat);
    const person = addressKey(account, chatType, chatId);
    const handles = new Set(usernames.map((username) => handleKey(account, chatType, username)));
    for (const handle of handles) {
      if (handle === undefined || handle === handleKey(account, chatType, before?.username)) continue;
      const contactId = await names.meet(handle, person);
      if (contactId !== undefined) await nameContact(account, contactId, handle, person);
    }
  };
}
