import { WrongWordsError } from './errors.ts';
import { didYouMean, quoted } from './similar.ts';

/** Something that is named by its id, or by what people call it. */
export interface Named {
  readonly id: string;
  readonly names: readonly string[];
}

/**
 * The one that is meant by its id, or by its name; in any case, if none is written so. Throws a `WrongWordsError` that lists those of that name if
 * there are several, or those with a similar name if there is none.
 */
export function namedOne<Item>(what: string, given: string, all: readonly Item[], of: (item: Item) => Named): Item {
  const byId = all.find((item) => of(item).id === given);
  if (byId) return byId;
  const exactly = all.filter((item) => of(item).names.includes(given));
  const inAnyCase = all.filter((item) =>
    [of(item).id, ...of(item).names].some((name) => name.toLowerCase() === given.toLowerCase()),
  );
  const called = exactly.length > 0 ? exactly : inAnyCase;
  const [only, ...others] = called;
  if (only && others.length === 0) return only;
  if (only) {
    const listed = called.map((item) => `  ${of(item).id}  ${of(item).names.join(', ')}`);
    throw new WrongWordsError([`More than one ${what} is called ${quoted(given)}. Name its id:`, ...listed].join('\n'));
  }
  const similar = didYouMean(
    given,
    all.flatMap((item) => [...of(item).names.filter(Boolean), of(item).id]),
  );
  throw new WrongWordsError(`There is no ${what} ${quoted(given)}. ${similar}`.trim());
}
