import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { DocumentClient } from '#store/dynamo/client';
import { createConnections } from './connections.ts';
import { errorOf, isWorthAnotherTry, withAttempts } from './engine-errors.ts';
import { marshalledInput, type Operation, operationOf, unmarshalledOutput } from './operations.ts';

/** A document client of the engine that this process has started. */
export interface EngineClient extends DocumentClient {
  /** Ends its connections. */
  destroy(): void;
}

interface Command {
  readonly input: Readonly<Record<string, unknown>>;
}

interface Options {
  readonly abortSignal?: AbortSignal;
}

const ATTEMPTS = 3;
const FIRST_DELAY_MS = 100;

/**
 * A client of the embedded engine only: it signs nothing, so any other server would refuse it. It takes the commands of
 * the SDK's document client, and answers and fails as that does; what it leaves out took half of the process's time
 * (ADR 37).
 */
export function createEngineClient(endpoint: string): EngineClient {
  const connections = createConnections(endpoint);

  async function send(command: Command, { abortSignal }: Options = {}): Promise<unknown> {
    const operation = operationOf(command);
    const body = JSON.stringify(marshalledInput(asSent(command.input, operation), operation));
    for (let attempt = 1; ; attempt += 1) {
      try {
        return unmarshalledOutput(await sendOnce(operation, body, abortSignal), operation);
      } catch (error) {
        if (attempt === ATTEMPTS || !isWorthAnotherTry(error)) throw withAttempts(error, attempt);
        await sleep(Math.random() * FIRST_DELAY_MS * 2 ** (attempt - 1));
      }
    }
  }

  async function sendOnce({ name }: Operation, body: string, signal: AbortSignal | undefined): Promise<unknown> {
    const answer = await connections.post(name, body, signal);
    if (answer.status !== 200) throw errorOf(answer);
    return JSON.parse(answer.body);
  }

  return { send: send as unknown as DocumentClient['send'], destroy: connections.destroy };
}

/** A transaction has a token, by which the engine knows another try of it. */
function asSent(input: Command['input'], { name }: Operation): Command['input'] {
  return name === 'TransactWriteItems' ? { ClientRequestToken: randomUUID(), ...input } : input;
}
