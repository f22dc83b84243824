import { pick } from './nodes.ts';
import { Refused } from './world.ts';

/** What a person calls themselves. Who has not written has not consented to be asked about. */
interface Person {
  readonly id: string;
  readonly wroteAt: number;
  readonly names?: Readonly<Record<string, string>>;
}

/** The fields that each messenger has. */
const FIELDS = {
  instagram: ['name', 'username', 'profile_pic', 'follower_count', 'is_verified_user'],
  page: ['name', 'first_name', 'last_name', 'profile_pic'],
};

/** What Meta tells of a person: https://developers.facebook.com/docs/messenger-platform/identity/user-profile */
export function personNode(person: Person, object: keyof typeof FIELDS, fields: string | undefined): object {
  if (person.wroteAt === Number.NEGATIVE_INFINITY)
    throw new Refused(230, 'User consent is required to access user profile');
  const none = Object.fromEntries(FIELDS[object].map((field) => [field, undefined]));
  return pick({ ...none, ...person.names, id: person.id }, fields);
}
