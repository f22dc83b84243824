import { UpdateCommand, type UpdateCommandInput } from '@aws-sdk/lib-dynamodb';
import type { DocumentClient } from '#store/dynamo/client';
import { unlessRefused } from '#store/dynamo/errors';
import { pastTransactions } from '#store/dynamo/past-transactions';

/** An update and its condition. `#name` in either stands for the attribute of that name. */
export interface ConditionalUpdate
  extends Pick<UpdateCommandInput, 'TableName' | 'Key' | 'UpdateExpression' | 'ExpressionAttributeValues'> {
  readonly ConditionExpression: string;
}

/** Updates the item if the condition holds; false if it does not. */
export function updateIf(
  client: DocumentClient,
  update: ConditionalUpdate,
  options?: { readonly abortSignal: AbortSignal },
): Promise<boolean> {
  const expressions = `${update.UpdateExpression} ${update.ConditionExpression}`;
  const names = [...expressions.matchAll(/#(\w+)/g)].map(([placeholder, name]) => [placeholder, name]);
  const ExpressionAttributeNames = names.length > 0 ? Object.fromEntries(names) : undefined;
  return unlessRefused(
    pastTransactions(() => client.send(new UpdateCommand({ ...update, ExpressionAttributeNames }), options)),
  );
}
