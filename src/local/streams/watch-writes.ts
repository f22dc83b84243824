import type { DocumentClient } from '#store/dynamo/client';
import { writesOf } from './streams.ts';

/** A document client that reports the key of every item of the table that was or may have been written. */
export function watchWrites(
  client: DocumentClient,
  table: string,
  tell: (key: Readonly<Record<string, unknown>>) => void,
): DocumentClient {
  async function send(command: never, options?: { abortSignal?: AbortSignal }): Promise<unknown> {
    try {
      return await client.send(command, options);
    } finally {
      for (const write of writesOf(command)) if (write.table === table) tell(write.key);
    }
  }

  return { send: send as DocumentClient['send'] };
}
