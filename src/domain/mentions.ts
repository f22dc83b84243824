import { accountOfKey, addressKey } from './address.ts';

/** A person as stored values may name them: by keys of addresses and chats, and by the contacts of their account. */
export interface Named {
  readonly account: string;
  readonly addresses: readonly string[];
  readonly contacts: readonly string[];
  readonly chats: readonly string[];
}

/** Tells whether a stored value names the person, at any depth. */
export type Mentions = (value: unknown) => boolean;

/** Fields that hold the id of a contact. What else is equal to such an id may be anything. */
const OF_CONTACTS: readonly string[] = ['contact', 'contactId'];

/**
 * Makes the judge. A text names the person if it holds one of the keys as a whole: between `#` or its ends, because the id 7 is
 * no part of 77. So do a chat type and an id side by side, and the name of a field.
 */
export function mentionsOf({ account, addresses, contacts, chats }: Named): Mentions {
  const people = new Set(addresses);
  const ids = new Set(contacts);
  const keys = [...chats, ...addresses, ...addresses.map(withoutAccount)];

  function names(value: unknown): boolean {
    if (typeof value === 'string') return keys.some((key) => isWithin(key, value));
    if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) return false;
    if (Array.isArray(value) || value instanceof Set) return [...value].some(names);
    const { chatType, chatId } = value as Readonly<Record<string, unknown>>;
    if (
      typeof chatType === 'string' &&
      typeof chatId === 'string' &&
      people.has(addressKey(account, chatType, chatId))
    ) {
      return true;
    }
    return Object.entries(value).some(
      ([field, inner]) => names(field) || names(inner) || (OF_CONTACTS.includes(field) && isContact(inner)),
    );
  }

  function isContact(value: unknown): boolean {
    return typeof value === 'string' && ids.has(value);
  }

  return names;
}

/** An address as the rotation of a channel names it. */
function withoutAccount(key: string): string {
  return key.slice(accountOfKey(key).length + 1);
}

function isWithin(key: string, text: string): boolean {
  for (let at = text.indexOf(key); at >= 0; at = text.indexOf(key, at + 1)) {
    const [before, after] = [text[at - 1], text[at + key.length]];
    if ((before === undefined || before === '#') && (after === undefined || after === '#')) return true;
  }
  return false;
}
