import { GetCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { type StoreDeps, tableName } from '#store/dynamo/client';

export type Watch = ReturnType<typeof createWatch>;

const WATCHDOG = { p: 'watchdog', s: '-' };

/** The last good run of the watchdog. */
export function createWatch(deps: StoreDeps) {
  const table = tableName(deps, 'accounts');

  /** The start of the last run in which every fold was good (epoch ms); 0 before the first. */
  async function lastGoodRun(): Promise<number> {
    const { Item } = await deps.client.send(new GetCommand({ TableName: table, Key: WATCHDOG }));
    return Number(Item?.lastGoodRun ?? 0);
  }

  /** Remembers the start of a good run. */
  async function recordGoodRun(startedAt: number): Promise<void> {
    await deps.client.send(
      new UpdateCommand({
        TableName: table,
        Key: WATCHDOG,
        UpdateExpression: 'SET lastGoodRun = :at',
        ExpressionAttributeValues: { ':at': startedAt },
      }),
    );
  }

  return { lastGoodRun, recordGoodRun };
}
