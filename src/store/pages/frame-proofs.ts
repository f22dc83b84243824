import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { hashOf } from '#store/accounts/secret-key';
import { type StoreDeps, tableName } from '#store/dynamo/client';
import { unlessRefused } from '#store/dynamo/errors';

export type FrameProofs = ReturnType<typeof createFrameProofs>;

/** Proofs of who looks that a CRM gives for one request alone. Only their hashes are stored, and no longer than they are good. */
export function createFrameProofs(deps: StoreDeps) {
  const { client } = deps;
  const table = tableName(deps, 'pages');

  /** Takes a proof that is good until then (epoch ms). Of all who show it, one gets true. */
  async function take(connectionId: string, { id, until }: { readonly id: string; readonly until: number }) {
    const Item = { p: `proof#${hashOf(`${connectionId}#${id}`)}`, s: '-', ttl: Math.ceil(until / 1_000) };
    const put = new PutCommand({ TableName: table, Item, ConditionExpression: 'attribute_not_exists(p)' });
    return unlessRefused(client.send(put));
  }

  return { take };
}
