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

/** The record as `publish-events` gets it. The filter of that function looks at the kind. */
export function published({ record, image }: News): StreamRecord {
  const { kind } = image;
  return typeof kind === 'string'
    ? { ...record, dynamodb: { ...record.dynamodb, NewImage: { kind: { S: kind } } } }
    : record;
}
