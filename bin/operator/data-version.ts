import { randomUUID } from 'node:crypto';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { systemClock as clock } from '#clock';
import { createDataVersions, DATA_VERSION } from '#store/accounts/data-version';
import { createDocumentClient, createStoreDeps } from '#store/dynamo/client';
import { StepError } from '../terminal/errors.ts';

/**
 * The version of the data in the tables of a deployment, by the credentials of the environment. Throws a `StepError` if
 * it is newer than this Konvert, or cannot be read.
 */
export async function readDataVersion(table: string): Promise<{ stored: number; known: number }> {
  const client = createDocumentClient(new DynamoDBClient({}));
  const versions = createDataVersions(
    createStoreDeps({ client, tables: { accounts: table }, clock, newId: randomUUID }),
  );
  try {
    return { stored: await versions.check(), known: DATA_VERSION };
  } catch (error) {
    throw new StepError((error as Error).message);
  }
}
