import {
  audit,
  channelReports,
  connections,
  foundOfChannels,
  keyUses,
  signsOfLife,
  teams,
  tendedChannels,
  tokenUses,
  waitTasks,
} from '#lib/account-writes';
import { follows } from '#lib/function-access';
import type { FunctionDefinition } from '#lib/function-definition';

/** What people and the team say. */
export const messages = {
  'receive-message': {
    // A thousand messages in one body take a few seconds. The gateway gives up after 29 s.
    timeoutSeconds: 25,
    // A connection that ends may change the state of its channel, which is told in the same transaction.
    tables: {
      accounts: ['GetItem', 'Query'],
      messages: ['GetItem', 'BatchGetItem', 'PutItem', 'UpdateItem'],
      addresses: ['BatchGetItem'],
    },
    accountWrites: [connections, channelReports],
    outboxWrites: [{ actions: ['PutItem', 'UpdateItem'], partitions: ['event#*'] }],
    secrets: ['open', 'sign'],
    // VK's question to a new address is answered with what VK says then.
    callsOut: true,
  },
  'tend-channels': {
    // A run begins with nothing new after two minutes, and what is under way takes a minute and a half.
    timeoutSeconds: 240,
    tables: {
      accounts: ['GetItem', 'Query'],
      messages: ['GetItem', 'BatchGetItem', 'PutItem', 'UpdateItem'],
      addresses: ['BatchGetItem'],
    },
    accountWrites: [connections, channelReports, foundOfChannels, tendedChannels],
    outboxWrites: [{ actions: ['PutItem', 'UpdateItem'], partitions: ['event#*'] }],
    secrets: ['open', 'seal', 'sign'],
    callsOut: true,
  },
  'record-reply': {
    // A file is fetched, or a copy of it made, and templates are looked up before the answer.
    timeoutSeconds: 29,
    tables: {
      pages: ['GetItem'],
      ...follows,
      outbox: ['GetItem', ...follows.outbox],
      accounts: ['GetItem', 'BatchGetItem'],
      messages: ['PutItem', 'Query', 'BatchGetItem'],
      chats: ['GetItem', ...follows.chats],
      assignments: ['PutItem'],
      files: ['GetItem', 'PutItem'],
    },
    pageWrites: [tokenUses],
    accountWrites: [keyUses, signsOfLife, teams, audit],
    // A second put of a file has to tell what the first one stored.
    files: { out: ['PutObject', 'GetObject'], up: ['GetObject'] },
    secrets: ['open', 'sign'],
    tellsAddresses: true,
    callsOut: true,
  },
  'manage-templates': {
    timeoutSeconds: 29,
    tables: { pages: ['GetItem'], accounts: ['GetItem', 'BatchGetItem', 'Query'], directory: ['GetItem'] },
    pageWrites: [tokenUses],
    accountWrites: [keyUses],
    secrets: ['open'],
    callsOut: true,
  },
  'change-message': {
    timeoutSeconds: 29,
    tables: {
      pages: ['GetItem'],
      accounts: ['GetItem', 'BatchGetItem'],
      directory: ['GetItem'],
      messages: ['Query', 'BatchGetItem', 'UpdateItem'],
      chats: ['GetItem', 'Query'],
      outbox: ['GetItem'],
      files: ['GetItem', 'PutItem'],
    },
    pageWrites: [tokenUses],
    accountWrites: [keyUses],
    outboxWrites: [{ actions: ['UpdateItem'], partitions: ['hold#*'] }],
    files: { in: ['GetObject'], out: ['PutObject', 'GetObject'], up: ['GetObject'] },
    secrets: ['open', 'sign'],
    tellsAddresses: true,
    callsOut: true,
  },
  'set-no-reply-needed': {
    timeoutSeconds: 15,
    tables: {
      pages: ['GetItem'],
      accounts: ['GetItem', 'BatchGetItem'],
      directory: ['GetItem'],
      messages: ['Query', 'BatchGetItem', 'PutItem', 'UpdateItem'],
      chats: ['GetItem', 'UpdateItem', 'PutItem'],
      addresses: ['BatchGetItem'],
      waits: ['PutItem'],
    },
    pageWrites: [tokenUses],
    accountWrites: [keyUses],
    // What is taken back may let a client wait who has waited for long.
    outboxWrites: [waitTasks],
    secrets: ['sign'],
  },
} as const satisfies Record<string, FunctionDefinition>;
