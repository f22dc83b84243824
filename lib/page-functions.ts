import { keyUses, tokenUses } from '#lib/account-writes';
import type { FunctionDefinition } from '#lib/function-definition';

/** How people open the page. */
export const pages = {
  'open-page': {
    timeoutSeconds: 15,
    tables: {
      accounts: ['GetItem', 'BatchGetItem', 'Query'],
      directory: ['GetItem', 'Query'],
      pages: ['GetItem'],
    },
    accountWrites: [keyUses],
    pageWrites: [{ actions: ['PutItem', 'UpdateItem', 'DeleteItem'], partitions: ['link#*', 'token#*'] }],
    tellsAddresses: true,
  },
} as const satisfies Record<string, FunctionDefinition>;

/** What tells open pages that something has changed. */
export const doorbells = {
  'answer-doorbell': {
    timeoutSeconds: 10,
    tables: {
      accounts: ['GetItem', 'BatchGetItem'],
      directory: ['GetItem'],
      pages: ['GetItem', 'Query'],
    },
    accountWrites: [keyUses],
    pageWrites: [tokenUses, { actions: ['PutItem', 'DeleteItem'], partitions: ['ticket#*', 'socket#*', 'account#*'] }],
    doorbell: 'rung',
  },
  'ring-doorbell': {
    timeoutSeconds: 15,
    tables: { accounts: ['BatchGetItem'], pages: ['Query'] },
    pageWrites: [{ actions: ['DeleteItem'], partitions: ['socket#*', 'account#*'] }],
    doorbell: 'rung',
  },
} as const satisfies Record<string, FunctionDefinition>;
