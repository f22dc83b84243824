import { keyUses, tokenUses } from '#lib/account-writes';
import type { FunctionDefinition } from '#lib/function-definition';

/** Files: those that clients sent are fetched, and all are read. */
export const files = {
  'store-file': {
    timeoutSeconds: 60,
    tables: {
      accounts: ['GetItem'],
      // What a client calls themselves comes to their message.
      messages: ['GetItem', 'BatchGetItem', 'UpdateItem'],
      files: ['GetItem', 'UpdateItem'],
    },
    // A second put of a file has to tell what the first one stored.
    files: { in: ['PutObject', 'GetObject'] },
    sendsTo: ['files'],
    secrets: ['open', 'sign'],
    ringsItself: true,
    callsOut: true,
  },
  'serve-file': {
    timeoutSeconds: 20,
    tables: { accounts: ['GetItem'], files: ['GetItem'] },
    files: { in: ['GetObject'], out: ['GetObject'] },
    sendsTo: ['files'],
  },
  'take-upload': {
    timeoutSeconds: 10,
    tables: { pages: ['GetItem'], accounts: ['GetItem'], directory: ['GetItem'] },
    pageWrites: [tokenUses],
    accountWrites: [keyUses],
    // It signs the address of a put, which then has the rights of this function.
    files: { up: ['PutObject'] },
    tellsAddresses: true,
  },
} as const satisfies Record<string, FunctionDefinition>;
