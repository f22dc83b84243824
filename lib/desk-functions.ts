import {
  audit,
  drafts,
  endedSubscriptions,
  keyUses,
  quickReplies,
  subscriptions,
  tokenUses,
  wakes,
} from '#lib/account-writes';
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
  'ask-deal': {
    timeoutSeconds: 15,
    tables: {
      accounts: ['GetItem', 'BatchGetItem'],
      directory: ['GetItem'],
      chats: ['GetItem'],
      addresses: ['BatchGetItem'],
      pages: ['GetItem'],
    },
    pageWrites: [tokenUses],
    accountWrites: [keyUses],
    outboxWrites: [{ actions: ['PutItem'], partitions: ['deal#*', 'task#ask-deal#*'] }],
    sendsTo: ['tasks'],
  },
  'manage-push': {
    timeoutSeconds: 15,
    tables: { accounts: ['GetItem'], directory: ['GetItem'], pages: ['GetItem', 'Query'] },
    pageWrites: [tokenUses, subscriptions],
    accountWrites: [keyUses],
  },
  'notify-users': {
    timeoutSeconds: 30,
    tables: { accounts: ['GetItem', 'BatchGetItem'], pages: ['GetItem', 'Query'] },
    pageWrites: [wakes],
    sendsTo: ['pushes'],
  },
  'wake-browsers': {
    timeoutSeconds: 35,
    tables: {
      accounts: ['GetItem', 'BatchGetItem', 'Query'],
      directory: ['GetItem'],
      chats: ['GetItem', 'BatchGetItem'],
      'chats/channel-unanswered': ['Query'],
      'chats/viewer-unanswered': ['Query'],
      pages: ['GetItem', 'Query', 'BatchGetItem'],
    },
    pageWrites: [endedSubscriptions, wakes],
    sendsTo: ['pushes'],
    ringsItself: true,
    secrets: ['sign'],
    tellsAddresses: true,
    callsOut: true,
  },
} as const satisfies Record<string, FunctionDefinition>;
