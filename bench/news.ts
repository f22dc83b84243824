import { GetCommand } from '@aws-sdk/lib-dynamodb';
import type { StreamId } from '#lib/tables';
import type { DocumentClient } from '#store/dynamo/client';
import type { StreamEvent } from '#store/dynamo/stream';

/** A record as a reader of a stream gets it. */
export type StreamRecord = StreamEvent['Records'][number];

/** A record of a stream, with the item that was written: in AWS the filters of readers look into it. */
export interface News {
  readonly table: StreamId;
  readonly record: StreamRecord;
  readonly image: Readonly<Record<string, unknown>>;
}

/** The news with the item as it is now. */
export async function withImage(plain: DocumentClient, { table, record }: Omit<News, 'image'>): Promise<News> {
  const keys = Object.entries(record.dynamodb?.Keys ?? {}) as [string, { S: string }][];
  const Key = Object.fromEntries(keys.map(([name, { S }]) => [name, S]));
  const { Item = {} } = await plain.send(new GetCommand({ TableName: table, Key, ConsistentRead: true }));
  return { table, record, image: Item };
}

/** The record as `publish-events` gets it: with the parts of the item that the function and its filter look at. */
export function published({ record, image }: News): StreamRecord {
  const { kind, content } = image;
  if (typeof kind !== 'string') return record;
  const { file } = (content as { media?: { file?: string } } | undefined)?.media ?? {};
  const withFile = file !== undefined && { content: { M: { media: { M: { file: { S: file } } } } } };
  return { ...record, dynamodb: { ...record.dynamodb, NewImage: { kind: { S: kind }, ...withFile } } };
}
