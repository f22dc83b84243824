/** What is done to an account or an installation, as the audit names it. What the team does in chats is none of it. */
export const ACTS = [
  'account-made',
  'account-enabled',
  'account-disabled',
  'account-closed',
  'key-made',
  'key-revoked',
  'channel-connected',
  'channel-changed',
  'channel-deleted',
  'webhook-secret-changed',
  'channel-settings-changed',
  'account-settings-changed',
  'quick-replies-changed',
  'user-status-changed',
  'user-schedule-changed',
  'receiver-changed',
  'receiver-secret-changed',
  'crm-connected',
  'crm-changed',
  'crm-left',
  'crm-refreshed',
  'crm-retried',
  'person-exported',
  'person-erased',
  'operator-key-changed',
  'check-begun',
] as const;

/** The operator of the installation, as an actor and as the owner of a log of their own. */
export const OPERATOR = 'operator';

/** An administrative act. It holds nothing secret. */
export interface Act {
  /** The id of the API key that did it, `operator`, `user:` and the id of a user, or `konvert` itself (T11). */
  readonly actor: string;
  readonly act: (typeof ACTS)[number];
  /** The id of the account, key, channel, user, connection, erasure, export or check that it was done to. */
  readonly subject: string;
}

/** An act, and the account that it was done in. */
export interface AccountAct extends Act {
  readonly account: string;
}

/** An act in the log, with its time (epoch ms). */
export interface AuditEntry extends Act {
  readonly at: number;
}
