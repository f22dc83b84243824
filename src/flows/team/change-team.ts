import { eachAtOnce } from '#at-once';
import type { Act } from '#domain/audit';
import { drawsTurns } from '#domain/new-clients';
import type { ChannelSettings } from '#domain/settings';
import { type Team, type Word, withSchedule, withWord } from '#domain/team';
import { createFollowSettings, FOLLOW_AT_ONCE } from '#flows/follow-settings';
import { createAudit } from '#store/accounts/audit';
import { createSettings } from '#store/accounts/channel-settings';
import { createChannels } from '#store/accounts/channels';
import { createTeams } from '#store/accounts/teams';
import type { StoreDeps } from '#store/dynamo/client';
import { createTasks, REQUEST_MS } from '#store/outbox/tasks';

export type ChangeTeam = ReturnType<typeof createChangeTeam>;

/**
 * Changes what is known of the users of an account. Rotations have followed when it resolves. Pools follow by the task
 * `shift`, which it puts and the caller rings.
 */
export function createChangeTeam(deps: StoreDeps) {
  const { clock } = deps;
  const teams = createTeams(deps);
  const audit = createAudit(deps);
  const tasks = createTasks(deps);
  const channels = createChannels(deps);
  const settings = createSettings(deps);
  const followSettings = createFollowSettings(deps);

  /** Says something about a user (T10). Answers with the team as it is then. */
  async function say(account: string, userId: string, word: Word, actor: string): Promise<Team> {
    const act = { actor, act: 'user-status-changed', subject: userId } as const;
    return change(account, userId, act, (team) => withWord(team, userId, word, clock.now()));
  }

  /** Gives the user that schedule, or none. Undefined if there is none of that name. */
  async function giveSchedule(
    account: string,
    userId: string,
    schedule: string | null,
    actor: string,
  ): Promise<Team | undefined> {
    let isKnown = true;
    const act = { actor, act: 'user-schedule-changed', subject: userId } as const;
    const team = await change(account, userId, act, (before) => {
      isKnown = schedule === null || Object.hasOwn(before.schedules, schedule);
      return isKnown ? withSchedule(before, userId, schedule, clock.now()) : before;
    });
    return isKnown ? team : undefined;
  }

  async function change(account: string, userId: string, act: Act, decide: (team: Team) => Team): Promise<Team> {
    const { team } = await teams.change(account, (before) => ({
      team: decide(before),
      others: [audit.write(account, act), tasks.write({ kind: 'shift', account }, REQUEST_MS)],
    }));
    await follow(account, userId);
    return team;
  }

  /** The rotations that have the user follow now. The others are not concerned. */
  async function follow(account: string, userId: string): Promise<void> {
    const ofChannels = await settings.settingsOf(await channels.idsOf(account));
    const isConcerned = (chosen: ChannelSettings) =>
      drawsTurns(chosen) && chosen.userRoles.some((user) => user.userId === userId);
    const concerned = [...ofChannels].flatMap(([channelId, chosen]) => (isConcerned(chosen) ? [channelId] : []));
    await eachAtOnce(concerned, FOLLOW_AT_ONCE, followSettings);
  }

  return { say, giveSchedule };
}
