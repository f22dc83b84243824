import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { createEngineClient } from '#local/engine/engine-client';
import { createLocalClient } from '#local/engine/local-client';
import { createDocumentClient, type DocumentClient } from '#store/dynamo/client';

/** Both clients of a running engine. */
export interface BothClients {
  /** The client that makes tables. */
  readonly database: DynamoDBClient;
  /** A client that sends its commands in turn with the SDK and with the client of `npm start`. */
  readonly documents: DocumentClient;
  destroy(): void;
}

/** Opens the SDK's client and that of `npm start`, so that one run of a suite proves both. */
export function openBothClients(endpoint: string): BothClients {
  const database = createLocalClient(endpoint);
  const own = createEngineClient(endpoint);
  const inTurn: readonly DocumentClient[] = [own, createDocumentClient(database)];
  let sent = 0;
  const send = (command: never, options?: { abortSignal?: AbortSignal }) => {
    sent += 1;
    return inTurn[sent % inTurn.length]!.send(command, options);
  };
  return {
    database,
    documents: { send: send as DocumentClient['send'] },
    destroy() {
      own.destroy();
      database.destroy();
    },
  };
}
