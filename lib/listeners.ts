import type { StreamId } from '#lib/tables';

/** How a queue hands out its messages. */
export interface QueueDefinition {
  /** How long a message waits before it is handed out, unless its sender says otherwise. */
  readonly delaySeconds: number;
  /** How soon a message comes back after its function failed or died. No function of the queue may run longer. */
  readonly comesBackAfterSeconds: number;
  /** How many messages are handed out at the same time. */
  readonly atOnce: number;
  /**
   * The queue for messages that failed `afterTries` times. Without it a message expires after an hour, and a sweep
   * sends a new one.
   */
  readonly deadLetters?: { readonly name: string; readonly afterTries: number; readonly alarm: string };
}

/**
 * Every queue. A new client has to be given out or be in a pool within a minute. So a failed task and a chat that could
 * not be folded come back within that minute, whatever made them fail (ADR 17).
 */
export const queues = {
  /** Fifty at once leave room for webhooks when every lane has work. */
  lanes: { delaySeconds: 0, comesBackAfterSeconds: 360, atOnce: 50 },
  /**
   * Lanes of receivers that answer slowly. They have a queue of their own, so that they hold up no other lane. One account
   * has sixteen calls under way at most, so eight of these are left to the slow lanes of others.
   */
  slowLanes: { delaySeconds: 0, comesBackAfterSeconds: 360, atOnce: 24 },
  /** Events for receivers. An account has one call under way, so fifty accounts are served at once. */
  events: { delaySeconds: 0, comesBackAfterSeconds: 120, atOnce: 50 },
  /** Events for receivers that are slow, silent or ill, so that they hold up no other. */
  slowEvents: { delaySeconds: 0, comesBackAfterSeconds: 120, atOnce: 10 },
  /** What leaves for connected CRMs. An account has one call under way. */
  crm: { delaySeconds: 0, comesBackAfterSeconds: 180, atOnce: 10 },
  /** What may have changed in connected CRMs. */
  news: { delaySeconds: 0, comesBackAfterSeconds: 180, atOnce: 5 },
  /** Files that messengers have. What is lost here is found by a reader of the file, or by the watchdog. */
  files: { delaySeconds: 0, comesBackAfterSeconds: 120, atOnce: 20 },
  /** Users with browsers that are to be woken. One that is lost is made good by the next message of a client. */
  pushes: { delaySeconds: 0, comesBackAfterSeconds: 60, atOnce: 10 },
  tasks: { delaySeconds: 0, comesBackAfterSeconds: 40, atOnce: 10 },
  /** Chats whose clients are late. */
  waits: { delaySeconds: 0, comesBackAfterSeconds: 40, atOnce: 10 },
  /** What has to be erased. One that is lost is rung again by the sweep, or by the watchdog. */
  erasures: { delaySeconds: 0, comesBackAfterSeconds: 120, atOnce: 5 },
  /** Checks of what is stored. A run rings itself after a while, and comes back after the longest that it may take. */
  checks: { delaySeconds: 0, comesBackAfterSeconds: 900, atOnce: 2 },
  failedChats: {
    delaySeconds: 15,
    comesBackAfterSeconds: 40,
    atOnce: 2,
    // Ninety tries take an hour. Then a person has to look.
    deadLetters: {
      name: 'deadChats',
      afterTries: 90,
      alarm: 'Chats could not be folded for an hour: find out why, then move them back (redrive)',
    },
  },
} as const satisfies Record<string, QueueDefinition>;

/** The name of a queue. */
export type QueueName = keyof typeof queues;

/**
 * A condition for a stream's record: in its image, an attribute equals a text, begins with one or is absent. A dot leads
 * into an attribute that is a map.
 */
export type StreamFilter =
  | { readonly attribute: string; readonly equals: string }
  | { readonly attribute: string; readonly beginsWith: string }
  | { readonly attribute: string; readonly absent: true };

/** A function, and what other than HTTP starts it. */
export type Listener = {
  /** Its folder in `functions/`. */
  readonly function: string;
} & (
  | {
      /** Every new or changed item of that table. A stream has at most two readers. */
      readonly stream: StreamId;
      /** A record has to pass one of them. */
      readonly filters?: readonly StreamFilter[];
      /** The most records of a batch, if it is not 100. */
      readonly most?: number;
      /** A record may be lost, so it is not tried again for long, and `npm start` stores no bell for it. */
      readonly lossy?: true;
    }
  | {
      /** Every message of that queue, one in a call, so that none fails because of another. */
      readonly queue: QueueName;
    }
  | {
      readonly everyMinutes: number;
      /** Not in `npm start`: its bells are in a table and cannot be lost. It begins the daily check itself. */
      readonly deployedOnly?: true;
    }
);

/** Which function listens to what. The stack, `npm start`, the scheduler and the benches are made from it. */
export const listeners = [
  // A body may hold a thousand messages of some chats. In one batch, each chat is folded once.
  { function: 'fold-chat', stream: 'messages', most: 1_000 },
  {
    function: 'publish-events',
    stream: 'messages',
    // Whatever was said, and what became of it. Only the team itself needs to know that no reply is needed.
    filters: [
      { attribute: 'kind', equals: 'client' },
      { attribute: 'kind', equals: 'echo' },
      { attribute: 'kind', equals: 'reply' },
      { attribute: 'k', beginsWith: 'of#' },
    ],
  },
  // An address with a contact was followed up by the change that gave it the contact.
  { function: 'assign-contact', stream: 'addresses', filters: [{ attribute: 'contact', absent: true }] },
  // Chats only, without the rows beside them.
  { function: 'ring-doorbell', stream: 'chats', filters: [{ attribute: 's', equals: '-' }], lossy: true },
  { function: 'notify-users', stream: 'chats', filters: [{ attribute: 's', equals: '-' }], lossy: true },
  { function: 'deliver-message', queue: 'lanes' },
  { function: 'deliver-message', queue: 'slowLanes' },
  { function: 'deliver-event', queue: 'events' },
  { function: 'deliver-event', queue: 'slowEvents' },
  { function: 'call-crm', queue: 'crm' },
  { function: 'read-crm-news', queue: 'news' },
  { function: 'store-file', queue: 'files' },
  { function: 'wake-browsers', queue: 'pushes' },
  { function: 'do-tasks', queue: 'tasks' },
  { function: 'mind-waits', queue: 'waits' },
  { function: 'erase-data', queue: 'erasures' },
  { function: 'retry-fold', queue: 'failedChats' },
  { function: 'watch-chats', queue: 'checks' },
  { function: 'sweep-lanes', everyMinutes: 1 },
  // Most of it is due once an hour. A CRM without hooks is looked at each time.
  { function: 'refresh-crm', everyMinutes: 5 },
  // Each channel is due once an hour.
  { function: 'tend-channels', everyMinutes: 10 },
  { function: 'watch-chats', everyMinutes: 24 * 60, deployedOnly: true },
] as const satisfies readonly Listener[];

/** A function that is started by something other than HTTP. */
export type ListenerName = (typeof listeners)[number]['function'];

/** A function that reads a stream. */
export interface Reader {
  readonly function: ListenerName;
  readonly stream: StreamId;
  readonly filters?: readonly StreamFilter[];
  readonly most?: number;
  readonly lossy?: true;
}

/** The readers of a table's stream, in the order of the list. */
export function readersOf(table: string): readonly Reader[] {
  return listeners.filter((listener) => 'stream' in listener).filter(({ stream }) => stream === table);
}

/** Whether a record with that image of an item passes one of the filters. */
export function passes(
  filters: readonly StreamFilter[] | undefined,
  image: Readonly<Record<string, unknown>>,
): boolean {
  return !filters || filters.some((filter) => passesOne(filter, image));
}

function passesOne(filter: StreamFilter, image: Readonly<Record<string, unknown>>): boolean {
  const value = filter.attribute
    .split('.')
    .reduce<unknown>((map, name) => (map as Record<string, unknown> | undefined)?.[name], image);
  if ('absent' in filter) return value === undefined;
  if ('equals' in filter) return value === filter.equals;
  return typeof value === 'string' && value.startsWith(filter.beginsWith);
}
