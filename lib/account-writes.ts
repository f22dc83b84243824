// Longer than 300 lines: one table, an entry for each part that a function may write.

import type { TableAction } from '#lib/tables';

/** The actions that change an item. */
export const WRITE_ACTIONS = ['PutItem', 'UpdateItem', 'DeleteItem'] as const satisfies readonly TableAction[];

/** An action that changes an item. */
export type WriteAction = (typeof WRITE_ACTIONS)[number];

/** Writes that a function may do to a part of a table. */
export interface LimitedWrites {
  readonly actions: readonly WriteAction[];
  /** The partitions: a whole one, or the beginning of several with `*` behind it. */
  readonly partitions: readonly string[];
  /** The only attributes that such a write may name, beside the keys. */
  readonly attributes?: readonly string[];
}

/**
 * A connection stands beside its channel. An update of these attributes can neither replace the channel nor touch its
 * secrets.
 */
export const connections = {
  actions: ['UpdateItem'],
  partitions: ['channel#*'],
  attributes: ['connectionId', 'ownerId', 'madeAt', 'sequence', 'state', 'storedAt'],
} as const satisfies LimitedWrites;

/** What a messenger says of the account of a channel. */
export const channelReports = {
  actions: ['UpdateItem'],
  partitions: ['channel#*'],
  attributes: ['isBlocked', 'blockedAt', 'tier', 'tierAt', 'link', 'linkAt'],
} as const satisfies LimitedWrites;

/** The mark that a messenger refused the credentials of a channel. */
export const refusals = {
  actions: ['UpdateItem'],
  partitions: ['channel#*'],
  attributes: ['credentialsVersion', 'refusedVersion'],
} as const satisfies LimitedWrites;

/** That a channel was looked after. */
export const tendedChannels = {
  actions: ['UpdateItem'],
  partitions: ['tended'],
  attributes: ['tendedAt', 'askedAt', 'renewedAt'],
} as const satisfies LimitedWrites;

/**
 * What is found when a channel is looked after: fresh credentials, and whether its messenger calls. What else the state
 * follows from is only looked at.
 */
export const foundOfChannels = {
  actions: ['UpdateItem'],
  partitions: ['channel#*'],
  attributes: [
    'sealed',
    'credentialsVersion',
    'elsewhere',
    'deafWhy',
    'deafSince',
    'deletedAt',
    'state',
    'refusedVersion',
    'isBlocked',
    'link',
    'tier',
  ],
} as const satisfies LimitedWrites;

/** The settings of a channel, which stand beside it. */
export const channelSettings = {
  actions: ['UpdateItem'],
  partitions: ['channel#*'],
  attributes: ['ver', 'mode', 'pipelineId', 'stageId', 'roles', 'hadRoles', 'schedule', 'waiting', 'placing'],
} as const satisfies LimitedWrites;

/** The list of the channels in which clients may become late. */
export const channelsWithTimer = {
  actions: ['PutItem', 'DeleteItem'],
  partitions: ['waiting'],
} as const satisfies LimitedWrites;

/** The end of the mark that chats still follow the settings of their channel. The version is only looked at. */
export const placedChats = {
  actions: ['UpdateItem'],
  partitions: ['channel#*'],
  attributes: ['ver', 'placing'],
} as const satisfies LimitedWrites;

/** The options of an account, which stand beside it. */
export const accountOptions = {
  actions: ['UpdateItem'],
  partitions: ['account#*'],
  attributes: [
    'ver',
    'notifyHeadsAboutAllMessages',
    'saveMessagesToTimeline',
    'frameAncestors',
    'retentionDays',
    'zone',
  ],
} as const satisfies LimitedWrites;

/** The team of an account, which stands beside it. */
export const teams = {
  actions: ['UpdateItem'],
  partitions: ['account#*'],
  attributes: ['schedules', 'users', 'renaming', 'ver'],
} as const satisfies LimitedWrites;

/** The quick replies of an account, which stand beside it. */
export const quickReplies = {
  actions: ['UpdateItem'],
  partitions: ['account#*'],
  attributes: ['quickReplies', 'ver'],
} as const satisfies LimitedWrites;

/** The receiver of an account's events, which stands beside the account. */
export const receivers = {
  actions: ['UpdateItem'],
  partitions: ['account#*'],
  attributes: ['uri', 'subscriptions', 'ver', 'listensSince', 'endedAt', 'sealed'],
} as const satisfies LimitedWrites;

/** The mark that a receiver wants nothing any more. The version is only looked at. */
export const endedReceivers = {
  actions: ['UpdateItem'],
  partitions: ['account#*'],
  attributes: ['endedAt', 'ver'],
} as const satisfies LimitedWrites;

/** The writes of connecting, changing and leaving a CRM. The connection stands beside the account. */
export const crmConnections = {
  actions: ['UpdateItem'],
  partitions: ['account#*'],
  attributes: [
    'connectionId',
    'crm',
    'madeAt',
    'baseUrl',
    'portal',
    'fields',
    'problems',
    'todo',
    'isDisabled',
    'resumedAt',
    'blockedUntil',
    'blockedBecause',
    'lastNewsAt',
    'lastProofAt',
    'former',
    'forgotAt',
    'ver',
    'sealed',
    'hook',
  ],
} as const satisfies LimitedWrites;

/** The ways to the CRM of an account: from its connection, and from the list of all. */
export const crmWays = {
  actions: ['PutItem', 'DeleteItem'],
  partitions: ['crm#*', 'crms'],
} as const satisfies LimitedWrites;

/** What was found in a CRM, and how it stands. The id of the connection is only looked at. */
export const crmReports = {
  actions: ['UpdateItem'],
  partitions: ['account#*'],
  attributes: [
    'connectionId',
    'portal',
    'fields',
    'problems',
    'todo',
    'blockedUntil',
    'blockedBecause',
    'lastProofAt',
    'former',
    'forgotAt',
  ],
} as const satisfies LimitedWrites;

/** That a CRM takes no calls for now, and what does not go as it should. */
export const crmProblems = {
  actions: ['UpdateItem'],
  partitions: ['account#*'],
  attributes: ['connectionId', 'problems', 'blockedUntil', 'blockedBecause'],
} as const satisfies LimitedWrites;

/** The mark that a CRM has told something. */
export const crmNews = {
  actions: ['UpdateItem'],
  partitions: ['account#*'],
  attributes: ['connectionId', 'lastNewsAt'],
} as const satisfies LimitedWrites;

/** The secret that a CRM gives with its installation. */
export const crmHookSecrets = {
  actions: ['UpdateItem'],
  partitions: ['account#*'],
  attributes: ['connectionId', 'hook'],
} as const satisfies LimitedWrites;

/** The tokens of a CRM, which stand apart from all else. */
export const crmTokens = {
  actions: ['UpdateItem'],
  partitions: ['crm#*'],
  attributes: [
    'ver',
    'grantId',
    'pair',
    'spare',
    'lease',
    'leaseBy',
    'sentVer',
    'refusedAt',
    'endedAt',
    'endedBecause',
  ],
} as const satisfies LimitedWrites;

/** The mark of the hour in which a key was used last. */
export const keyUses = {
  actions: ['UpdateItem'],
  partitions: ['use#*'],
  attributes: ['usedAt'],
} as const satisfies LimitedWrites;

/** Entries of the audit. The store refuses to replace one. */
export const audit = { actions: ['PutItem'], partitions: ['audit#*'] } as const satisfies LimitedWrites;

/** Erasures, and the marks of erased people. */
export const erasures = {
  actions: ['PutItem'],
  partitions: ['erasures#*', 'erasure#*', 'erased#*'],
} as const satisfies LimitedWrites;

/** All that stands of an account that closes. */
export const closedAccounts = [
  {
    actions: ['DeleteItem'],
    partitions: [
      'account#*',
      'key#*',
      'use#*',
      'channel#*',
      'crm#*',
      'crms',
      'route#*',
      'tended',
      'waiting',
      'audit#*',
      'erasures#*',
      'erasure#*',
      'erased#*',
    ],
  },
  { actions: ['UpdateItem'], partitions: ['channel#*'], attributes: ['deletedAt', 'state'] },
] as const satisfies readonly LimitedWrites[];

/** How far an erasure is. */
export const erasuresUnderWay = {
  actions: ['UpdateItem'],
  partitions: ['erasures#*'],
  attributes: ['erased', 'doneAt'],
} as const satisfies LimitedWrites;

/** When somebody was erased last in an account, for everybody who reads one of its channels. */
export const lastErasures = {
  actions: ['UpdateItem'],
  partitions: ['account#*', 'channel#*'],
  attributes: ['erasedAt'],
} as const satisfies LimitedWrites;

/** Checks of what is stored, and how far they have come. */
export const checks = {
  actions: ['UpdateItem', 'DeleteItem'],
  partitions: ['checks'],
} as const satisfies LimitedWrites;

/** What users have written and not sent. */
export const drafts = { actions: ['PutItem', 'DeleteItem'], partitions: ['draft#*'] } as const satisfies LimitedWrites;

/** The browsers of users that may be woken. */
export const subscriptions = {
  actions: ['PutItem', 'DeleteItem'],
  partitions: ['push#*'],
} as const satisfies LimitedWrites;

/** The end of a subscription that its push service does not know any more. */
export const endedSubscriptions = {
  actions: ['DeleteItem'],
  partitions: ['push#*'],
  attributes: ['at'],
} as const satisfies LimitedWrites;

/** That somebody looks at a page of a browser that may be woken, or does not any more. */
export const looks = {
  actions: ['UpdateItem'],
  partitions: ['push#*'],
  attributes: ['visibleAt'],
} as const satisfies LimitedWrites;

/** When users are woken. */
export const wakes = {
  actions: ['UpdateItem'],
  partitions: ['wake#*'],
  attributes: ['at', 'ttl'],
} as const satisfies LimitedWrites;

/** When a look last found everybody who is late, and where nobody is on. */
export const lastLook = {
  actions: ['UpdateItem'],
  partitions: ['waiting'],
  attributes: ['lookedAt', 'stretch'],
} as const satisfies LimitedWrites;

/** The tasks of late clients. */
export const waitTasks = { actions: ['PutItem'], partitions: ['task#wait#*'] } as const satisfies LimitedWrites;

/** When users last answered anybody. It stands beside their account. */
export const signsOfLife = {
  actions: ['UpdateItem'],
  partitions: ['account#*'],
  attributes: ['seenAt'],
} as const satisfies LimitedWrites;

/** The mark of the hour in which a token of the page was used last. */
export const tokenUses = {
  actions: ['UpdateItem'],
  partitions: ['token#*'],
  attributes: ['usedAt', 'ttl'],
} as const satisfies LimitedWrites;
