import { type components, dataOf, type KonvertClient } from '../../clients/typescript/index.ts';
import { namedOne } from '../terminal/names.ts';

export type Channel = components['schemas']['Channel'];
export type User = components['schemas']['ListedUser'];
export type Pipeline = components['schemas']['Pipeline'];

/** All channels of the account. */
export function channelsOf(api: KonvertClient): Promise<Channel[]> {
  return dataOf(api.GET('/v3/channels'));
}

/** All users of the account, by name. */
export function usersOf(api: KonvertClient): Promise<User[]> {
  return dataOf(api.GET('/v3/users'));
}

/** All pipelines of the account. */
export function pipelinesOf(api: KonvertClient): Promise<Pipeline[]> {
  return dataOf(api.GET('/v3/pipelines'));
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

/** What people call the users and channels; the id of one that is gone. */
export function namesOf(users: readonly User[], channels: readonly Channel[]) {
  const byId = new Map<string, string>([
    ...users.map(({ id, name }) => [`user ${id}`, name] as const),
    ...channels.map(({ channelId, name }) => [`channel ${channelId}`, name] as const),
  ]);
  return {
    user: (id: string) => byId.get(`user ${id}`) ?? id,
    channel: (id: string) => byId.get(`channel ${id}`) ?? id,
  };
}
