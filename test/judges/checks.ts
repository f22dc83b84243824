import { isDeepStrictEqual } from 'node:util';

/** What a judge says or does, and what it should: name, theirs, ours. */
export type Check = readonly [name: string, theirs: unknown, ours: unknown];

/** Whether all are the same. What is not is printed, and then how many are. */
export function areSame(client: string, checks: readonly Check[]): boolean {
  const failed = checks.filter(([, theirs, ours]) => !isDeepStrictEqual(theirs, ours));
  for (const [name, theirs, ours] of failed)
    console.log(`${name}: ${JSON.stringify(theirs)}, not ${JSON.stringify(ours)}`);
  console.log(`${client}: ${checks.length - failed.length} passed, ${failed.length} failed`);
  return failed.length === 0;
}
