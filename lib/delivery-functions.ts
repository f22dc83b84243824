import {
  audit,
  crmProblems,
  crmTokens,
  endedReceivers,
  keyUses,
  lastLook,
  refusals,
  tokenUses,
  waitTasks,
} from '#lib/account-writes';
import { follows, laneQueues } from '#lib/function-access';
import type { FunctionDefinition } from '#lib/function-definition';

/** What leaves: replies to messengers, events to receivers. */
export const deliveries = {
  'publish-events': {
    timeoutSeconds: 60,
    tables: {
      accounts: ['GetItem'],
      // A reply that was not delivered is refused.
      messages: ['GetItem', 'BatchGetItem', 'Query', 'UpdateItem'],
      outbox: ['PutItem', 'UpdateItem'],
      files: ['PutItem'],
    },
    sendsTo: [...laneQueues, 'files', 'erasures'],
    secrets: ['sign'],
  },
  'deliver-message': {
    timeoutSeconds: 300,
    tables: {
      accounts: ['GetItem', 'Query'],
      messages: ['BatchGetItem', 'Query', 'UpdateItem'],
      // The other ids of the person that a reply is for, and when the client wrote last.
      chats: ['GetItem'],
      files: ['GetItem'],
      outbox: ['GetItem', 'BatchGetItem', 'Query', 'PutItem', 'UpdateItem', 'DeleteItem'],
      'outbox/pending': ['Query'],
    },
    accountWrites: [refusals],
    files: { in: ['GetObject'], out: ['GetObject'] },
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
      assignments: ['GetItem'],
      outbox: ['BatchGetItem', 'Query', 'PutItem', 'UpdateItem', 'DeleteItem'],
    },
    accountWrites: [endedReceivers],
    sendsTo: [...laneQueues, 'tasks'],
    secrets: ['openReceiver', 'sign'],
    tellsAddresses: true,
    ringsItself: true,
    callsOut: true,
  },
  'call-crm': {
    timeoutSeconds: 150,
    tables: {
      ...follows,
      accounts: ['GetItem', 'BatchGetItem'],
      chats: ['GetItem', ...follows.chats],
      messages: ['BatchGetItem'],
      directory: [...follows.directory, 'BatchGetItem'],
      dispensers: ['UpdateItem'],
      assignments: ['PutItem'],
      outbox: ['GetItem', 'BatchGetItem', 'Query', ...follows.outbox],
    },
    accountWrites: [crmProblems, crmTokens],
    sendsTo: [...laneQueues, 'tasks'],
    secrets: ['openCrm', 'openCrmTokens', 'sealCrmTokens', 'sign'],
    tellsAddresses: true,
    ringsItself: true,
    callsOut: true,
  },
  'sweep-lanes': {
    timeoutSeconds: 50,
    tables: {
      'outbox/lanes': ['Query'],
      accounts: ['GetItem', 'BatchGetItem', 'Query'],
      'chats/viewer-unanswered': ['Scan'],
      // A client who has become late is marked, in the transaction that puts the task.
      'chats/channel-unanswered': ['Query'],
      chats: ['BatchGetItem', 'UpdateItem'],
      // Where nobody is on.
      dispensers: ['BatchGetItem'],
    },
    accountWrites: [{ actions: ['PutItem'], partitions: ['installation'] }, lastLook],
    outboxWrites: [waitTasks],
    sendsTo: [...laneQueues, 'tasks', 'waits', 'erasures'],
    secrets: ['found'],
  },
  'read-health': {
    timeoutSeconds: 15,
    tables: {
      pages: ['GetItem'],
      accounts: ['GetItem', 'BatchGetItem', 'Query'],
      chats: ['BatchGetItem'],
      'chats/channel-unanswered': ['Query'],
      'chats/viewer-unanswered': ['Query'],
      messages: ['Query', 'BatchGetItem'],
      outbox: ['BatchGetItem', 'Query'],
      'outbox/lanes': ['Query'],
    },
    pageWrites: [tokenUses],
    accountWrites: [keyUses],
  },
  'manage-deliveries': {
    timeoutSeconds: 15,
    tables: {
      pages: ['GetItem'],
      accounts: ['GetItem', 'BatchGetItem', 'Query'],
      directory: ['GetItem', 'BatchGetItem'],
      chats: ['GetItem', 'BatchGetItem'],
      addresses: ['BatchGetItem'],
      messages: ['Query', 'BatchGetItem', 'GetItem', 'UpdateItem'],
      outbox: ['GetItem', 'BatchGetItem', 'Query', 'PutItem', 'UpdateItem', 'DeleteItem'],
      'outbox/lanes': ['Query'],
      'outbox/failed': ['Query'],
    },
    pageWrites: [tokenUses],
    accountWrites: [audit, keyUses],
    sendsTo: [...laneQueues, 'tasks'],
  },
} as const satisfies Record<string, FunctionDefinition>;
