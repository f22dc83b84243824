import { randomUUID } from 'node:crypto';
import { parseArgs } from 'node:util';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { systemClock as clock } from '#clock';
import { createAccounts } from '#store/accounts/accounts';
import { newKey } from '#store/accounts/secret-key';
import { createDocumentClient, createStoreDeps } from '#store/dynamo/client';

const USAGE = `Usage: npm run konvert -- operator-key --table <SettingsTableName>
  The name is an output of the stack. Region and credentials are found as the AWS CLI finds them (AWS_REGION,
  AWS_PROFILE, AWS_ENDPOINT_URL, …).`;

/**
 * Makes a new operator key and prints it. Its hash replaces the previous key's in the named table. Returns the exit
 * code.
 */
export async function makeOperatorKey(words: readonly string[]): Promise<number> {
  const table = tableOf(words);
  if (table === undefined) {
    console.error(USAGE);
    return 2;
  }
  const client = createDocumentClient(new DynamoDBClient({}));
  const deps = createStoreDeps({ client, tables: { accounts: table }, clock, newId: randomUUID });
  const accounts = createAccounts(deps);
  const key = newKey();
  try {
    await accounts.setOperatorKey(key);
  } catch (error) {
    console.error(`The key was not stored: ${(error as Error).message}`);
    return 1;
  }
  console.error('The operator key, shown this once; a key before it ends within 10 seconds:');
  console.log(key);
  return 0;
}

function tableOf(words: readonly string[]): string | undefined {
  try {
    return parseArgs({ args: [...words].filter(Boolean), options: { table: { type: 'string' } } }).values.table;
  } catch {
    return undefined;
  }
}
