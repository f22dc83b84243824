import { personOfKey } from './address.ts';
import type { Contact, ContactData } from './directory.ts';

/** The chat types in which a CRM may know a person by their @name alone. */
const NAMED: readonly string[] = ['telegram', 'instagram'];

/** The key of the item of a @name, or undefined if people of that chat type are not known by names. */
export function handleKey(account: string, chatType: string, username: string | undefined): string | undefined {
  const name = username?.trim().replace(/^@/, '').toLowerCase();
  return name && NAMED.includes(chatType) ? `${account}#${chatType}#@${name}` : undefined;
}

/** The handles in a contact's data: an entry with a name and without an id. */
export function handlesOf(account: string, contactData: readonly ContactData[]): string[] {
  const keys = contactData.map(({ chatType, chatId, username }) =>
    chatId ? undefined : handleKey(account, chatType, username),
  );
  return [...new Set(keys.filter((key) => key !== undefined))];
}

/** The card with the ids of the people that its handles stand for, by the keys of handles and addresses. */
export function withPeople<C extends Pick<Contact, 'contactData'>>(
  account: string,
  card: C,
  people: ReadonlyMap<string, string>,
): C {
  const contactData = card.contactData.map((data) => {
    const key = data.chatId ? undefined : handleKey(account, data.chatType, data.username);
    const person = key === undefined ? undefined : people.get(key);
    return person === undefined ? data : { ...data, chatId: personOfKey(person).chatId };
  });
  return { ...card, contactData };
}
