import {
  accountOptions,
  audit,
  channelSettings,
  channelsWithTimer,
  checks,
  keyUses,
  receivers,
  teams,
  tokenUses,
} from '#lib/account-writes';
import { endedPages, goneSockets } from '#lib/doorbell-functions';
import type { FunctionDefinition } from '#lib/function-definition';
import { compatibleFunctions } from '#lib/routes';

/** What operators set up, what tells them how, and what clients need that end paths with a slash. */
export const operators = {
  'manage-accounts': {
    timeoutSeconds: 15,
    tables: {
      pages: ['GetItem', 'Query'],
      accounts: ['GetItem', 'BatchGetItem', 'Query', 'ConditionCheckItem'],
      outbox: ['PutItem'],
    },
    tellsAddresses: true,
    pageWrites: [tokenUses, goneSockets, endedPages],
    doorbell: 'rung',
    accountWrites: [
      { actions: ['PutItem'], partitions: ['account#*', 'key#*', 'audit#*', 'erasures#*', 'erasure#*'] },
      {
        actions: ['UpdateItem'],
        partitions: ['account#*'],
        attributes: ['disabledAt', 'enabledAt', 'closing', 'closingAt'],
      },
      { actions: ['DeleteItem'], partitions: ['account#*', 'key#*', 'use#*'] },
      checks,
      keyUses,
    ],
    sendsTo: ['checks', 'erasures'],
  },
  'manage-channels': {
    timeoutSeconds: 29,
    // The new state of a channel is told in the transaction that makes it.
    tables: { pages: ['GetItem'], accounts: ['GetItem', 'BatchGetItem', 'Query'], outbox: ['PutItem', 'UpdateItem'] },
    pageWrites: [tokenUses],
    accountWrites: [
      { actions: ['PutItem'], partitions: ['channel#*', 'account#*', 'audit#*', 'route#*', 'tended'] },
      { actions: ['UpdateItem'], partitions: ['channel#*'] },
      { actions: ['DeleteItem'], partitions: ['route#*', 'tended', 'waiting'] },
      keyUses,
    ],
    sendsTo: ['events'],
    secrets: ['open', 'seal'],
    callsOut: true,
  },
  'manage-settings': {
    timeoutSeconds: 15,
    tables: {
      pages: ['GetItem'],
      accounts: ['GetItem', 'BatchGetItem', 'Query', 'ConditionCheckItem'],
      directory: ['GetItem', 'BatchGetItem', 'ConditionCheckItem'],
      dispensers: ['GetItem', 'UpdateItem'],
      outbox: ['PutItem'],
      // What a save would change for people.
      chats: ['BatchGetItem'],
      'chats/channel-rest': ['Query'],
      'chats/viewer-rest': ['Query'],
      'chats/viewer-unanswered': ['Query'],
      addresses: ['BatchGetItem'],
    },
    pageWrites: [tokenUses],
    accountWrites: [channelSettings, channelsWithTimer, accountOptions, teams, audit, keyUses],
    sendsTo: ['tasks'],
  },
  'manage-team': {
    timeoutSeconds: 15,
    tables: {
      pages: ['GetItem'],
      accounts: ['GetItem', 'BatchGetItem', 'Query', 'ConditionCheckItem'],
      directory: ['GetItem', 'Query'],
      dispensers: ['GetItem', 'UpdateItem'],
      // How many clients would go to others if a user gave theirs back.
      'chats/viewer-unanswered': ['Query'],
      chats: ['BatchGetItem'],
      addresses: ['GetItem', 'BatchGetItem'],
      outbox: ['GetItem'],
    },
    pageWrites: [tokenUses],
    accountWrites: [teams, audit, keyUses],
    outboxWrites: [{ actions: ['PutItem'], partitions: ['task#shift#*', 'task#give-back#*'] }],
    sendsTo: ['tasks', 'waits'],
  },
  'manage-webhooks': {
    timeoutSeconds: 29,
    tables: { pages: ['GetItem'], accounts: ['GetItem'], outbox: ['BatchGetItem', 'Query'] },
    pageWrites: [tokenUses],
    outboxWrites: [{ actions: ['PutItem'], partitions: ['tests#*'] }],
    accountWrites: [receivers, audit, keyUses],
    secrets: ['openReceiver', 'sealReceiver'],
    callsOut: true,
  },
  'serve-page': {
    timeoutSeconds: 10,
    tables: { accounts: ['GetItem'] },
    // What the page may reach is in its policy.
    namesBucket: true,
    tellsAddresses: true,
    doorbell: 'told',
  },
  'serve-docs': { timeoutSeconds: 10, tables: {} },
  'strip-slash': { timeoutSeconds: 29, tables: {}, passesTo: compatibleFunctions },
} as const satisfies Record<string, FunctionDefinition>;
