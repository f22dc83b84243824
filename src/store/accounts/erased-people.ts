import { GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod/mini';
import { schemaOf } from '#schema-of';
import { accountKey, channelKey } from '#store/accounts/keys';
import { batchGet } from '#store/dynamo/batch-get';
import { type StoreDeps, tableName } from '#store/dynamo/client';
import { UnreadableItemError } from '#store/dynamo/errors';
import { ifStill, type Write } from '#store/dynamo/transaction';
import { updateIf } from '#store/dynamo/update-if';

/**
 * That a person was erased, by a hash of their address that only this installation can make. `since`: what was said before
 * that (epoch ms, the messenger's clock) is erased, whenever it comes. `also`: hashes of what was said after it and before
 * the request.
 */
export interface ErasedPerson {
  readonly name: string;
  readonly erasureId: string;
  readonly since: number;
  readonly also: readonly string[];
}

const markSchema = schemaOf<ErasedPerson>()(
  z.object({ name: z.string(), erasureId: z.string(), since: z.number(), also: z.array(z.string()) }),
);

/** How long it is known that somebody was erased. Messengers give up delivering a message within days. */
export const MARKED_MS = 90 * 86_400_000;

/** The marks of people who were erased. */
export function createErasedPeople(deps: StoreDeps) {
  const { client, clock } = deps;
  const table = tableName(deps, 'accounts');

  /** The mark of that name as it is now. */
  async function get(name: string): Promise<ErasedPerson | undefined> {
    const { Item } = await client.send(new GetCommand({ TableName: table, Key: keyOf(name), ConsistentRead: true }));
    return Item && read(Item);
  }

  /** The marks of those names that are there, as they are now. */
  async function getAll(names: readonly string[]): Promise<ErasedPerson[]> {
    return (await batchGet(client, table, [...new Set(names)].map(keyOf))).map(read);
  }

  /** The write of the mark, in the place of that of an earlier erasure or of none. */
  function marking(mark: ErasedPerson, before: ErasedPerson | undefined): Write {
    return { Put: { TableName: table, Item: itemOf(mark), ...ifStill('erasureId', before?.erasureId) } };
  }

  /** Puts the mark, whatever was there. */
  async function put(mark: ErasedPerson): Promise<void> {
    await client.send(new PutCommand({ TableName: table, Item: itemOf(mark) }));
  }

  function itemOf(mark: ErasedPerson): Record<string, unknown> {
    return { ...keyOf(mark.name), ...mark, ttl: Math.ceil((clock.now() + MARKED_MS) / 1000) };
  }

  /**
   * Lets everybody look for marks of what was said until `at`, by the account and by its channels. All processes do within
   * 10 s.
   */
  async function announce(account: string, channelIds: readonly string[], at: number): Promise<void> {
    for (const Key of [accountKey(account), ...channelIds.map(channelKey)]) {
      await updateIf(client, {
        TableName: table,
        Key,
        UpdateExpression: 'SET erasedAt = :at',
        ConditionExpression: 'attribute_exists(p) AND (attribute_not_exists(erasedAt) OR erasedAt < :at)',
        ExpressionAttributeValues: { ':at': at },
      });
    }
  }

  return { get, getAll, put, marking, announce };
}

function keyOf(name: string) {
  return { p: `erased#${name}`, s: '-' };
}

function read(item: Record<string, unknown>): ErasedPerson {
  const parsed = markSchema.safeParse(item);
  if (!parsed.success) throw new UnreadableItemError('accounts', { cause: parsed.error });
  return parsed.data;
}
