/** How many seconds things took. Percentiles are exact, until a bucket is added: then they are within 2.5 percent. */
export interface Spread {
  /** Adds one that took so long. */
  add(seconds: number): void;
  /** Adds so many that fall into the bucket. */
  addBucket(bucket: number, count: number): void;
  /** The least time that this part (0 to 1) of them did not exceed. Undefined if there are none. */
  percentile(part: number): number | undefined;
}

const STEP = Math.log(1.05);
/** Less than a second. */
const LEAST = -1;

/** The bucket of a time: each is 5 percent longer than the one before. */
export function bucketOf(seconds: number): number {
  return seconds < 1 ? LEAST : Math.floor(Math.log(seconds) / STEP);
}

/** The time that stands for all in a bucket: its middle, as logarithms go. */
export function secondsOf(bucket: number): number {
  return bucket === LEAST ? 0 : Math.exp((bucket + 0.5) * STEP);
}

/** Makes an empty spread. */
export function createSpread(): Spread {
  const exact: number[] = [];
  const buckets = new Map<number, number>();

  function addBucket(bucket: number, count: number): void {
    buckets.set(bucket, (buckets.get(bucket) ?? 0) + count);
  }

  function percentile(part: number): number | undefined {
    if (buckets.size === 0) return exact.toSorted((one, other) => one - other)[rankOf(part, exact.length)];
    for (const seconds of exact.splice(0)) addBucket(bucketOf(seconds), 1);
    const sorted = [...buckets].toSorted(([one], [other]) => one - other);
    let left = rankOf(part, sum(buckets.values()));
    for (const [bucket, count] of sorted) {
      if (left < count) return secondsOf(bucket);
      left -= count;
    }
    return undefined;
  }

  function add(seconds: number): void {
    exact.push(seconds);
  }

  return { add, addBucket, percentile };
}

/** The nearest rank, from 0. */
function rankOf(part: number, count: number): number {
  return Math.max(0, Math.ceil(part * count) - 1);
}

function sum(all: Iterable<number>): number {
  return [...all].reduce((so, one) => so + one, 0);
}
