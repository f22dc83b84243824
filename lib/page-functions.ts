import { keyUses } from '#lib/account-writes';
import type { FunctionDefinition } from '#lib/function-definition';

/** How people open the page. */
export const pages = {
  'open-page': {
    timeoutSeconds: 15,
    tables: {
      accounts: ['GetItem', 'BatchGetItem', 'Query'],
      directory: ['GetItem', 'Query'],
      pages: ['GetItem', 'PutItem', 'UpdateItem', 'DeleteItem'],
    },
    accountWrites: [keyUses],
  },
} as const satisfies Record<string, FunctionDefinition>;
