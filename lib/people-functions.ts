import {
  audit,
  closedAccounts,
  crmProblems,
  crmTokens,
  erasures,
  erasuresUnderWay,
  keyUses,
  lastErasures,
  tokenUses,
} from '#lib/account-writes';
import { folds, follows } from '#lib/function-access';
import type { FunctionDefinition } from '#lib/function-definition';

/** What is erased. Nothing but these may take away what people said. */
export const people = {
  'manage-people': {
    timeoutSeconds: 29,
    // Nothing shows the person from its answer on.
    tables: {
      ...follows,
      pages: ['GetItem'],
      accounts: ['GetItem', 'BatchGetItem', 'Query'],
      messages: ['Query', 'BatchGetItem', 'DeleteItem'],
      chats: ['GetItem', 'Query', ...follows.chats],
      addresses: [...follows.addresses, 'DeleteItem'],
      directory: [...follows.directory, 'BatchGetItem', 'Query'],
      dispensers: ['UpdateItem'],
      assignments: ['Query', 'PutItem'],
      files: ['GetItem'],
    },
    tellsAddresses: true,
    pageWrites: [tokenUses],
    accountWrites: [erasures, lastErasures, audit, keyUses],
    sendsTo: ['erasures'],
    secrets: ['sign'],
  },
  'erase-data': {
    timeoutSeconds: 100,
    // What no key leads to from its person is looked for in the whole table.
    tables: {
      ...folds,
      accounts: ['GetItem', 'BatchGetItem', 'Query', 'Scan'],
      messages: [...folds.messages, 'Scan', 'DeleteItem', 'ConditionCheckItem'],
      chats: [...folds.chats, 'Query', 'Scan'],
      'chats/channel-rest': ['Query'],
      addresses: [...folds.addresses, 'Scan', 'DeleteItem'],
      files: ['GetItem', 'Scan', 'DeleteItem'],
      outbox: ['GetItem', 'BatchGetItem', 'Query', 'Scan', ...folds.outbox],
      pages: ['Scan', 'DeleteItem'],
      directory: [...folds.directory, 'Query', 'Scan'],
      dispensers: ['GetItem', 'Scan', 'DeleteItem', ...folds.dispensers],
      assignments: ['Query', 'Scan', 'DeleteItem', ...folds.assignments],
      waits: ['BatchGetItem', 'Scan', 'DeleteItem', ...folds.waits],
    },
    accountWrites: [
      erasuresUnderWay,
      ...closedAccounts,
      crmTokens,
      crmProblems,
      { actions: ['UpdateItem'], partitions: ['watchdog'], attributes: ['left'] },
      { actions: ['UpdateItem'], partitions: ['waiting'], attributes: ['stretch'] },
    ],
    files: { in: ['DeleteObject'], out: ['DeleteObject'] },
    sendsTo: ['erasures', 'tasks', 'failedChats'],
    // An account that closes takes its webhooks away.
    secrets: ['sign', 'open', 'openCrm', 'openCrmTokens', 'sealCrmTokens'],
    callsOut: true,
    ringsItself: true,
  },
} as const satisfies Record<string, FunctionDefinition>;
