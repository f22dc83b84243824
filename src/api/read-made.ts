import * as z from 'zod/mini';
import { contactData } from '#api/contact-routes';
import { directoryId, LONGEST_NAME, shortText } from '#api/crm-fields';
import type { MadeContact, MadeDeal, ReadMade } from '#domain/creation';
import { cut } from '#domain/cut';
import { MOST_ADDRESSES, MOST_CONTACTS } from '#domain/directory';
import { readJson } from '#http/json';
import { withoutNulls } from '#http/read-body';

const common = {
  id: directoryId,
  name: readable(
    z.pipe(
      z.string().check(z.minLength(1)),
      z.transform((name) => cut(name, LONGEST_NAME)),
    ),
  ),
  responsibleUserId: readable(directoryId),
  uri: readable(shortText(200)),
};

const madeContact = z.object({ ...common, contactData: listOf(contactData, MOST_ADDRESSES) });
const madeDeal = z.object({ ...common, contacts: listOf(directoryId, MOST_CONTACTS), closed: readable(z.boolean()) });

/**
 * The contact in a CRM's answer to `createContact`. Only its id is needed: the contact is there, so what else cannot be
 * read counts as left out.
 */
export function readMadeContact(answer: string): ReadMade<MadeContact> {
  const read = readMade(madeContact, answer);
  if ('description' in read) return read;
  const { contactData, ...made } = read.made;
  return { made: { ...present(made), ...(contactData && { contactData: contactData.map(present) }) } };
}

/** The deal in a CRM's answer to `createDeal`, read as leniently. */
export function readMadeDeal(answer: string): ReadMade<MadeDeal> {
  const read = readMade(madeDeal, answer);
  return 'description' in read ? read : { made: present(read.made) };
}

function readMade<S extends z.ZodMiniType>(schema: S, answer: string): ReadMade<z.infer<S>> {
  const parsed = schema.safeParse(withoutNulls(jsonIn(answer)));
  return parsed.success
    ? { made: parsed.data as z.infer<S> }
    : { description: 'The answer is no JSON object with an id of 1 to 100 characters' };
}

function jsonIn(answer: string): unknown {
  try {
    return readJson(Buffer.from(answer));
  } catch {
    return undefined;
  }
}

/** The value as the schema reads it, and undefined if it cannot. */
function readable<S extends z.ZodMiniType>(schema: S) {
  return z.catch(z.optional(schema), undefined);
}

/** The first of the elements that the schema can read, and undefined if there are none. */
function listOf<S extends z.ZodMiniType>(schema: S, most: number) {
  const read = (values: unknown[]): z.infer<S>[] | undefined => {
    const parsed = values.map((value) => schema.safeParse(value)).filter(({ success }) => success);
    const usable = parsed.slice(0, most).map(({ data }) => data as z.infer<S>);
    return usable.length > 0 ? usable : undefined;
  };
  return readable(z.pipe(z.array(z.unknown()), z.transform(read)));
}

/** The object without the fields that are undefined. */
function present<T extends object>(object: T): Present<T> {
  return Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined)) as never;
}

/** The type with its fields absent instead of undefined. */
type Present<T> = { [K in keyof T]: Exclude<T[K], undefined> };
