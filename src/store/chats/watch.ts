import { GetCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod/mini';
import { type StoreDeps, tableName } from '#store/dynamo/client';
import type { News } from '#store/dynamo/stream';
import { updateIf } from '#store/dynamo/update-if';

/** A run of the watchdog that looked at everything. */
export interface GoodRun {
  /** When it began (epoch ms); 0 before the first. */
  readonly startedAt: number;
  /** The news that it could not follow up. The next run begins with them. */
  readonly left: readonly News[];
}

export type Watch = ReturnType<typeof createWatch>;

const WATCHDOG = { p: 'watchdog', s: '-' };

const itemSchema = z.object({
  lastGoodRun: z._default(z.number(), 0),
  left: z._default(z.array(z.object({ chatKey: z.string(), key: z.string(), kind: z.exactOptional(z.string()) })), []),
});

/** The last good run of the watchdog. */
export function createWatch(deps: StoreDeps) {
  const table = tableName(deps, 'accounts');

  /** The last run that looked at everything. */
  async function lastGoodRun(): Promise<GoodRun> {
    const { Item = {} } = await deps.client.send(new GetCommand({ TableName: table, Key: WATCHDOG }));
    const { lastGoodRun: startedAt, left } = itemSchema.parse(Item);
    return { startedAt, left };
  }

  /** Remembers a good run. */
  async function recordGoodRun({ startedAt, left }: GoodRun): Promise<void> {
    await deps.client.send(
      new UpdateCommand({
        TableName: table,
        Key: WATCHDOG,
        UpdateExpression: 'SET lastGoodRun = :at, #left = :left',
        ExpressionAttributeNames: { '#left': 'left' },
        ExpressionAttributeValues: { ':at': startedAt, ':left': left },
      }),
    );
  }

  /** Takes chats out of what could not be followed up. A run that is under way may note them again. */
  async function forget(isGone: (chatKey: string) => boolean): Promise<void> {
    const { left } = await lastGoodRun();
    if (!left.some(({ chatKey }) => isGone(chatKey))) return;
    await updateIf(deps.client, {
      TableName: table,
      Key: WATCHDOG,
      UpdateExpression: 'SET #left = :next',
      ConditionExpression: '#left = :left',
      ExpressionAttributeValues: { ':next': left.filter(({ chatKey }) => !isGone(chatKey)), ':left': left },
    });
  }

  return { lastGoodRun, recordGoodRun, forget };
}
