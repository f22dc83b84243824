import { randomUUID } from 'node:crypto';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { systemClock as clock } from '#clock';
import { createAccounts } from '#store/accounts/accounts';
import { newKey } from '#store/accounts/secret-key';
import { createDocumentClient, createStoreDeps } from '#store/dynamo/client';
import { StepError } from '../terminal/errors.ts';

/**
 * Makes a new operator key and returns it. Its hash replaces the previous key's in that table, which the credentials of
 * the environment open. Throws a `StepError` if it could not be stored.
 */
export async function makeOperatorKey(table: string): Promise<string> {
  const client = createDocumentClient(new DynamoDBClient({}));
  const deps = createStoreDeps({ client, tables: { accounts: table }, clock, newId: randomUUID });
  const key = newKey();
  try {
    await createAccounts(deps).setOperatorKey(key);
  } catch (error) {
    throw new StepError(`The key was not stored: ${(error as Error).message}`);
  }
  return key;
}
