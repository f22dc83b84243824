import { timingSafeEqual } from 'node:crypto';
import { GetCommand, TransactWriteCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod/mini';
import { OPERATOR } from '#domain/audit';
import { createAudit } from '#store/accounts/audit';
import { hashOf } from '#store/accounts/secret-key';
import { type StoreDeps, tableName } from '#store/dynamo/client';

const operatorSchema = z.object({ hash: z.string() });

const OPERATOR_KEY = { p: 'operator', s: '-' };

/** The key of the operator, of which only the hash is stored. */
export function createOperator(deps: StoreDeps) {
  const { client, cache } = deps;
  const table = tableName(deps, 'accounts');
  const audit = createAudit(deps);

  async function read(): Promise<z.infer<typeof operatorSchema> | undefined> {
    const { Item } = await client.send(new GetCommand({ TableName: table, Key: OPERATOR_KEY, ConsistentRead: true }));
    return Item && operatorSchema.parse(Item);
  }

  const operator = cache.lookup('operator key', read);

  /** Whether it is the operator's key. */
  async function isOperatorKey(key: string): Promise<boolean> {
    const known = await operator('operator');
    return known !== undefined && timingSafeEqual(Buffer.from(hashOf(key)), Buffer.from(known.hash));
  }

  /** Makes the key the operator key, in place of the one before. It is no act if it is the operator key already. */
  async function setOperatorKey(key: string): Promise<void> {
    const hash = hashOf(key);
    if ((await read())?.hash !== hash) {
      const put = { Put: { TableName: table, Item: { ...OPERATOR_KEY, hash } } };
      const act = { actor: OPERATOR, act: 'operator-key-changed', subject: OPERATOR } as const;
      await client.send(new TransactWriteCommand({ TransactItems: [put, audit.write(OPERATOR, act)] }));
    }
    cache.forget('operator key', 'operator');
  }

  return { isOperatorKey, setOperatorKey };
}
