import type { ChannelSettings } from '#domain/settings';
import { isInPool } from '#domain/sight';

/** A partition of a pair of list indexes: the chats of a channel, of a viewer or of a pool. */
export interface Scope {
  readonly kind: 'channel' | 'viewer';
  readonly id: string;
}

/** The partition of the viewers' indexes in which a chat stands: its first viewer's, or its channel's pool (R3). */
export function viewerScope(
  account: string,
  channelId: string,
  viewers: readonly string[],
  settings: Pick<ChannelSettings, 'userRoles'>,
): Scope {
  const [first] = viewers;
  if (first === undefined || isInPool(viewers, settings)) return poolScope(account, channelId);
  return { kind: 'viewer', id: viewerId(account, first) };
}

/** The partition of a channel's pool. */
export function poolScope(account: string, channelId: string): Scope {
  return { kind: 'viewer', id: `${account}#pool#${channelId}` };
}

/** The account of a pool's partition. Undefined if it is that of a user. */
export function accountOfPool(id: string): string | undefined {
  return /^([^#]+)#pool#/.exec(id)?.[1];
}

/** The partition of the chats that a user is responsible for. */
export function viewerId(account: string, userId: string): string {
  return `${account}#user#${userId}`;
}
