import { type ListenerName, listeners, passes, type QueueName, queues, readersOf } from '#lib/listeners';
import type { TableId } from '#lib/tables';
import { tables } from '#lib/tables';
import { marshalled } from '#local/engine/attributes';
import type { WriteRecord } from './memory-dynamo.ts';

/** A message in a queue. It is not delivered before `at` (by the scheduler's clock). */
export interface Message {
  readonly queue: QueueName;
  readonly body: string;
  readonly at?: number;
}

/** A bell that a function will get: a write of a table that it reads, or a message of its queue. */
export type Bell = {
  readonly function: ListenerName;
  readonly at?: number;
} & ({ readonly record: WriteRecord } | { readonly queue: QueueName; readonly body: string });

/**
 * The bells of a write: one for each reader of the table with a filter that lets the record pass. Readers that may lose
 * a record have bells of their own, because they are no part of what is proved of the others.
 */
export function bellsOfWrite(record: WriteRecord, { lossy = false } = {}): Bell[] {
  const { tableId, newImage } = record;
  const readers = readersOf(tableId).filter((reader) => (reader.lossy ?? false) === lossy);
  const reached = readers.filter(({ filters }) => newImage === undefined || passes(filters, newImage));
  return reached.map((reader) => ({ function: reader.function, record }));
}

/** The bell of a message. */
export function bellOfMessage(message: Message): Bell {
  const listener = listeners.find((one) => 'queue' in one && one.queue === message.queue);
  if (!listener) throw new Error(`Nobody listens to the queue "${message.queue}"`);
  return { function: listener.function, ...message };
}

/** The delay of a message that was sent without one (ms). */
export function delayOf(queue: QueueName): number {
  return queues[queue].delaySeconds * 1_000;
}

/** The time after which a message comes back if its function failed (ms). */
export function comesBackAfter(queue: QueueName): number {
  return queues[queue].comesBackAfterSeconds * 1_000;
}

/** The event in which AWS delivers those bells to their function. */
export function eventOf(bells: readonly Bell[]): { readonly Records: readonly object[] } {
  return { Records: bells.map((bell) => ('record' in bell ? streamRecord(bell.record) : { body: bell.body })) };
}

function streamRecord({ tableId, oldImage, newImage }: WriteRecord) {
  const image = newImage ?? oldImage ?? {};
  const { partition, sort } = tables[tableId as TableId];
  const Keys = { [partition.name]: { S: image[partition.name] }, [sort.name]: { S: image[sort.name] } };
  const images = {
    ...(oldImage && { OldImage: marshalled(oldImage) }),
    ...(newImage && { NewImage: marshalled(newImage) }),
  };
  return { eventName: newImage ? 'MODIFY' : 'REMOVE', dynamodb: { Keys, ...images } };
}
