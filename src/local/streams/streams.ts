import {
  BatchWriteCommand,
  DeleteCommand,
  PutCommand,
  TransactWriteCommand,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';
import { END_OF_KEYS } from '#domain/fact';
import { listeners } from '#lib/listeners';
import type { KeyAttribute, StreamId, Table } from '#lib/tables';
import type { DocumentClient } from '#store/dynamo/client';
import { isConditionFailure } from '#store/dynamo/errors';
import type { StreamEvent } from '#store/dynamo/stream';
import type { Bell, BellRows } from './bell-rows.ts';

type StreamRecord = StreamEvent['Records'][number];
type Item = Readonly<Record<string, unknown>>;

/** What `withStreams` is built from: a client, the tables by id, and what stores and rings bells. */
export interface StreamsDeps {
  readonly client: DocumentClient;
  readonly tables: Readonly<Record<string, string>>;
  readonly definitions: Readonly<Record<string, Table>>;
  readonly rows: Pick<BellRows, 'put' | 'remove'>;
  /** Called after the write. `unsure` if the write may have happened or may still happen; the row has to stay then. */
  readonly ring: (bell: Bell<StreamId>, how?: { readonly unsure: boolean }) => void;
}

/**
 * Of `messages` facts are news, and beside them what sets `changedAt` (`newsOfChats`) or a status (`newsOfMessages`).
 * A bell costs two writes here, so other items get none.
 */
const IS_NEWS: { readonly [Id in StreamId]?: (sortKey: unknown, write: Write) => boolean } = {
  messages: (sortKey, { setsChangedAt, setsStatus }) => setsChangedAt || setsStatus || String(sortKey) < END_OF_KEYS,
};

/**
 * Takes the place of DynamoDB Streams: a document client that stores a bell before each write that has a reader, and
 * rings it after the write. Each write has a bell of its own, so parallel writers of one item do not answer each
 * other's.
 */
export function withStreams({ client, tables, definitions, rows, ring }: StreamsDeps): DocumentClient {
  // What may lose records needs no bell: `with-images.ts` tells it.
  const lasting = listeners.filter((listener) => 'stream' in listener && !('lossy' in listener));
  const read = [...new Set(lasting.flatMap((listener) => ('stream' in listener ? [listener.stream] : [])))];
  const consumed = read.map((id) => ({ id, name: tables[id], isNews: IS_NEWS[id], ...definitions[id]! }));

  function recordsOf(command: unknown): Map<StreamId, StreamRecord[]> {
    const records = new Map<StreamId, StreamRecord[]>();
    for (const write of writesOf(command)) {
      const { table, key, eventName } = write;
      const found = consumed.find(({ name }) => name === table);
      if (!found || found.isNews?.(key[found.sort.name], write) === false) continue;
      const NewImage = imageOf(write);
      const record = {
        eventName,
        dynamodb: { Keys: keysOf(key, [found.partition, found.sort]), ...(NewImage && { NewImage }) },
      };
      records.set(found.id, [...(records.get(found.id) ?? []), record]);
    }
    return records;
  }

  async function send(command: never, options?: { abortSignal?: AbortSignal }): Promise<unknown> {
    const records = recordsOf(command);
    if (records.size === 0) return client.send(command, options);
    const rung = await Promise.all([...records].map(([kind, body]) => rows.put(kind, body, options?.abortSignal)));
    try {
      const answer = await client.send(command, options);
      for (const bell of rung) ring(bell);
      return answer;
    } catch (error) {
      for (const bell of rung) {
        if (wroteNothing(error)) rows.remove(bell);
        else ring(bell, { unsure: true });
      }
      throw error;
    }
  }

  return { send: send as DocumentClient['send'] };
}

/** An item that a command writes. `key` may hold further attributes of the item. */
export interface Write {
  readonly table: string | undefined;
  readonly key: Item;
  readonly eventName: 'MODIFY' | 'REMOVE';
  /** Whether it sets `changedAt`, as every write to `messages` that rings the fold. */
  readonly setsChangedAt: boolean;
  /** Whether it sets the status of a reply, which rings no fold. */
  readonly setsStatus: boolean;
  /** Whether it sets that a message failed. */
  readonly setsFailed: boolean;
  /** The item, if it is put whole. */
  readonly put?: Item;
}

/** The items that a command writes if it succeeds. */
export function writesOf(command: unknown): Write[] {
  if (command instanceof PutCommand) return [written(command.input.TableName, command.input.Item)];
  if (command instanceof UpdateCommand) return [updated(command.input)];
  if (command instanceof DeleteCommand) return [removed(command.input.TableName, command.input.Key)];
  if (command instanceof TransactWriteCommand) return (command.input.TransactItems ?? []).flatMap(ofTransaction);
  if (command instanceof BatchWriteCommand) return Object.entries(command.input.RequestItems ?? {}).flatMap(ofBatch);
  return [];
}

type Transaction = NonNullable<TransactWriteCommand['input']['TransactItems']>;
type Update = Pick<UpdateCommand['input'], 'TableName' | 'Key' | 'UpdateExpression'>;
type Batch = NonNullable<BatchWriteCommand['input']['RequestItems']>;

function ofTransaction({ Put, Update, Delete }: Transaction[number]): Write[] {
  if (Put) return [written(Put.TableName, Put.Item)];
  if (Update) return [updated(Update)];
  return Delete ? [removed(Delete.TableName, Delete.Key)] : [];
}

function ofBatch([table, requests]: [string, Batch[string]]): Write[] {
  return requests.map(({ PutRequest, DeleteRequest }) =>
    PutRequest ? written(table, PutRequest.Item) : removed(table, DeleteRequest?.Key),
  );
}

function written(table: string | undefined, item: Item = {}): Write {
  const sets = { setsChangedAt: 'changedAt' in item, setsStatus: 'statusAt' in item, setsFailed: false };
  return { table, key: item, eventName: 'MODIFY', ...sets, put: item };
}

function updated({ TableName, Key = {}, UpdateExpression = '' }: Update): Write {
  // A name stands in the expression as it is, or with `#` before it.
  const sets = {
    setsChangedAt: /\bchangedAt =/.test(UpdateExpression),
    setsStatus: /\bstatusAt =/.test(UpdateExpression),
    setsFailed: /\bfailed =/.test(UpdateExpression),
  };
  return { table: TableName, key: Key, eventName: 'MODIFY', ...sets };
}

function removed(table: string | undefined, key: Item = {}): Write {
  return { table, key, eventName: 'REMOVE', setsChangedAt: false, setsStatus: false, setsFailed: false };
}

/**
 * What readers look at before they read an item: the kind of a fact, that of its content, whether it has a file and
 * whether it is imported, in the wire form of a stream. Only a put tells them. Of an update that sets a status and
 * nothing else, that it does, and whether the message failed.
 */
function imageOf({ put, setsStatus, setsFailed, setsChangedAt }: Write): Item | undefined {
  if (setsStatus && !setsChangedAt) return { statusAt: { N: '0' }, ...(setsFailed && { failed: { M: {} } }) };
  const { kind, content, history } = put ?? {};
  if (typeof kind !== 'string') return undefined;
  const {
    kind: contentKind,
    media,
    furtherMedia,
  } = (content ?? {}) as {
    readonly kind?: unknown;
    readonly media?: object;
    readonly furtherMedia?: object;
  };
  const told = {
    ...(typeof contentKind === 'string' && { kind: { S: contentKind } }),
    ...(((media && 'file' in media) || furtherMedia) && { media: { M: { file: { S: '-' } } } }),
  };
  return {
    kind: { S: kind },
    ...(Object.keys(told).length > 0 && { content: { M: told } }),
    ...(history === true && { history: { BOOL: true } }),
  };
}

/** Keys in the wire form of a stream. */
function keysOf(key: Item, attributes: readonly KeyAttribute[]): Record<string, unknown> {
  return Object.fromEntries(attributes.map(({ name, type }) => [name, { [type]: String(key[name]) }]));
}

/**
 * Whether the write certainly did not happen: a refused condition or a cancelled transaction, at the first attempt.
 * After any other error it may have happened. After a refused retry of the SDK it may have happened too, because the
 * first attempt may have caused the refusal.
 */
export function wroteNothing(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const refused = isConditionFailure(error) || error.name === 'TransactionCanceledException';
  const { attempts } = (error as { $metadata?: { attempts?: number } }).$metadata ?? {};
  return refused && (attempts ?? 1) === 1;
}
