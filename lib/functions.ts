import {
  accountOptions,
  audit,
  channelSettings,
  connections,
  endedReceivers,
  keyUses,
  type LimitedWrites,
  receivers,
  refusals,
  type WriteAction,
} from '#lib/account-writes';
import type { QueueName } from '#lib/listeners';
import type { TableAccess, TableAction } from '#lib/tables';

/**
 * What a function does with secrets: `open` or `seal` those of channels, `openReceiver` or `sealReceiver` those of
 * receivers of events; `sign` reads the secret of the installation and no other, `found` makes it.
 */
export type SecretUse = 'open' | 'seal' | 'openReceiver' | 'sealReceiver' | 'sign' | 'found';

/** Access without writes to the table of accounts. */
type Tables = TableAccess & { readonly accounts?: readonly Exclude<TableAction, WriteAction>[] };

/** Everything that a function may do. What starts it is in `lib/routes.ts` and `lib/listeners.ts`. */
export interface FunctionDefinition {
  readonly timeoutSeconds: number;
  readonly tables: Tables;
  /** What it may write to the table of accounts. Keys and secrets stand there, so no function may write all of it. */
  readonly accountWrites?: readonly LimitedWrites[];
  /** What it may write to the outbox, if that is only a part. */
  readonly outboxWrites?: readonly LimitedWrites[];
  /** The queues that it may send to. */
  readonly sendsTo?: readonly QueueName[];
  /** What it may do with secrets. */
  readonly secrets?: readonly SecretUse[];
  /** The function sends to its own queue. Lambda's loop detection would stop it after about 16 rounds, so it is off. */
  readonly ringsItself?: boolean;
  /** Whether it calls addresses that people gave. */
  readonly callsOut?: boolean;
}

/** The queues of lanes. A lane tells in which of them it rings. */
const laneQueues = ['lanes', 'slowLanes', 'events', 'slowEvents'] as const satisfies readonly QueueName[];

/** The access that `createFold` needs. */
const folds = {
  accounts: ['GetItem', 'BatchGetItem'],
  messages: ['Query', 'BatchGetItem', 'UpdateItem'],
  chats: ['GetItem', 'PutItem', 'UpdateItem'],
  addresses: ['UpdateItem'],
  outbox: ['PutItem'],
} as const satisfies TableAccess;

/** The access that the flows in `src/flows/sight` need. */
const follows = {
  accounts: ['BatchGetItem'],
  directory: ['GetItem', 'PutItem', 'UpdateItem', 'DeleteItem', 'ConditionCheckItem'],
  addresses: ['GetItem', 'BatchGetItem', 'UpdateItem', 'ConditionCheckItem'],
  chats: ['BatchGetItem', 'PutItem', 'UpdateItem', 'DeleteItem', 'ConditionCheckItem'],
  outbox: ['PutItem', 'UpdateItem', 'DeleteItem'],
} as const satisfies TableAccess;

/** The access that `createAssign` needs. */
const assigns = {
  ...follows,
  dispensers: ['GetItem', 'UpdateItem'],
  assignments: ['PutItem'],
} as const satisfies TableAccess;

/** Every function, by its folder in `functions/`. It cannot touch a table that is not listed here for it. */
export const functions = {
  'receive-message': {
    timeoutSeconds: 10,
    // A connection that ends may change the state of its channel, which is told in the same transaction.
    tables: {
      accounts: ['GetItem', 'Query'],
      messages: ['GetItem', 'PutItem', 'UpdateItem'],
    },
    accountWrites: [connections],
    outboxWrites: [{ actions: ['PutItem', 'UpdateItem'], partitions: ['event#*'] }],
    secrets: ['open', 'sign'],
  },
  'record-reply': {
    timeoutSeconds: 15,
    tables: {
      ...follows,
      accounts: ['GetItem', 'BatchGetItem'],
      messages: ['PutItem', 'Query', 'BatchGetItem'],
      chats: ['GetItem', ...follows.chats],
      assignments: ['PutItem'],
    },
    accountWrites: [keyUses],
    secrets: ['sign'],
  },
  'set-no-reply-needed': {
    timeoutSeconds: 15,
    tables: {
      accounts: ['GetItem', 'BatchGetItem'],
      directory: ['GetItem'],
      messages: ['Query', 'BatchGetItem', 'PutItem', 'UpdateItem'],
      chats: ['GetItem', 'UpdateItem', 'PutItem'],
    },
    accountWrites: [keyUses],
    secrets: ['sign'],
  },
  'assign-contact': {
    timeoutSeconds: 60,
    tables: { ...assigns, accounts: ['GetItem', 'BatchGetItem'] },
    sendsTo: ['tasks', 'events', 'slowEvents'],
    secrets: ['sign'],
  },
  'do-tasks': {
    timeoutSeconds: 35,
    tables: {
      ...assigns,
      messages: ['UpdateItem'],
      outbox: [...assigns.outbox, 'BatchGetItem', 'Query'],
      'outbox/failed': ['Query'],
      accounts: ['GetItem', 'BatchGetItem', 'ConditionCheckItem'],
      directory: [...assigns.directory, 'BatchGetItem'],
      'chats/channel-rest': ['Query'],
      'chats/viewer-unanswered': ['Query'],
    },
    sendsTo: [...laneQueues, 'tasks'],
    ringsItself: true,
    secrets: ['sign'],
  },
  'hand-over': {
    timeoutSeconds: 29,
    tables: {
      ...follows,
      accounts: ['GetItem', 'BatchGetItem'],
      chats: ['GetItem', ...follows.chats],
      assignments: ['PutItem'],
    },
    accountWrites: [keyUses],
    secrets: ['sign'],
  },
  'fold-chat': {
    timeoutSeconds: 60,
    tables: {
      ...folds,
      addresses: ['GetItem', 'BatchGetItem', 'UpdateItem'],
      dispensers: ['UpdateItem'],
    },
    sendsTo: ['failedChats', 'tasks'],
    secrets: ['sign'],
  },
  'retry-fold': { timeoutSeconds: 35, tables: folds },
  'publish-events': {
    timeoutSeconds: 60,
    tables: {
      accounts: ['GetItem'],
      messages: ['GetItem', 'BatchGetItem', 'Query'],
      outbox: ['PutItem', 'UpdateItem'],
    },
    sendsTo: laneQueues,
  },
  'deliver-message': {
    timeoutSeconds: 300,
    tables: {
      accounts: ['GetItem', 'Query'],
      messages: ['BatchGetItem', 'Query', 'UpdateItem'],
      outbox: ['GetItem', 'BatchGetItem', 'Query', 'PutItem', 'UpdateItem', 'DeleteItem'],
      'outbox/pending': ['Query'],
    },
    accountWrites: [refusals],
    sendsTo: laneQueues,
    secrets: ['open', 'sign'],
    ringsItself: true,
    callsOut: true,
  },
  'deliver-event': {
    timeoutSeconds: 120,
    tables: {
      accounts: ['GetItem', 'BatchGetItem'],
      messages: ['BatchGetItem'],
      addresses: ['GetItem'],
      chats: ['BatchGetItem'],
      directory: ['GetItem'],
      outbox: ['BatchGetItem', 'Query', 'PutItem', 'UpdateItem', 'DeleteItem'],
    },
    accountWrites: [endedReceivers],
    sendsTo: [...laneQueues, 'tasks'],
    secrets: ['openReceiver', 'sign'],
    ringsItself: true,
    callsOut: true,
  },
  'sweep-lanes': {
    timeoutSeconds: 50,
    tables: { 'outbox/lanes': ['Query'], accounts: ['GetItem'] },
    accountWrites: [{ actions: ['PutItem'], partitions: ['installation'] }],
    sendsTo: [...laneQueues, 'tasks'],
    secrets: ['found'],
  },
  'watch-chats': {
    timeoutSeconds: 900,
    tables: {
      ...folds,
      messages: [...folds.messages, 'GetItem', 'Scan'],
      outbox: ['PutItem', 'UpdateItem'],
    },
    accountWrites: [{ actions: ['UpdateItem'], partitions: ['watchdog'], attributes: ['lastGoodRun', 'left'] }],
    sendsTo: [...laneQueues, 'failedChats'],
    secrets: ['sign'],
  },
  'read-chats': {
    timeoutSeconds: 15,
    tables: {
      accounts: ['GetItem', 'BatchGetItem', 'Query'],
      directory: ['GetItem'],
      messages: ['Query', 'BatchGetItem'],
      chats: ['GetItem', 'BatchGetItem'],
      'chats/channel-unanswered': ['Query'],
      'chats/channel-rest': ['Query'],
      'chats/viewer-unanswered': ['Query'],
      'chats/viewer-rest': ['Query'],
    },
    accountWrites: [keyUses],
    secrets: ['sign'],
  },
  'manage-accounts': {
    timeoutSeconds: 15,
    tables: { accounts: ['GetItem', 'BatchGetItem', 'Query', 'ConditionCheckItem'] },
    accountWrites: [
      { actions: ['PutItem'], partitions: ['account#*', 'key#*', 'audit#*'] },
      { actions: ['UpdateItem'], partitions: ['account#*'], attributes: ['disabledAt', 'enabledAt'] },
      { actions: ['DeleteItem'], partitions: ['account#*', 'key#*', 'use#*'] },
      keyUses,
    ],
  },
  'manage-channels': {
    timeoutSeconds: 29,
    // The new state of a channel is told in the transaction that makes it.
    tables: { accounts: ['GetItem', 'BatchGetItem', 'Query'], outbox: ['PutItem', 'UpdateItem'] },
    accountWrites: [
      { actions: ['PutItem'], partitions: ['channel#*', 'account#*', 'audit#*'] },
      { actions: ['UpdateItem'], partitions: ['channel#*'] },
      keyUses,
    ],
    sendsTo: ['events'],
    secrets: ['open', 'seal'],
    callsOut: true,
  },
  'sync-directory': {
    timeoutSeconds: 29,
    tables: {
      ...follows,
      accounts: ['GetItem', 'BatchGetItem', 'Query', 'ConditionCheckItem'],
      dispensers: ['GetItem', 'UpdateItem'],
      directory: [...follows.directory, 'BatchGetItem', 'Query'],
      assignments: ['PutItem'],
    },
    accountWrites: [channelSettings, keyUses],
    sendsTo: ['tasks'],
  },
  'manage-settings': {
    timeoutSeconds: 15,
    tables: {
      accounts: ['GetItem', 'BatchGetItem', 'Query', 'ConditionCheckItem'],
      directory: ['GetItem', 'BatchGetItem', 'ConditionCheckItem'],
      dispensers: ['GetItem', 'UpdateItem'],
      outbox: ['PutItem'],
    },
    accountWrites: [channelSettings, accountOptions, audit, keyUses],
    sendsTo: ['tasks'],
  },
  'manage-webhooks': {
    timeoutSeconds: 29,
    tables: { accounts: ['GetItem'] },
    accountWrites: [receivers, audit, keyUses],
    secrets: ['openReceiver', 'sealReceiver'],
    callsOut: true,
  },
  'read-assignments': {
    timeoutSeconds: 15,
    tables: { accounts: ['GetItem'], assignments: ['Query'] },
    accountWrites: [keyUses],
  },
  'manage-deliveries': {
    timeoutSeconds: 15,
    tables: {
      accounts: ['GetItem', 'Query'],
      messages: ['Query', 'BatchGetItem', 'GetItem', 'UpdateItem'],
      outbox: ['GetItem', 'BatchGetItem', 'Query', 'PutItem', 'UpdateItem', 'DeleteItem'],
      'outbox/lanes': ['Query'],
      'outbox/failed': ['Query'],
    },
    accountWrites: [keyUses],
    sendsTo: [...laneQueues, 'tasks'],
  },
  'serve-docs': { timeoutSeconds: 10, tables: {} },
} as const satisfies Record<string, FunctionDefinition>;

/** The name of a function, which is that of its folder. */
export type FunctionName = keyof typeof functions;
