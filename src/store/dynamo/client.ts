import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { Clock } from '#clock';
import type { SlotLimits } from '#domain/slots';
import { isThrottledTransaction } from '#store/dynamo/errors';
import { type Cache, createCache } from './cache.ts';

/** What the store needs of the SDK's document client. */
export type DocumentClient = Pick<DynamoDBDocumentClient, 'send'>;

/** What the process gives to the store that runs in it. */
export interface StorePlatform {
  readonly client: DocumentClient;
  /** The names of the tables, by their ids in `lib/tables.ts`. A function has only those that it may use. */
  readonly tables: Readonly<Record<string, string>>;
  readonly clock: Clock;
  /** Makes a new id, different from all others. */
  readonly newId: () => string;
}

/** What every part of the store is made from. Parts keep no state, so any number of each may be made. */
export interface StoreDeps extends StorePlatform {
  readonly cache: Cache;
  /** Told of each delivery that has failed for good, once. */
  readonly noteFailed?: () => void;
  /**
   * The most writes of one transaction, if it is to be less than DynamoDB's limit. The scheduler sets it, because small
   * transactions make more interesting histories.
   */
  readonly mostWrites?: number;
  /** How many calls may be under way at once, if fewer than usual. The scheduler sets it, too. */
  readonly slotLimits?: SlotLimits;
}

/** The dependencies that all parts of the store share in one process. */
export function createStoreDeps(platform: StorePlatform): StoreDeps {
  return { ...platform, cache: createCache(platform.clock) };
}

/**
 * A document client that leaves `undefined` fields out of items. It tries a transaction again that was throttled, as the
 * SDK does with everything else.
 */
export function createDocumentClient(client: DynamoDBClient): DynamoDBDocumentClient {
  // The SDK asks the error itself whether it passes.
  client.middlewareStack.add(
    (next) => async (given) => {
      try {
        return await next(given);
      } catch (error) {
        throw isThrottledTransaction(error) ? Object.assign(error, { $retryable: { throttling: true } }) : error;
      }
    },
    { step: 'finalizeRequest', priority: 'low', name: 'throttledTransactions', override: true },
  );
  return DynamoDBDocumentClient.from(client, { marshallOptions: { removeUndefinedValues: true } });
}

/** The name of a table. Throws if the wiring has not given it. */
export function tableName({ tables }: Pick<StoreDeps, 'tables'>, id: string): string {
  const name = tables[id];
  if (name === undefined) throw new Error(`No name was given for the table "${id}"`);
  return name;
}
