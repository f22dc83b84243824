import type { Chosen } from '../settings-models/roles.ts';
import { type Difference, differencesOf, thingOf, withDifferences } from './settings-diff.ts';

/** One thing that two people have chosen differently, after both had read the same. */
export interface Collision {
  /** One text for each thing. */
  readonly thing: string;
  readonly theirs: Difference;
  readonly mine: Difference;
}

/** What two people have made of the same choices. */
export interface Merge {
  /** All that the other has changed. */
  readonly theirs: readonly Difference[];
  /** All that was changed here and that the other has not changed likewise. */
  readonly mine: readonly Difference[];
  /** What is in both, and differently. */
  readonly collisions: readonly Collision[];
}

/** Compares what two people have made of `base`. */
export function mergeOf(base: Chosen, theirs: Chosen, mine: Chosen): Merge {
  const theirDifferences = differencesOf(base, theirs);
  const byThing = new Map(theirDifferences.map((difference) => [thingOf(difference), difference]));
  // What both have changed alike is stored already, and so no difference to what they have.
  const open = new Set(differencesOf(theirs, mine).map(thingOf));
  const myDifferences = differencesOf(base, mine).filter((difference) => open.has(thingOf(difference)));
  return {
    theirs: theirDifferences,
    mine: myDifferences,
    collisions: myDifferences.flatMap((difference) => {
      const thing = thingOf(difference);
      const other = byThing.get(thing);
      return other ? [{ thing, theirs: other, mine: difference }] : [];
    }),
  };
}

/** Theirs, with mine on top. Of what collides only the things in `preferred` are mine. */
export function merged(theirs: Chosen, { mine, collisions }: Merge, preferred: ReadonlySet<string>): Chosen {
  const lost = new Set(collisions.map(({ thing }) => thing).filter((thing) => !preferred.has(thing)));
  return withDifferences(
    theirs,
    mine.filter((difference) => !lost.has(thingOf(difference))),
  );
}
