import { keyUses, type LimitedWrites, looks, tokenUses } from '#lib/account-writes';
import type { FunctionDefinition } from '#lib/function-definition';

/** Tickets for sockets. */
const tickets = { actions: ['PutItem', 'DeleteItem'], partitions: ['ticket#*'] } as const satisfies LimitedWrites;

/** Open sockets: by their own ids, and by account. */
const sockets = {
  actions: ['PutItem', 'DeleteItem'],
  partitions: ['socket#*', 'account#*'],
} as const satisfies LimitedWrites;

/** Who has just been told to write. */
const writing = { actions: ['PutItem'], partitions: ['writing#*'] } as const satisfies LimitedWrites;

/** Sockets that are no longer there. Everything that speaks to sockets forgets those. */
export const goneSockets = { ...sockets, actions: ['DeleteItem'] } as const satisfies LimitedWrites;

/** What it takes to tell pages that they are signed out. */
export const endedPages = { actions: ['PutItem'], partitions: ['bye#*'] } as const satisfies LimitedWrites;

/** What tells open pages that something has changed. */
export const doorbells = {
  'answer-doorbell': {
    timeoutSeconds: 10,
    tables: {
      accounts: ['GetItem', 'BatchGetItem'],
      directory: ['GetItem'],
      addresses: ['BatchGetItem'],
      chats: ['GetItem'],
      pages: ['GetItem', 'Query'],
    },
    accountWrites: [keyUses],
    pageWrites: [tokenUses, tickets, sockets, writing, looks],
    doorbell: 'rung',
  },
  'ring-doorbell': {
    timeoutSeconds: 15,
    tables: { accounts: ['GetItem', 'BatchGetItem'], pages: ['Query'] },
    pageWrites: [goneSockets],
    doorbell: 'rung',
  },
} as const satisfies Record<string, FunctionDefinition>;
