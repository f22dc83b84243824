/** One key attribute: its name and whether it holds a string or a number. */
export interface KeyAttribute {
  readonly name: string;
  readonly type: 'S' | 'N';
}

/** An index that holds the keys of the table and its own, and nothing else. */
export interface Index {
  readonly name: string;
  readonly scope: 'global' | 'local';
  readonly partition: KeyAttribute;
  readonly sort: KeyAttribute;
}

/** The definition of a table. CDK, the local mode and the tests all make the table from it. */
export interface Table {
  /** The stored name of the table, if it is not its id: a table that holds something cannot be renamed. */
  readonly storedAs?: string;
  readonly partition: KeyAttribute;
  readonly sort: KeyAttribute;
  readonly indexes: readonly Index[];
  /** Whether it has a stream, with both images. The stream's records ring bells. */
  readonly stream: boolean;
  /** Whether items are deleted some time after the epoch second in `ttl`. */
  readonly expires: boolean;
  /** Made only by `npm start`: in AWS, streams and queues do its work. */
  readonly localOnly: boolean;
}

const text = (name: string): KeyAttribute => ({ name, type: 'S' });
const number = (name: string): KeyAttribute => ({ name, type: 'N' });

const plain = { indexes: [], stream: false, expires: false, localOnly: false } as const;

/**
 * Every table, key and index of Konvert. CloudFormation adds one index per update, so all of them stand here from the
 * first deployment. `src/store` says what the items hold, one file per entity.
 */
export const tables = {
  /** Facts and their outcomes: chat · fact key, `of#id`, `once#id`. */
  messages: { ...plain, partition: text('c'), sort: text('k'), stream: true },

  /**
   * Chats, with `s` = `-`. Further viewers of a chat have rows beside it (`s` = the viewer). `m#…` leads from the hash
   * in a message id to its chats. `u` is set while the chat is unanswered, `r` always, so the indexes are sparse.
   */
  chats: {
    ...plain,
    partition: text('c'),
    sort: text('s'),
    stream: true,
    indexes: [
      { name: 'channel-unanswered', scope: 'global', partition: text('ch'), sort: text('u') },
      { name: 'channel-rest', scope: 'global', partition: text('ch'), sort: text('r') },
      { name: 'viewer-unanswered', scope: 'global', partition: text('v'), sort: text('u') },
      { name: 'viewer-rest', scope: 'global', partition: text('v'), sort: text('r') },
    ],
  },

  /** Addresses: account, chat type and normal form · `-`. */
  addresses: { ...plain, partition: text('a'), sort: text('s'), stream: true },

  /** What a CRM pushes: account and kind (users, contacts, deals, pipelines) · id. */
  directory: { ...plain, partition: text('p'), sort: text('s') },

  /** The rotation of each channel: channel · `-`. */
  dispensers: { ...plain, partition: text('ch'), sort: text('s') },

  /** Why a user became responsible: account · time and the record's id. */
  assignments: { ...plain, partition: text('a'), sort: text('s') },

  /**
   * How long clients waited: channel · time of the first message and a hash of it. `days#` and the channel · day: what
   * was counted of that day, and can be counted anew.
   */
  waits: { ...plain, partition: text('ch'), sort: text('s'), expires: true },

  /** Accounts, keys, channels and their settings: `account#…`, `key#…`, `channel#…` · kind and id. */
  accounts: { ...plain, storedAs: 'settings', partition: text('p'), sort: text('s'), expires: true },

  /**
   * What leaves: lane · event id. `o` is set while the row has to leave, `f` once it failed for good. The lane's own
   * item (`e` = `-`) has `w` and `nextAt` while there is work in the lane.
   */
  outbox: {
    ...plain,
    partition: text('l'),
    sort: text('e'),
    expires: true,
    indexes: [
      { name: 'pending', scope: 'local', partition: text('l'), sort: text('o') },
      { name: 'lanes', scope: 'global', partition: text('w'), sort: number('nextAt') },
      { name: 'failed', scope: 'global', partition: text('f'), sort: text('failedAt') },
    ],
  },

  /** Files: the id of a file · `-`. */
  files: { ...plain, partition: text('f'), sort: text('s') },

  /**
   * What the page of a user needs: `link#…`, `token#…`, `device#…`, `ticket#…`, `socket#…`, drafts and push
   * subscriptions · `-` or an id. Nothing here is needed to keep a promise to a client.
   */
  pages: { ...plain, partition: text('p'), sort: text('s'), expires: true },

  /** Bells: writes and messages that may not have been followed up yet. */
  bells: { ...plain, partition: text('b'), sort: text('s'), localOnly: true },
} as const satisfies Record<string, Table>;

/** The id of a table in code. In AWS the name of the table itself is in a variable (`lib/variable-names.ts`). */
export type TableId = keyof typeof tables;

/** The stored name of the table, without the prefix of the deployment. */
export function storedName(id: string): string {
  const table: Table | undefined = (tables as Readonly<Record<string, Table>>)[id];
  return table?.storedAs ?? id;
}

/** The id of a table with a stream. */
export type StreamId = {
  [Id in TableId]: (typeof tables)[Id]['stream'] extends true ? Id : never;
}[TableId];

/** What may be done to a table or an index. */
export type TableAction =
  | 'GetItem'
  | 'BatchGetItem'
  | 'Query'
  | 'Scan'
  | 'PutItem'
  | 'UpdateItem'
  | 'DeleteItem'
  | 'ConditionCheckItem';

type IndexPlace = {
  [Id in TableId]: `${Id}/${(typeof tables)[Id]['indexes'][number]['name']}`;
}[TableId];

/** What may be done to which tables, and to which of their indexes (`table/index`). */
export type TableAccess = { readonly [Place in TableId | IndexPlace]?: readonly TableAction[] };
