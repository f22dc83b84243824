import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { EngineError } from '#local/errors';

const ATTEMPTS = 3;
const CONNECT_MS = 2_000;
/** A write is decided long before its bell is old: `OLD_MS` in `pump.ts`. */
const REQUEST_MS = 5_000;
const SOCKETS = 64;
const SILENT = { debug() {}, info() {}, warn() {}, error() {} };

/** A client of an engine on this machine or near it: any credentials and region will do there. */
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
      // Under load requests wait for a socket, as they should; the terminal is for people.
      logger: SILENT,
    },
  });
}

/** Throws an `EngineError` that names the address where nothing answers there. */
export async function expectAnswer(endpoint: string): Promise<void> {
  try {
    await (await fetch(endpoint, { signal: AbortSignal.timeout(REQUEST_MS) })).arrayBuffer();
  } catch (cause) {
    throw new EngineError(`Nothing answers at DYNAMODB_ENDPOINT ${endpoint}`, { cause });
  }
}
