import { GetCommand } from '@aws-sdk/lib-dynamodb';
import { batchGet } from '#store/dynamo/batch-get';
import { type StoreDeps, tableName } from '#store/dynamo/client';
import { updateIf } from '#store/dynamo/update-if';

const HOUR_MS = 3_600_000;

/**
 * When keys were used last, to the hour. It stands apart from the keys: every function that takes requests writes it,
 * and most of them may not write keys.
 */
export function createKeyUses(deps: StoreDeps) {
  const { client, clock } = deps;
  const table = tableName(deps, 'accounts');

  /** Notes that the key is used now, unless that was noted within the last hour. It never fails. */
  async function note(keyId: string): Promise<void> {
    const now = clock.now();
    try {
      const { Item } = await client.send(new GetCommand({ TableName: table, Key: useKey(keyId) }));
      if (Number(Item?.usedAt ?? 0) > now - HOUR_MS) return;
      await updateIf(client, {
        TableName: table,
        Key: useKey(keyId),
        UpdateExpression: 'SET usedAt = :now',
        ConditionExpression: 'attribute_not_exists(usedAt) OR usedAt <= :hourAgo',
        ExpressionAttributeValues: { ':now': now, ':hourAgo': now - HOUR_MS },
      });
    } catch {
      // A request that is good must not fail for this. The next reading of the key notes it.
    }
  }

  /** The last noted use of each of the keys (epoch ms). Keys that were never used are left out. */
  async function lastOf(keyIds: readonly string[]): Promise<Map<string, number>> {
    const items = await batchGet(client, table, keyIds.map(useKey));
    return new Map(items.map(({ p, usedAt }) => [String(p).slice(USE.length), Number(usedAt)]));
  }

  return { note, lastOf };
}

const USE = 'use#';

/** The key of the item that holds the last use of a key. */
export function useKey(keyId: string) {
  return { p: `${USE}${keyId}`, s: '-' };
}
