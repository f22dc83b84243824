import {
  audit,
  channelSettings,
  crmProblems,
  crmTokens,
  keyUses,
  placedChats,
  teams,
  tokenUses,
} from '#lib/account-writes';
import { goneSockets } from '#lib/doorbell-functions';
import { assigns, folds, follows, laneQueues } from '#lib/function-access';
import type { FunctionDefinition } from '#lib/function-definition';

/** Who is responsible for a client: contacts, deals, turns. */
export const clients = {
  'assign-contact': {
    timeoutSeconds: 60,
    tables: {
      ...assigns,
      accounts: ['GetItem', 'BatchGetItem'],
      directory: [...assigns.directory, 'BatchGetItem'],
    },
    accountWrites: [crmProblems, crmTokens],
    sendsTo: ['tasks', 'events', 'slowEvents', 'crm'],
    secrets: ['openCrm', 'openCrmTokens', 'sealCrmTokens', 'sign'],
    callsOut: true,
  },
  'do-tasks': {
    timeoutSeconds: 35,
    tables: {
      ...assigns,
      // What had ended in a chat is counted anew.
      messages: ['Query', 'UpdateItem'],
      chats: ['GetItem', ...assigns.chats],
      waits: ['BatchGetItem', 'PutItem', 'DeleteItem'],
      outbox: [...assigns.outbox, 'BatchGetItem', 'Query'],
      'outbox/lanes': ['Query'],
      'outbox/failed': ['Query'],
      accounts: ['GetItem', 'BatchGetItem', 'Query', 'ConditionCheckItem'],
      directory: [...assigns.directory, 'BatchGetItem'],
      'chats/channel-rest': ['Query'],
      'chats/channel-unanswered': ['Query'],
      'chats/viewer-unanswered': ['Query'],
      pages: ['Query'],
    },
    accountWrites: [placedChats],
    pageWrites: [goneSockets],
    sendsTo: [...laneQueues, 'tasks', 'waits', 'pushes'],
    doorbell: 'rung',
    ringsItself: true,
    secrets: ['sign'],
  },
  'mind-waits': {
    timeoutSeconds: 35,
    tables: {
      ...folds,
      outbox: ['GetItem', ...folds.outbox],
      accounts: [...folds.accounts, 'Query', 'ConditionCheckItem'],
      dispensers: ['GetItem', 'UpdateItem'],
      'chats/viewer-unanswered': ['Query'],
      // Nobody is set away where phones answer.
      waits: ['Query', ...folds.waits],
    },
    // Who lets go too many is set away.
    accountWrites: [teams, audit],
    sendsTo: ['waits', 'tasks', 'events', 'crm', 'pushes'],
    ringsItself: true,
    secrets: ['sign'],
  },
  'hand-over': {
    timeoutSeconds: 29,
    tables: {
      pages: ['GetItem'],
      ...follows,
      accounts: ['GetItem', 'BatchGetItem'],
      chats: ['GetItem', ...follows.chats],
      assignments: ['PutItem'],
    },
    pageWrites: [tokenUses],
    accountWrites: [keyUses],
    sendsTo: ['crm', 'events'],
    secrets: ['sign'],
  },
  'sync-directory': {
    timeoutSeconds: 29,
    tables: {
      pages: ['GetItem'],
      ...follows,
      accounts: ['GetItem', 'BatchGetItem', 'Query', 'ConditionCheckItem'],
      dispensers: ['GetItem', 'UpdateItem'],
      directory: [...follows.directory, 'BatchGetItem', 'Query'],
      assignments: ['PutItem'],
    },
    pageWrites: [tokenUses],
    accountWrites: [channelSettings, keyUses],
    sendsTo: ['tasks'],
  },
  'read-statistics': {
    timeoutSeconds: 29,
    tables: {
      accounts: ['GetItem', 'BatchGetItem', 'Query'],
      directory: ['GetItem'],
      'chats/channel-unanswered': ['Query'],
      assignments: ['Query'],
      waits: ['Query', 'BatchGetItem', 'PutItem'],
      pages: ['GetItem'],
    },
    pageWrites: [tokenUses],
    accountWrites: [keyUses],
  },
  'read-assignments': {
    timeoutSeconds: 15,
    tables: {
      accounts: ['GetItem', 'BatchGetItem'],
      directory: ['GetItem'],
      chats: ['GetItem', 'BatchGetItem'],
      addresses: ['GetItem', 'BatchGetItem'],
      assignments: ['Query'],
      pages: ['GetItem'],
    },
    pageWrites: [tokenUses],
    accountWrites: [keyUses],
  },
} as const satisfies Record<string, FunctionDefinition>;
