import type { Clock } from '#clock';
import type { Cache } from '#store/dynamo/cache';

/** How long the end of a page is remembered. */
const REMEMBERED_MS = 10_000;

/** The end of a page: the sort key of its last row, and the number of all rows as it was counted. */
export interface Place {
  readonly after: string;
  readonly count: number;
}

/** The ends of the pages that were read lately, by the offset at which the next page begins. */
export interface Places {
  /** The last known place at or before the offset. */
  before(partition: string, offset: number): (Place & { readonly offset: number }) | undefined;
  remember(partition: string, offset: number, place: Place): void;
  /** Rows came or went. */
  forget(partition: string): void;
}

type Kept = ReadonlyMap<number, Place & { readonly until: number }>;

/**
 * Makes `Places`. DynamoDB cannot begin at an offset, so a client that asks for page after page would make it read all
 * pages again for each.
 */
export function createPlaces({ cache, clock }: { readonly cache: Cache; readonly clock: Clock }): Places {
  function kept(partition: string): Kept {
    const known = cache.get<Kept>('places', partition) ?? new Map();
    return new Map([...known].filter(([, { until }]) => until > clock.now()));
  }

  return {
    before(partition, offset) {
      const [nearest] = [...kept(partition)].filter(([known]) => known <= offset).sort(([one], [other]) => other - one);
      return nearest && { offset: nearest[0], ...nearest[1] };
    },
    remember(partition, offset, place) {
      const until = clock.now() + REMEMBERED_MS;
      cache.put('places', partition, new Map([...kept(partition), [offset, { ...place, until }]]));
    },
    forget: (partition) => cache.forget('places', partition),
  };
}
