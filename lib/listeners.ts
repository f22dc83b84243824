import type { StreamId } from '#lib/tables';

/** How a queue gives out what is put into it. */
export interface QueueDefinition {
  /** How long a message waits before it is given out, unless its sender says otherwise. */
  readonly delaySeconds: number;
  /** When a message comes back whose function failed or died. No function of a queue may run longer. */
  readonly comesBackAfterSeconds: number;
  /** How many messages are given out at the same time. */
  readonly atOnce: number;
  /** Where a message goes that failed so often. Without it a message ends after an hour: a sweep sends it again. */
  readonly deadLetters?: { readonly name: string; readonly afterTries: number; readonly alarm: string };
}

/**
 * Every queue. A chat that could not be folded and a task that failed come back within the minute in which a new client
 * has to be given out or in a pool, whatever broke them off (ADR 17).
 */
export const queues = {
  /** Fifty at once leave room for webhooks when everything waits. */
  lanes: { delaySeconds: 0, comesBackAfterSeconds: 360, atOnce: 50 },
  tasks: { delaySeconds: 0, comesBackAfterSeconds: 40, atOnce: 10 },
  failedChats: {
    delaySeconds: 15,
    comesBackAfterSeconds: 40,
    atOnce: 2,
    // Ninety tries in an hour; then somebody has to look.
    deadLetters: {
      name: 'deadChats',
      afterTries: 90,
      alarm: 'Chats could not be folded for an hour: find out why, then move them back (redrive)',
    },
  },
} as const satisfies Record<string, QueueDefinition>;

/** The name of a queue. */
export type QueueName = keyof typeof queues;

/** What an image of a stream's record has to be like: an attribute with that text, or without that attribute. */
export type StreamFilter =
  | { readonly attribute: string; readonly equals: string }
  | { readonly attribute: string; readonly absent: true };

/** A function, and what starts it beside HTTP. */
export type Listener = {
  /** Its folder in `functions/`. */
  readonly function: string;
} & (
  | {
      /** Every new or changed item of that table. A stream has at most two readers. */
      readonly stream: StreamId;
      readonly filter?: StreamFilter;
    }
  | {
      /** Every message of that queue, one at a time, so that none fails because of another. */
      readonly queue: QueueName;
    }
  | {
      readonly everyMinutes: number;
      /** Not in `npm start`, whose bells are in a table and cannot be lost. */
      readonly deployedOnly?: true;
    }
);

/** Who listens to what. The stack, `npm start`, the scheduler and the benches are made from it. */
export const listeners = [
  { function: 'fold-chat', stream: 'messages' },
  { function: 'publish-events', stream: 'messages', filter: { attribute: 'kind', equals: 'reply' } },
  // An address that has a contact is followed up by the change that gave it one.
  { function: 'assign-contact', stream: 'addresses', filter: { attribute: 'contact', absent: true } },
  { function: 'deliver-message', queue: 'lanes' },
  { function: 'do-tasks', queue: 'tasks' },
  { function: 'retry-fold', queue: 'failedChats' },
  { function: 'sweep-lanes', everyMinutes: 1 },
  { function: 'watch-chats', everyMinutes: 24 * 60, deployedOnly: true },
] as const satisfies readonly Listener[];

/** A function that is started by something other than HTTP. */
export type ListenerName = (typeof listeners)[number]['function'];

/** A function that reads a stream. */
export interface Reader {
  readonly function: ListenerName;
  readonly stream: StreamId;
  readonly filter?: StreamFilter;
}

/** The readers of a table's stream, in the order of the list. */
export function readersOf(table: string): readonly Reader[] {
  return listeners.filter((listener) => 'stream' in listener).filter(({ stream }) => stream === table);
}

/** Whether a record with that image of an item passes the filter. */
export function passes(filter: StreamFilter | undefined, image: Readonly<Record<string, unknown>>): boolean {
  if (!filter) return true;
  if ('absent' in filter) return image[filter.attribute] === undefined;
  return image[filter.attribute] === filter.equals;
}
