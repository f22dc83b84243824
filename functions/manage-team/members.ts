import type { Member } from '#api/team-routes';
import { dutyOf } from '#domain/duty';
import { type ChannelSettings, NO_SETTINGS } from '#domain/settings';
import { type Actor, roleOf } from '#domain/sight';
import { type Speaker, statusOf, type Team, userOf } from '#domain/team';
import type { User } from '#store/directory/users';

/** The settings of the channels of an account, by their ids. */
export type Roles = ReadonlyMap<string, ChannelSettings>;

/** As what somebody speaks of a user. Undefined if they may not. */
export function speakerOf({ userId }: Actor, of: string, roles: Roles): Speaker | undefined {
  if (userId === undefined) return 'crm';
  if (userId === of) return 'user';
  const isHead = [...roles.values()].some(
    (settings) => roleOf(userId, settings) === 'manager' && roleOf(of, settings) !== undefined,
  );
  return isHead ? 'head' : undefined;
}

/** The users that the actor may know of, with what holds of them now: all for the CRM, else those of a head, and oneself. */
export function membersOf(actor: Actor, users: readonly User[], roles: Roles, team: Team, now: number): Member[] {
  return users.flatMap(({ id: userId, name }): Member[] => {
    if (!speakerOf(actor, userId, roles)) return [];
    const channels = seenChannelsOf(actor, userId, roles);
    const duty = dutyOf(
      userId,
      channels.map((channelId) => roles.get(channelId) ?? NO_SETTINGS),
    );
    const { schedule } = userOf(team, userId);
    return [{ userId, name, status: statusOf(team, userId, now), schedule, duty, channels }];
  });
}

/** The channels in which the user has a role, as far as the actor may know. */
function seenChannelsOf(actor: Actor, userId: string, roles: Roles): string[] {
  const isAll = actor.userId === undefined || actor.userId === userId;
  return [...roles].flatMap(([channelId, settings]) => {
    const isSeen = isAll || roleOf(actor.userId ?? '', settings) === 'manager';
    return isSeen && roleOf(userId, settings) !== undefined ? [channelId] : [];
  });
}
