import { checks, keyUses, tokenUses } from '#lib/account-writes';
import { folds, laneQueues } from '#lib/function-access';
import type { FunctionDefinition } from '#lib/function-definition';

/** What is unanswered, and who may see it. */
export const chats = {
  'fold-chat': {
    // So long take a thousand new clients, who are given out here.
    timeoutSeconds: 120,
    tables: folds,
    sendsTo: ['failedChats', 'tasks'],
    secrets: ['sign'],
  },
  'retry-fold': { timeoutSeconds: 35, tables: folds, secrets: ['sign'] },
  'watch-chats': {
    timeoutSeconds: 900,
    tables: {
      ...folds,
      accounts: [...folds.accounts, 'Query', 'ConditionCheckItem'],
      messages: [...folds.messages, 'GetItem', 'Scan'],
      chats: [...folds.chats, 'Query', 'Scan'],
      'chats/channel-unanswered': ['Query'],
      addresses: [...folds.addresses, 'Scan'],
      dispensers: [...folds.dispensers, 'GetItem', 'Scan'],
      outbox: [...folds.outbox, 'GetItem'],
      files: ['PutItem'],
      waits: [...folds.waits, 'BatchGetItem', 'DeleteItem'],
    },
    accountWrites: [{ actions: ['UpdateItem'], partitions: ['watchdog'], attributes: ['lastGoodRun', 'left'] }, checks],
    sendsTo: [...laneQueues, 'failedChats', 'files', 'checks', 'waits', 'erasures'],
    ringsItself: true,
    secrets: ['sign'],
  },
  'read-chats': {
    timeoutSeconds: 15,
    tables: {
      pages: ['GetItem'],
      accounts: ['GetItem', 'BatchGetItem', 'Query'],
      directory: ['GetItem', 'BatchGetItem', 'Query'],
      messages: ['GetItem', 'Query', 'BatchGetItem'],
      chats: ['GetItem', 'BatchGetItem'],
      addresses: ['BatchGetItem'],
      'chats/channel-unanswered': ['Query'],
      'chats/channel-rest': ['Query'],
      'chats/viewer-unanswered': ['Query'],
      'chats/viewer-rest': ['Query'],
    },
    pageWrites: [tokenUses],
    accountWrites: [keyUses],
    secrets: ['sign'],
    tellsAddresses: true,
  },
} as const satisfies Record<string, FunctionDefinition>;
