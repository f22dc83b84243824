import {
  DeleteCommand,
  PutCommand,
  TransactWriteCommand,
  type TransactWriteCommandInput,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';
import type { DocumentClient } from '#store/dynamo/client';
import { conditionReasons, isConditionFailure, isOvertaken } from '#store/dynamo/errors';
import { TRIES } from '#store/dynamo/past-transactions';

/** One write of a transaction. */
export type Write = NonNullable<TransactWriteCommandInput['TransactItems']>[number];

/**
 * The most writes of one transaction:
 * https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_TransactWriteItems.html
 */
export const MOST_WRITES = 100;

/** Writes all or nothing. False if another writer was faster: read again, and decide again. */
export async function transact(
  client: DocumentClient,
  writes: readonly Write[],
  abortSignal?: AbortSignal,
): Promise<boolean> {
  if (writes.length === 0) return true;
  try {
    await client.send(commandOf(writes) as never, abortSignal && { abortSignal });
    return true;
  } catch (error) {
    if (isOvertaken(error)) return false;
    throw error;
  }
}

/** Writes all or nothing. False if the condition of one of the writes does not hold. */
export async function writeIf(client: DocumentClient, writes: readonly Write[]): Promise<boolean> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      await client.send(commandOf(writes) as never);
      return true;
    } catch (error) {
      if (isConditionFailure(error) || conditionReasons(error)) return false;
      if (!isOvertaken(error) || attempt === TRIES) throw error;
    }
  }
}

/** One write alone is sent without a transaction, which would cost twice as much. */
function commandOf(writes: readonly Write[]) {
  const [{ Put, Update, Delete } = {}, ...more] = writes;
  if (more.length > 0) return new TransactWriteCommand({ TransactItems: [...writes] });
  if (Put) return new PutCommand(Put);
  if (Update) return new UpdateCommand(Update as UpdateCommand['input']);
  if (Delete) return new DeleteCommand(Delete);
  throw new Error('A check alone is no write');
}

/**
 * The condition that the item's attribute `version` is still what was loaded. 0 or undefined: the item was not there.
 */
export function ifStill(version: string, loaded: number | string | undefined): Condition {
  if (!loaded) return { ConditionExpression: `attribute_not_exists(${version})` };
  return { ConditionExpression: `${version} = :loaded`, ExpressionAttributeValues: { ':loaded': loaded } };
}

interface Condition {
  readonly ConditionExpression: string;
  readonly ExpressionAttributeValues?: Record<string, unknown>;
}

/**
 * An update that sets attributes by name, and removes those that are `undefined`, on the condition. Names and values
 * are `#name` and `:name`.
 */
export function setting(attributes: Readonly<Record<string, unknown>>, condition?: Condition) {
  const names = Object.keys(attributes);
  const set = names.filter((name) => attributes[name] !== undefined);
  const gone = names.filter((name) => attributes[name] === undefined);
  return {
    UpdateExpression: [
      `SET ${set.map((name) => `#${name} = :${name}`).join(', ')}`,
      ...(gone.length > 0 ? [`REMOVE ${gone.map((name) => `#${name}`).join(', ')}`] : []),
    ].join(' '),
    ExpressionAttributeNames: Object.fromEntries(names.map((name) => [`#${name}`, name])),
    ...condition,
    ExpressionAttributeValues: {
      ...Object.fromEntries(set.map((name) => [`:${name}`, attributes[name]])),
      ...condition?.ExpressionAttributeValues,
    },
  };
}
