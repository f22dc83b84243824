import { type ChannelSettings, mayWrite } from './settings.ts';
import { receivesNewClients, roleOf } from './sight.ts';

/**
 * What a user does in channels while they are on: they receive new clients, only answer those who are theirs, only watch
 * (quality control), or have no role.
 */
export const DUTIES = ['receives', 'answers', 'watches', 'none'] as const;

/** What a user does in channels while they are on. */
export type Duty = (typeof DUTIES)[number];

/** What the user does in those channels, at the most. */
export function dutyOf(userId: string, channels: readonly Pick<ChannelSettings, 'userRoles'>[]): Duty {
  if (channels.some((settings) => receivesNewClients(userId, settings))) return 'receives';
  const roles = channels.flatMap((settings) => roleOf(userId, settings) ?? []);
  if (roles.some(mayWrite)) return 'answers';
  return roles.length > 0 ? 'watches' : 'none';
}
