import { GetCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { type StoreDeps, tableName } from '#store/dynamo/client';

export type Watch = ReturnType<typeof createWatch>;

const WATCHDOG = { p: 'watchdog', s: '-' };

/** What the watchdog remembers. */
export function createWatch(deps: StoreDeps) {
  const table = tableName(deps, 'accounts');

  /** When the last run began in which every fold was good (epoch ms); 0 before the first. */
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
