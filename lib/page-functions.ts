import { keyUses } from '#lib/account-writes';
import { endedPages, goneSockets } from '#lib/doorbell-functions';
import type { FunctionDefinition } from '#lib/function-definition';

/** How people open the page. */
export const pages = {
  'open-page': {
    timeoutSeconds: 15,
    tables: {
      accounts: ['GetItem', 'BatchGetItem', 'Query'],
      directory: ['GetItem', 'Query'],
      pages: ['GetItem', 'Query'],
    },
    accountWrites: [keyUses],
    pageWrites: [
      { actions: ['PutItem', 'DeleteItem'], partitions: ['link#*', 'token#*', 'device#*'] },
      { actions: ['UpdateItem'], partitions: ['token#*', 'device#*'] },
      goneSockets,
      endedPages,
    ],
    secrets: ['sign'],
    doorbell: 'rung',
    tellsAddresses: true,
  },
} as const satisfies Record<string, FunctionDefinition>;
