import { createSecretKey, randomBytes } from 'node:crypto';
import { GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod/mini';
import type { InstallationSecret } from '#domain/hash';
import type { Cipher } from '#store/accounts/cipher';
import { INSTALLATION } from '#store/accounts/keys';
import { type StoreDeps, tableName } from '#store/dynamo/client';
import { unlessRefused } from '#store/dynamo/errors';

export type Installation = ReturnType<typeof createInstallation>;

const SECRET_BYTES = 32;
const KEY = { p: INSTALLATION, s: '-' };

const itemSchema = z.object({ sealed: z.string() });

/** The secret of this installation, sealed in one item that is put once and never changed (ADR 27). */
export function createInstallation(deps: StoreDeps & { readonly cipher: Cipher }) {
  const { client, cache, cipher } = deps;
  const table = tableName(deps, 'accounts');

  async function read(): Promise<z.infer<typeof itemSchema> | undefined> {
    const { Item } = await client.send(new GetCommand({ TableName: table, Key: KEY, ConsistentRead: true }));
    return Item && itemSchema.parse(Item);
  }

  /** The secret, read once per process. Undefined while nobody has made it. */
  const secret = cache.keep('installation', async (): Promise<InstallationSecret | undefined> => {
    const item = await read();
    return item && createSecretKey(await cipher.open(item.sealed, INSTALLATION), 'base64');
  });

  const made = cache.keep('installation made', async () => {
    if (await read()) return true;
    const sealed = await cipher.seal(randomBytes(SECRET_BYTES).toString('base64'), INSTALLATION);
    const put = { TableName: table, Item: { ...KEY, sealed }, ConditionExpression: 'attribute_not_exists(p)' };
    await unlessRefused(client.send(new PutCommand(put)));
    return true;
  });

  /** Makes the secret if there is none. Of two makers at once the first wins. A process looks once. */
  async function make(): Promise<void> {
    await made();
  }

  return { secret, make };
}
