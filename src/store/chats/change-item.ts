import { type StoreDeps, tableName } from '#store/dynamo/client';
import { updateIf } from '#store/dynamo/update-if';

/**
 * Changes an item of `messages`, by its chat and sort key, if the condition holds. `#name` stands for the attribute of
 * that name.
 */
export type ChangeItem = (
  chatKey: string,
  sortKey: string,
  UpdateExpression: string,
  ConditionExpression: string,
  ExpressionAttributeValues: Readonly<Record<string, unknown>>,
) => Promise<void>;

/** Makes `changeItem`, for facts and for what became of messages. */
export function createChangeItem(deps: StoreDeps): ChangeItem {
  const table = tableName(deps, 'messages');
  return async function changeItem(c, k, UpdateExpression, ConditionExpression, values) {
    const update = { UpdateExpression, ConditionExpression, ExpressionAttributeValues: { ...values } };
    await updateIf(deps.client, { TableName: table, Key: { c, k }, ...update });
  };
}
