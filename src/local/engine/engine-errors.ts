import * as sdk from '@aws-sdk/client-dynamodb';
import { DynamoDBServiceException } from '@aws-sdk/client-dynamodb';
import type { EngineAnswer } from './connection.ts';

type ErrorKind = new (fields: { message: string; $metadata: object }) => DynamoDBServiceException;

const known = sdk as unknown as Readonly<Record<string, ErrorKind | undefined>>;

/** Errors of the service that pass. */
const PASSING = new Set([
  'InternalServerError',
  'ProvisionedThroughputExceededException',
  'RequestLimitExceeded',
  'ThrottlingException',
  'TransactionInProgressException',
]);
/** Errors of a connection that is no more. */
const BROKEN = new Set(['ECONNRESET', 'ECONNREFUSED', 'EPIPE', 'ETIMEDOUT']);

/**
 * The error of the SDK that the engine's refusal stands for, with its fields. The items in it stay in the wire form, as
 * the SDK leaves them.
 */
export function errorOf({ status, body }: EngineAnswer): Error {
  const { __type = '', message, Message, ...fields } = parse(body);
  const name = String(__type).replace(/^.*#/, '');
  const Kind = known[name];
  const $metadata = { httpStatusCode: status };
  const told = { message: String(message ?? Message ?? 'UnknownError'), $metadata };
  const error =
    Kind?.prototype instanceof DynamoDBServiceException
      ? new Kind(told)
      : new DynamoDBServiceException({ ...told, name, $fault: status < 500 ? 'client' : 'server' });
  return Object.assign(error, fields);
}

/** Nothing if the answer is not JSON. */
function parse(body: string): Record<string, unknown> {
  try {
    return JSON.parse(body);
  } catch {
    return {};
  }
}

/** Whether the same command may succeed soon. */
export function isWorthAnotherTry(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if (error instanceof DynamoDBServiceException) {
    return PASSING.has(error.name) || (error.$metadata.httpStatusCode ?? 0) >= 500;
  }
  return error.name === 'TimeoutError' || BROKEN.has((error as NodeJS.ErrnoException).code ?? '');
}

/** The error, which also says how often the command was sent. `streams.ts` must know whether it was once. */
export function withAttempts(error: unknown, attempts: number): unknown {
  if (!(error instanceof Error)) return error;
  const { $metadata } = error as { $metadata?: object };
  return Object.assign(error, { $metadata: { ...$metadata, attempts } });
}
