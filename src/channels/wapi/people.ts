import type { ServerContacts } from 'whatsapp-api-js/types';
import { MAX_NAME_LENGTH } from '#channels/bounds';
import { defined, fieldsOf, isObject, stringOf } from '#channels/fields';
import { cut } from '#domain/cut';
import type { PersonId, Profile } from '#domain/message';
import { visibleName } from '#domain/profile';
import { idsOf } from './ids.ts';

/** A name that begins with more invisible characters than this has nothing to show. */
const LONGEST_READ = 1024;

/** What an item tells of its person. Each may be absent: https://github.com/nyaruka/courier/issues/1094 */
export interface Told {
  readonly phone: unknown;
  readonly userId: unknown;
  readonly parentUserId: unknown;
}

/** A person: all ids that the webhook tells, phone numbers first, and what they call themselves. */
export interface Person {
  readonly ids: readonly PersonId[];
  readonly profile: Profile;
}

/** Finds the person of an item. */
export type FindPerson = (told: Told) => Person;

type Contact = ReturnType<typeof fieldsOf<ServerContacts>>;

/**
 * Finds people among the `contacts` of a webhook. These are matched by user id, then by phone number, never by their
 * place in the list. `isAlone`: there is one item, so that one contact is the person even if the item names nobody.
 */
export function peopleIn(contacts: unknown, isAlone: boolean): FindPerson {
  const all = (Array.isArray(contacts) ? contacts : []).filter(isObject) as Contact[];
  const byUserId = mapBy(all, ({ user_id }) => stringOf(user_id));
  const byPhone = mapBy(all, ({ wa_id }) => digitsOf(wa_id));

  function find({ phone, userId, parentUserId }: Told): Contact | undefined {
    const known = byUserId.get(stringOf(userId));
    if (known) return known;
    const samePhone = byPhone.get(digitsOf(phone));
    // Somebody else may have had that number.
    if (samePhone && !isOther(samePhone, userId)) return samePhone;
    const isNameless = idsOf(phone, userId, parentUserId).length === 0;
    return isNameless && isAlone && all.length === 1 ? all[0] : undefined;
  }

  return (told) => {
    const contact = find(told) ?? {};
    const { phone, userId, parentUserId } = told;
    return {
      ids: idsOf(phone, contact.wa_id, userId, contact.user_id, parentUserId, contact.parent_user_id),
      profile: profileOf(contact.profile),
    };
  };
}

/** What a person calls themselves. Long names are cut, and names without anything to see left out. */
export function profileOf(profile: unknown): Profile {
  const { name, username } = fieldsOf<NonNullable<ServerContacts['profile']>>(profile);
  return defined({ name: shown(stringOf(name)), username: shown(stringOf(username).replace(/^@/, '')) });
}

function shown(name: string): string | undefined {
  const visible = visibleName(name.slice(0, LONGEST_READ));
  return visible === undefined ? undefined : cut(visible, MAX_NAME_LENGTH);
}

function isOther(contact: Contact, userId: unknown): boolean {
  return contact.user_id !== undefined && stringOf(userId) !== '' && contact.user_id !== userId;
}

function digitsOf(phone: unknown): string {
  return idsOf(phone)[0]?.chatId ?? '';
}

/** The contacts by what `keyOf` gives, without those for which it is empty. */
function mapBy(contacts: readonly Contact[], keyOf: (contact: Contact) => string): Map<string, Contact> {
  return new Map(contacts.map((contact) => [keyOf(contact), contact] as const).filter(([key]) => key !== ''));
}
