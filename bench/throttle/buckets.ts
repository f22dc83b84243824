/** What one partition key may take: units a second. */
export interface Limits {
  readonly writesPerSecond: number;
  readonly readsPerSecond: number;
}

/**
 * What DynamoDB gives each partition, and so at most each partition key, in a table or in an index:
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/bp-partition-key-design.html
 */
export const LIMITS_OF_A_KEY: Limits = { writesPerSecond: 1_000, readsPerSecond: 3_000 };

/** Whether units are read or written. */
export type Kind = 'read' | 'write';

/** A partition key of a table (`chats`) or of an index (`chats channel-unanswered`). */
export interface Partition {
  readonly place: string;
  readonly key: string;
  readonly kind: Kind;
}

/** What a partition was asked for. */
export interface PartitionUse extends Partition {
  units: number;
  refused: number;
}

interface Bucket extends PartitionUse {
  left: number;
  filledAt: number;
}

export type Buckets = ReturnType<typeof createBuckets>;

/**
 * A bucket of units for each partition key, for reads and for writes. It holds what flows in within a second: the 300 s
 * of unused capacity that DynamoDB keeps belong to the capacity of a provisioned table, and lift no partition above its
 * limits (https://repost.aws/knowledge-center/dynamodb-spiky-workloads-short-intervals). A key is counted as if it had a
 * partition of its own, as after isolation: the best case.
 */
export function createBuckets({ writesPerSecond, readsPerSecond }: Limits, now: () => number) {
  const buckets = new Map<string, Bucket>();
  const perSecond = { write: writesPerSecond, read: readsPerSecond };

  function bucketOf({ place, key, kind }: Partition): Bucket {
    const name = `${kind} ${place} ${key}`;
    const known = buckets.get(name);
    const bucket = known ?? { place, key, kind, units: 0, refused: 0, left: perSecond[kind], filledAt: now() };
    if (!known) buckets.set(name, bucket);
    const flowed = ((now() - bucket.filledAt) / 1000) * perSecond[kind];
    bucket.left = Math.min(perSecond[kind], bucket.left + flowed);
    bucket.filledAt = now();
    return bucket;
  }

  return {
    /** The first of the partitions that has nothing left, and refuses. */
    refusing(partitions: readonly Partition[]): Partition | undefined {
      const empty = partitions.map(bucketOf).find(({ left }) => left <= 0);
      if (empty) empty.refused += 1;
      return empty;
    },
    /** Takes units out. A request may take more than is left, and the next ones wait for it: its size shows afterwards. */
    take(partition: Partition, units: number): void {
      const bucket = bucketOf(partition);
      bucket.left -= units;
      bucket.units += units;
    },
    /** What every partition was asked for, the most used first. */
    uses(): PartitionUse[] {
      const used = [...buckets.values()].map(({ place, key, kind, units, refused }) => ({
        ...{ place, key, kind, units, refused },
      }));
      return used.toSorted((one, other) => other.units - one.units);
    },
    /** Forgets what was asked for. */
    clear(): void {
      buckets.clear();
    },
  };
}
