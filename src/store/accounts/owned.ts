import { GetCommand } from '@aws-sdk/lib-dynamodb';
import type { OwnedIds } from '#domain/owned';
import { accountPartition, apiKeySortKey, CHANNELS_OF_ACCOUNT, crmKey, erasuresPartition } from '#store/accounts/keys';
import { type StoreDeps, tableName } from '#store/dynamo/client';
import { queryAll } from '#store/dynamo/pages';

/** Finds the ids by which the rows of an account are known, as they are now. */
export function createOwned(deps: StoreDeps) {
  const { client } = deps;
  const table = tableName(deps, 'accounts');

  async function sortKeysOf(p: string, prefix: string): Promise<string[]> {
    const items = await queryAll(client, {
      TableName: table,
      KeyConditionExpression: 'p = :p AND begins_with(s, :prefix)',
      ExpressionAttributeValues: { ':p': p, ':prefix': prefix },
      ProjectionExpression: 's',
      ConsistentRead: true,
    });
    return items.map(({ s }) => String(s).slice(prefix.length));
  }

  /** The account with the ids of its channels (deleted ones too), keys, CRM connection and erasures. */
  async function of(account: string): Promise<OwnedIds> {
    const own = accountPartition(account);
    const [channels, keys, erasures, crm] = await Promise.all([
      sortKeysOf(own, CHANNELS_OF_ACCOUNT),
      sortKeysOf(own, apiKeySortKey('')),
      queryAll(client, {
        TableName: table,
        KeyConditionExpression: 'p = :p',
        ExpressionAttributeValues: { ':p': erasuresPartition(account) },
        ProjectionExpression: 'id',
        ConsistentRead: true,
      }),
      client.send(new GetCommand({ TableName: table, Key: crmKey(account), ConsistentRead: true })),
    ]);
    const { connectionId } = crm.Item ?? {};
    return {
      account,
      channels: new Set(channels),
      keys: new Set(keys),
      connections: new Set(typeof connectionId === 'string' ? [connectionId] : []),
      erasures: new Set(erasures.map(({ id }) => String(id))),
    };
  }

  return { of };
}
