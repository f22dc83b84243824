import { GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod/mini';
import { INSTALLATION } from '#store/accounts/keys';
import { type StoreDeps, tableName } from '#store/dynamo/client';
import { unlessRefused } from '#store/dynamo/errors';

/**
 * The version of what is stored. It is raised with a change that an earlier Konvert would misread or damage; what is only
 * added raises nothing. 0.1.0 is the first, and noted none (ADR 106).
 */
export const DATA_VERSION = 2;

export type DataVersions = ReturnType<typeof createDataVersions>;

/** What is stored belongs to a newer Konvert than this one. Nothing was changed. */
export class NewerDataError extends Error {
  readonly stored: number;

  constructor(stored: number, known: number) {
    const versions = `data version ${stored}, this one knows ${known}`;
    super(`A newer Konvert has written this data (${versions}): use that version, or restore a backup of before it`);
    this.name = 'NewerDataError';
    this.stored = stored;
  }
}

const KEY = { p: INSTALLATION, s: 'data' };

const itemSchema = z.object({ v: z.number() });

/** The version of the data, in an item of its own beside the installation secret. */
export function createDataVersions(deps: StoreDeps, version: number = DATA_VERSION) {
  const { client, cache } = deps;
  const table = tableName(deps, 'accounts');

  /** The version that is noted; 1 if none is. */
  async function stored(): Promise<number> {
    const { Item } = await client.send(new GetCommand({ TableName: table, Key: KEY, ConsistentRead: true }));
    return Item ? itemSchema.parse(Item).v : 1;
  }

  /** Throws `NewerDataError` if the data is newer than this version. Resolves to the version that is noted. */
  async function check(): Promise<number> {
    const found = await stored();
    if (found > version) throw new NewerDataError(found, version);
    return found;
  }

  const noted = cache.keep('data version', async () => {
    if ((await check()) === version) return true;
    const put = {
      TableName: table,
      Item: { ...KEY, v: version },
      ConditionExpression: 'attribute_not_exists(v) OR v < :v',
      ExpressionAttributeValues: { ':v': version },
    };
    // Another process was faster.
    if (!(await unlessRefused(client.send(new PutCommand(put))))) await check();
    return true;
  });

  /** Notes that this version has written here. Throws `NewerDataError` if a newer one has. A process looks once. */
  async function note(): Promise<void> {
    await noted();
  }

  return { stored, check, note };
}
