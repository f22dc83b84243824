const CHANNEL = 'channel#';
const ACCOUNT = 'account#';

/** The partition of a channel in the table of accounts: the channel itself, its settings and its connections. */
export function channelPartition(channelId: string): string {
  return `${CHANNEL}${channelId}`;
}

/** The channel of a partition. Undefined if the partition is not one of a channel. */
export function channelOfPartition(p: unknown): string | undefined {
  return typeof p === 'string' && p.startsWith(CHANNEL) ? p.slice(CHANNEL.length) : undefined;
}

/** The key of the channel itself. */
export function channelKey(channelId: string) {
  return { p: channelPartition(channelId), s: '-' };
}

/** The partition of an account: the account itself, its keys, its options, and the ids of its channels. */
export function accountPartition(account: string): string {
  return `${ACCOUNT}${account}`;
}

/** The partition of what was erased in a log: an account's, or the operator's. */
export function erasuresPartition(log: string): string {
  return `erasures#${log}`;
}

/** The key of the account itself. */
export function accountKey(account: string) {
  return { p: accountPartition(account), s: 'account' };
}

/** The sort key of an API key in the partition of its account. */
export function apiKeySortKey(keyId: string): string {
  return `key#${keyId}`;
}

/** The sort key of a channel's id in the partition of its account. */
export function channelSortKey(channelId: string): string {
  return `${CHANNEL}${channelId}`;
}

/** The beginning of the sort keys of channels in the partition of an account. */
export const CHANNELS_OF_ACCOUNT = CHANNEL;

/** The partition of the channels of one account of a messenger. Their ids are the sort keys. */
export function routePartition(transport: string, account: string): string {
  return `route#${transport}#${account}`;
}

/** The partition of the installation's secret. The secret is sealed for the same name. */
export const INSTALLATION = 'installation';

/** The partition that lists the channels with a timer. Their ids are the sort keys. */
export const WAITING = 'waiting';

/** The key of a channel in that list. */
export function waitingKey(channelId: string) {
  return { p: WAITING, s: channelId };
}

const RECEIVER = 'receiver';

/** The key of the account's receiver of events. */
export function receiverKey(account: string) {
  return { p: accountPartition(account), s: RECEIVER };
}

/** What the secrets of the account's receiver are sealed for. */
export function receiverContext(account: string): string {
  return `${RECEIVER}#${account}`;
}

const CRM = 'crm';
const CRM_SECRETS = 'crm#';
const CRM_TOKENS = 'crm-tokens#';

/** The key of the account's connection to a CRM. */
export function crmKey(account: string) {
  return { p: accountPartition(account), s: CRM };
}

/** The key of the item that leads from a connection to its account. */
export function crmLeadKey(connectionId: string) {
  return { p: `crm#${connectionId}`, s: '-' };
}

/** The key of the tokens of a connection. */
export function crmTokensKey(connectionId: string) {
  return { p: `crm#${connectionId}`, s: 'tokens' };
}

/** The partition of all accounts that have a CRM. Their ids are the sort keys. */
export const CONNECTED_ACCOUNTS = 'crms';

/** What the credentials and hook secrets of a connection are sealed for. */
export function crmContext(connectionId: string): string {
  return `${CRM_SECRETS}${connectionId}`;
}

/** What the tokens of a connection are sealed for. */
export function crmTokensContext(connectionId: string): string {
  return `${CRM_TOKENS}${connectionId}`;
}
