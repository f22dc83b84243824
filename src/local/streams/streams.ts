import {
  BatchWriteCommand,
  DeleteCommand,
  PutCommand,
  TransactWriteCommand,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';
import { END_OF_KEYS } from '#domain/fact';
import type { KeyAttribute, Table } from '#lib/tables';
import type { DocumentClient } from '#store/dynamo/client';
import { isConditionFailure } from '#store/dynamo/errors';
import type { StreamEvent } from '#store/dynamo/stream';
import type { Bell, Bells, StreamKind } from './bells.ts';

type StreamRecord = StreamEvent['Records'][number];
type Item = Readonly<Record<string, unknown>>;

/** What withStreams needs beside the client: the tables by id, and where bells are kept and rung. */
export interface StreamsDeps {
  readonly client: DocumentClient;
  readonly tables: Readonly<Record<string, string>>;
  readonly definitions: Readonly<Record<string, Table>>;
  readonly bells: Pick<Bells, 'put' | 'remove'>;
  /** Called after the write. `unsure` where nobody knows whether it was or will be done: then the row has to stay. */
  readonly ring: (bell: Bell<StreamKind>, how?: { readonly unsure: boolean }) => void;
}

/** The tables with a consumer here, and which of their items it listens to, by sort key. */
const CONSUMED = { messages: (sortKey: unknown) => String(sortKey) < END_OF_KEYS, addresses: () => true };

/**
 * What DynamoDB Streams are in AWS: a document client that stores a bell before each write that somebody listens to,
 * and rings it after. One bell for each write, so that parallel writers of one item do not remove each other's.
 */
export function withStreams({ client, tables, definitions, bells, ring }: StreamsDeps): DocumentClient {
  const consumed = Object.entries(CONSUMED).map(([id, listens]) => ({
    id: id as StreamKind,
    name: tables[id],
    listens,
    ...definitions[id]!,
  }));
  const quiet = consumed.find(({ stream }) => !stream);
  if (quiet) throw new Error(`The table ${quiet.name} has a consumer and no stream`);

  function recordsOf(command: unknown): Map<StreamKind, StreamRecord[]> {
    const records = new Map<StreamKind, StreamRecord[]>();
    for (const { table, key, eventName } of writesOf(command)) {
      const found = consumed.find(({ name }) => name === table);
      if (!found?.listens(key[found.sort.name])) continue;
      const record = { eventName, dynamodb: { Keys: keysOf(key, [found.partition, found.sort]) } };
      records.set(found.id, [...(records.get(found.id) ?? []), record]);
    }
    return records;
  }

  async function send(command: never, options?: { abortSignal?: AbortSignal }): Promise<unknown> {
    const records = recordsOf(command);
    if (records.size === 0) return client.send(command, options);
    const rung = await Promise.all([...records].map(([kind, body]) => bells.put(kind, body, options?.abortSignal)));
    try {
      const answer = await client.send(command, options);
      for (const bell of rung) ring(bell);
      return answer;
    } catch (error) {
      for (const bell of rung) {
        if (wroteNothing(error)) bells.remove(bell);
        else ring(bell, { unsure: true });
      }
      throw error;
    }
  }

  return { send: send as DocumentClient['send'] };
}

/** An item that a command writes; the key may have more of the item in it. */
export interface Write {
  readonly table: string | undefined;
  readonly key: Item;
  readonly eventName: 'MODIFY' | 'REMOVE';
}

/** What a command writes, if it is done. */
export function writesOf(command: unknown): Write[] {
  if (command instanceof PutCommand) return [written(command.input.TableName, command.input.Item)];
  if (command instanceof UpdateCommand) return [written(command.input.TableName, command.input.Key)];
  if (command instanceof DeleteCommand) return [removed(command.input.TableName, command.input.Key)];
  if (command instanceof TransactWriteCommand) return (command.input.TransactItems ?? []).flatMap(ofTransaction);
  if (command instanceof BatchWriteCommand) return Object.entries(command.input.RequestItems ?? {}).flatMap(ofBatch);
  return [];
}

type Transaction = NonNullable<TransactWriteCommand['input']['TransactItems']>;
type Batch = NonNullable<BatchWriteCommand['input']['RequestItems']>;

function ofTransaction({ Put, Update, Delete }: Transaction[number]): Write[] {
  if (Put) return [written(Put.TableName, Put.Item)];
  if (Update) return [written(Update.TableName, Update.Key)];
  return Delete ? [removed(Delete.TableName, Delete.Key)] : [];
}

function ofBatch([table, requests]: [string, Batch[string]]): Write[] {
  return requests.map(({ PutRequest, DeleteRequest }) =>
    PutRequest ? written(table, PutRequest.Item) : removed(table, DeleteRequest?.Key),
  );
}

function written(table: string | undefined, key: Item = {}): Write {
  return { table, key, eventName: 'MODIFY' };
}

function removed(table: string | undefined, key: Item = {}): Write {
  return { table, key, eventName: 'REMOVE' };
}

/** Keys in the wire form in which a stream has them. */
function keysOf(key: Item, attributes: readonly KeyAttribute[]): Record<string, unknown> {
  return Object.fromEntries(attributes.map(({ name, type }) => [name, { [type]: String(key[name]) }]));
}

/**
 * A refused condition or a cancelled transaction. Any other error leaves open whether the write was done, and so does a
 * refusal of what the SDK had sent before: it may have been refused because of itself.
 */
function wroteNothing(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const refused = isConditionFailure(error) || error.name === 'TransactionCanceledException';
  const { attempts } = (error as { $metadata?: { attempts?: number } }).$metadata ?? {};
  return refused && (attempts ?? 1) === 1;
}
