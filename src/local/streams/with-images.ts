import { isDeepStrictEqual } from 'node:util';
import { listeners } from '#lib/listeners';
import type { StreamId, Table } from '#lib/tables';
import { marshalled } from '#local/engine/attributes';
import { describeError, type Log } from '#log';
import { batchGet } from '#store/dynamo/batch-get';
import type { DocumentClient } from '#store/dynamo/client';
import type { StreamEvent } from '#store/dynamo/stream';
import { writesOf, wroteNothing } from './streams.ts';

type Item = Readonly<Record<string, unknown>>;

/** What `withImages` is built from: a client, the tables by id, and who is told. */
export interface ImagesDeps {
  readonly client: DocumentClient;
  readonly tables: Readonly<Record<string, string>>;
  readonly definitions: Readonly<Record<string, Table>>;
  /** Whether anybody wants to know now. If not, a write costs nothing more. */
  readonly isHeard: () => boolean;
  /** Called after a write with what it changed. */
  readonly tell: (kind: StreamId, records: StreamEvent['Records']) => void;
  readonly log: Log;
}

/**
 * Takes the place of DynamoDB Streams for readers that may lose a record: a document client that reads the items before
 * and after a write, and tells both images. No bell is stored, so a crash loses what was not told yet.
 *
 * The old image is exact: each write of a chat is on the condition that its version is still the one that was loaded, so
 * what is read between the two is the version that the write replaces.
 */
export function withImages({ client, tables, definitions, isHeard, tell, log }: ImagesDeps): DocumentClient {
  const lossy = listeners.flatMap((listener) => ('stream' in listener && 'lossy' in listener ? [listener.stream] : []));
  const heard = [...new Set<StreamId>(lossy)].map((id) => ({ id, name: tables[id], ...definitions[id]! }));

  /** The keys that the command writes in each of the tables that are heard. */
  function keysIn(command: unknown) {
    const writes = writesOf(command);
    return heard.flatMap(({ id, name, partition, sort }) => {
      const keys = writes
        .filter(({ table }) => table === name)
        .map(({ key }) => ({ [partition.name]: key[partition.name], [sort.name]: key[sort.name] }));
      return keys.length > 0 ? [{ id, name: name!, keys }] : [];
    });
  }

  async function imagesOf({ name, keys }: { readonly name: string; readonly keys: readonly Item[] }) {
    const items = await batchGet(client, name, keys);
    return keys.map((key) => items.find((item) => isDeepStrictEqual({ ...item, ...key }, item)));
  }

  async function send(command: never, options?: { abortSignal?: AbortSignal }): Promise<unknown> {
    const written = isHeard() ? keysIn(command) : [];
    if (written.length === 0) return client.send(command, options);
    const before = await Promise.all(written.map(imagesOf));
    const tellAll = () => {
      for (const [index, one] of written.entries()) void tellAfter(one, before[index]!);
    };
    try {
      const answer = await client.send(command, options);
      tellAll();
      return answer;
    } catch (error) {
      // Any other error may come after a write that happened.
      if (!wroteNothing(error)) tellAll();
      throw error;
    }
  }

  async function tellAfter(
    { id, name, keys }: ReturnType<typeof keysIn>[number],
    before: readonly (Item | undefined)[],
  ): Promise<void> {
    try {
      const after = await imagesOf({ name, keys });
      const records = keys.flatMap((key, index) => {
        const [old, now] = [before[index], after[index]];
        if (isDeepStrictEqual(old, now)) return [];
        const images = { ...(now && { NewImage: marshalled(now) }), ...(old && { OldImage: marshalled(old) }) };
        const eventName = !now ? 'REMOVE' : old ? 'MODIFY' : 'INSERT';
        return [{ eventName, dynamodb: { Keys: marshalled(key), ...images } }];
      });
      if (records.length > 0) tell(id, records);
    } catch (error) {
      log({ stream: id, outcome: 'lost', ...describeError(error) });
    }
  }

  return { send: send as DocumentClient['send'] };
}
