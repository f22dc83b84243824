import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import { type StoreDeps, tableName } from '#store/dynamo/client';

const PARTS = { contact: 'contacts', deal: 'deals' } as const;

/** Goes through what the directory keeps of a connected CRM. */
export function createKept(deps: StoreDeps) {
  const { client } = deps;
  const TableName = tableName(deps, 'directory');

  /**
   * Ids of contacts with a card, or of deals, sorted, at most `limit`, behind the id `after`, and the id to go on behind.
   * There may be none, although more is to be read. Contacts that Konvert made itself are left out.
   */
  async function idsAfter(
    account: string,
    type: keyof typeof PARTS,
    after: string | undefined,
    limit: number,
  ): Promise<{ readonly ids: readonly string[]; readonly next?: string }> {
    const p = `${account}#${PARTS[type]}`;
    const { Items = [], LastEvaluatedKey } = await client.send(
      new QueryCommand({
        TableName,
        KeyConditionExpression: 'p = :partition',
        ExpressionAttributeValues: { ':partition': p },
        Limit: limit,
        ...(after !== undefined && { ExclusiveStartKey: { p, s: after } }),
      }),
    );
    const kept = type === 'deal' ? Items : Items.filter(({ card, own }) => card !== undefined && own === undefined);
    const ids = kept.map(({ s }) => String(s));
    return { ids, ...(LastEvaluatedKey && { next: String(LastEvaluatedKey.s) }) };
  }

  return { idsAfter };
}
