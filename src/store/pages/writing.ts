import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { type StoreDeps, tableName } from '#store/dynamo/client';
import { unlessRefused } from '#store/dynamo/errors';

export type Writing = ReturnType<typeof createWriting>;

/** Colleagues are told no more often that somebody writes in a chat. */
const ONCE_IN_MS = 3_000;

/** Who writes in which chat. */
export function createWriting(deps: StoreDeps) {
  const { client, clock } = deps;
  const table = tableName(deps, 'pages');

  /** Notes that the user writes in the chat. False if that was noted less than three seconds ago, by any process. */
  async function note(account: string, userId: string, chatKey: string): Promise<boolean> {
    const at = clock.now();
    return unlessRefused(
      client.send(
        new PutCommand({
          TableName: table,
          Item: { p: `writing#${account}#${userId}`, s: chatKey, at, ttl: Math.ceil((at + ONCE_IN_MS) / 1_000) },
          ConditionExpression: 'attribute_not_exists(p) OR #at <= :before',
          ExpressionAttributeNames: { '#at': 'at' },
          ExpressionAttributeValues: { ':before': at - ONCE_IN_MS },
        }),
      ),
    );
  }

  return { note };
}
