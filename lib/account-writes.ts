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
  attributes: ['isBlocked', 'blockedAt', 'tier', 'tierAt'],
} as const satisfies LimitedWrites;

/** The mark that a messenger refused the credentials of a channel. */
export const refusals = {
  actions: ['UpdateItem'],
  partitions: ['channel#*'],
  attributes: ['credentialsVersion', 'refusedVersion'],
} as const satisfies LimitedWrites;

/** The settings of a channel, which stand beside it. */
export const channelSettings = {
  actions: ['UpdateItem'],
  partitions: ['channel#*'],
  attributes: ['ver', 'mode', 'pipelineId', 'stageId', 'roles', 'hadRoles'],
} as const satisfies LimitedWrites;

/** The options of an account, which stand beside it. */
export const accountOptions = {
  actions: ['UpdateItem'],
  partitions: ['account#*'],
  attributes: ['ver', 'notifyHeadsAboutAllMessages', 'saveMessagesToTimeline', 'frameAncestors'],
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

/** The mark of the hour in which a key was used last. */
export const keyUses = {
  actions: ['UpdateItem'],
  partitions: ['use#*'],
  attributes: ['usedAt'],
} as const satisfies LimitedWrites;

/** Entries of the audit. The store refuses to replace one. */
export const audit = { actions: ['PutItem'], partitions: ['audit#*'] } as const satisfies LimitedWrites;

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

/** When users are woken. */
export const wakes = {
  actions: ['UpdateItem'],
  partitions: ['wake#*'],
  attributes: ['at', 'ttl'],
} as const satisfies LimitedWrites;

/** The mark of the hour in which a token of the page was used last. */
export const tokenUses = {
  actions: ['UpdateItem'],
  partitions: ['token#*'],
  attributes: ['usedAt', 'ttl'],
} as const satisfies LimitedWrites;
