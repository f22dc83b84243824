import { audit, drafts, keyUses, quickReplies, tokenUses } from '#lib/account-writes';
import type { FunctionDefinition } from '#lib/function-definition';

/** What a user has on the page beside lists and histories. */
export const desk = {
  'read-deals': {
    timeoutSeconds: 15,
    tables: {
      accounts: ['GetItem', 'BatchGetItem'],
      directory: ['GetItem', 'BatchGetItem', 'Query'],
      chats: ['GetItem'],
      addresses: ['BatchGetItem'],
      pages: ['GetItem'],
    },
    pageWrites: [tokenUses],
    accountWrites: [keyUses],
  },
  'manage-quick-replies': {
    timeoutSeconds: 15,
    tables: { accounts: ['GetItem', 'BatchGetItem', 'Query'], directory: ['GetItem'], pages: ['GetItem'] },
    pageWrites: [tokenUses],
    accountWrites: [quickReplies, audit, keyUses],
  },
  'keep-drafts': {
    timeoutSeconds: 15,
    tables: {
      accounts: ['GetItem', 'BatchGetItem'],
      directory: ['GetItem'],
      chats: ['GetItem'],
      addresses: ['GetItem', 'BatchGetItem'],
      pages: ['GetItem'],
    },
    pageWrites: [tokenUses, drafts],
    accountWrites: [keyUses],
  },
} as const satisfies Record<string, FunctionDefinition>;
