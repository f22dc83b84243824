import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { EngineError } from '#local/errors';

const ATTEMPTS = 3;
const CONNECT_MS = 2_000;
/** Much shorter than `OLD_MS` in `pump.ts`, so a write has succeeded or failed long before its bell counts as old. */
const REQUEST_MS = 5_000;
const SOCKETS = 64;
const SILENT = { debug() {}, info() {}, warn() {}, error() {} };

/** A client of an engine on this machine or near it. Such an engine accepts any credentials and any region. */
export function createLocalClient(endpoint: string): DynamoDBClient {
  return new DynamoDBClient({
    endpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    maxAttempts: ATTEMPTS,
    requestHandler: {
      connectionTimeout: CONNECT_MS,
      requestTimeout: REQUEST_MS,
      throwOnRequestTimeout: true,
      httpAgent: { keepAlive: true, maxSockets: SOCKETS },
      // Under load, requests are meant to wait for a socket. The SDK's warnings about it would fill the terminal.
      logger: SILENT,
    },
  });
}

/** Throws an `EngineError` that names the address if nothing answers there. */
export async function expectAnswer(endpoint: string): Promise<void> {
  try {
    await (await fetch(endpoint, { signal: AbortSignal.timeout(REQUEST_MS) })).arrayBuffer();
  } catch (cause) {
    throw new EngineError(`Nothing answers at DYNAMODB_ENDPOINT ${endpoint}`, { cause });
  }
}
