import { DeleteCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { chatHashOf } from '#domain/message-id';
import { type StoreDeps, tableName } from '#store/dynamo/client';
import { pastTransactions } from '#store/dynamo/past-transactions';

/** Takes chats out of every list: the row, those of its further viewers, and the way from message ids. */
export function createEraseRows(deps: StoreDeps) {
  const { client } = deps;
  const table = tableName(deps, 'chats');

  /** Takes the chat away, whatever it is now. False if there was none. A fold that is under way begins again. */
  async function remove(chatKey: string): Promise<boolean> {
    const { Items = [] } = await client.send(
      new QueryCommand({
        TableName: table,
        KeyConditionExpression: 'c = :chat',
        ExpressionAttributeValues: { ':chat': chatKey },
        ProjectionExpression: 'c, s',
        ConsistentRead: true,
      }),
    );
    // The chat itself goes first: rows of viewers beside a chat that is not there are shown to nobody.
    const rows = Items.toSorted((one, other) => (String(one.s) < String(other.s) ? -1 : 1));
    for (const { c, s } of [...rows, { c: `m#${chatHashOf(chatKey)}`, s: chatKey }]) {
      await pastTransactions(() => client.send(new DeleteCommand({ TableName: table, Key: { c, s } })));
    }
    return rows.length > 0;
  }

  return { remove };
}
