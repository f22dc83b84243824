import { type components, dataOf, type KonvertClient } from '../../clients/typescript/index.ts';
import { namedOne } from '../terminal/names.ts';

export type User = components['schemas']['ListedUser'];

export type Channel = Awaited<ReturnType<typeof channelsOf>>[number];

/** All channels of the account. */
export function channelsOf(api: KonvertClient) {
  return dataOf(api.GET('/v3/channels'));
}

/** All users of the account, by name. */
export function usersOf(api: KonvertClient): Promise<User[]> {
  return dataOf(api.GET('/v3/users'));
}

/** The channel of that id or name, or of that account at the messenger. */
export function channelCalled(given: string, all: readonly Channel[]): Channel {
  return namedOne('channel', given, all, ({ channelId, name, plainId }) => ({
    id: channelId,
    names: [name, plainId, `@${plainId}`],
  }));
}

/** The user of that id or name. */
export function userCalled(given: string, all: readonly User[]): User {
  return namedOne('user', given, all, ({ id, name }) => ({ id, names: [name] }));
}
