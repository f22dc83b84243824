import qs from 'qs';

/** Hooks of CRMs nest four levels at most. What is deeper stays text in one key. */
const DEPTH = 8;
/** A hook of fifty entities with twenty fields each. What is beyond that is not read. */
const MOST_KEYS = 2_000;

/**
 * A form with brackets in its keys, as PHP writes them: `leads[add][0][id]=1` is `{leads: {add: {0: {id: '1'}}}}`. Lists
 * stay maps, because a key that is a large number would make a list of that length. Nothing in it has a prototype.
 */
export function bracketKeys(form: string): Readonly<Record<string, unknown>> {
  return qs.parse(form, { depth: DEPTH, parameterLimit: MOST_KEYS, parseArrays: false, plainObjects: true });
}
