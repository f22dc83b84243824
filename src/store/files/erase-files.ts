import { DeleteCommand } from '@aws-sdk/lib-dynamodb';
import { type StoreDeps, tableName } from '#store/dynamo/client';

/** Takes rows of files away. Their addresses lead nowhere then. */
export function createEraseFiles(deps: StoreDeps) {
  const { client } = deps;
  const table = tableName(deps, 'files');

  /** Takes the row away. */
  async function remove(file: string): Promise<void> {
    await client.send(new DeleteCommand({ TableName: table, Key: { f: file, s: '-' } }));
  }

  return { remove };
}
