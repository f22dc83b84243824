import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { DataFolder } from '#local/data-folder';
import { startEngine } from '#local/engine/engine';
import { createEngineClient } from '#local/engine/engine-client';
import { createLocalClient, expectAnswer } from '#local/engine/local-client';
import { endSurvivor } from '#local/engine/survivor';
import type { StartOptions } from '#local/start-options';
import { createDocumentClient, type DocumentClient } from '#store/dynamo/client';
import type { OnEnd } from './undo.ts';

/** The database of this run. */
export interface Database {
  /** The client that makes tables. */
  readonly client: DynamoDBClient;
  /** The client that the store works with. */
  readonly documents: DocumentClient;
  /** Resolves with the exit code when the database ends by itself, after a line on the terminal. */
  readonly ended: Promise<1>;
}

/** Opens the engine that the options name, or starts the embedded one on the folder's file. */
export async function openDatabase(
  { dynamodbEndpoint }: StartOptions,
  folder: DataFolder,
  onEnd: OnEnd,
): Promise<Database> {
  if (dynamodbEndpoint !== undefined) {
    await expectAnswer(dynamodbEndpoint);
    const client = createLocalClient(dynamodbEndpoint);
    return { client, documents: createDocumentClient(client), ended: new Promise(() => {}) };
  }
  const [file, pidFile] = [folder.file('konvert.db'), folder.file('engine.pid')];
  if (await endSurvivor(pidFile, file)) console.log('Ended the database of a Konvert that was killed');
  const engine = await startEngine({ file, pidFile, logFile: folder.file('engine.log') });
  let stopping = false;
  onEnd(() => {
    stopping = true;
    return engine.stop();
  });
  const ended = new Promise<1>((resolve) => {
    void engine.ended.then((reason) => {
      if (stopping) return;
      console.error(`The database ended (${reason}; see ${folder.file('engine.log')}). Start Konvert again`);
      resolve(1);
    });
  });
  return { client: createLocalClient(engine.endpoint), documents: createEngineClient(engine.endpoint), ended };
}
