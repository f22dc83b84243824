import type { ChosenSettings, UserRole } from '#domain/settings';
import { createAudit } from '#store/accounts/audit';
import {
  createSettings,
  isChosen,
  type StoredRole,
  type StoredSettings,
  unsetSettings,
  type VersionedSettings,
  withChosen,
  withRoles,
} from '#store/accounts/channel-settings';
import { createChannels } from '#store/accounts/channels';
import { createTeams } from '#store/accounts/teams';
import { createUsers } from '#store/directory/users';
import type { StoreDeps } from '#store/dynamo/client';
import { MOST_WRITES, transact, type Write } from '#store/dynamo/transaction';
import { createTasks, REQUEST_MS } from '#store/outbox/tasks';

export type ChangeSettings = ReturnType<typeof createChangeSettings>;

/**
 * Roles, with the checks that their users exist or do not. If one transaction cannot hold all checks, some roles stay
 * as they were.
 */
interface CheckedRoles {
  readonly roles: StoredRole[];
  readonly checks: readonly Write[];
}

/** Changes the settings of channels, and lets roles follow the users who are pushed and deleted. */
export function createChangeSettings(deps: StoreDeps) {
  const { client, clock } = deps;
  const channels = createChannels(deps);
  const users = createUsers(deps);
  const settings = createSettings(deps);
  const tasks = createTasks(deps);
  const audit = createAudit(deps);
  const teams = createTeams(deps);

  /**
   * Replaces the channel's settings, and answers with what is stored then. The caller has checked that the users exist.
   * A user who was deleted meanwhile has no role when this resolves. The act is recorded with the settings. With a
   * `version` only the settings of that version are replaced: if another one is stored that says something else, it is
   * answered as `changedTo`, and nothing has changed. Nothing has with `faults` either: those fields name what is gone.
   */
  async function put(
    account: string,
    channelId: string,
    chosen: ChosenSettings,
    actor: string,
    version?: number,
  ): Promise<VersionedSettings | { readonly changedTo: number } | { readonly faults: readonly string[] }> {
    const named = chosen.userRoles.map(({ userId }) => userId);
    const act = { actor, act: 'channel-settings-changed', subject: channelId } as const;
    for (;;) {
      const [before = unsetSettings(channelId)] = await settings.load([channelId]);
      // A version never comes back, so what is stale stays so. Whether one is still there is a condition of the write.
      if (version !== undefined && version !== before.version) {
        if (isChosen(before, chosen)) break;
        return { changedTo: before.version };
      }
      const present = await users.existing(account, named);
      const { roles, checks } = checkRoles(account, before, chosen.userRoles, (userId) => present.has(userId));
      const next = withChosen(before, chosen, roles, clock.now());
      const held = next.schedule === before.schedule ? [] : await holdingSchedule(account, next.schedule);
      if (!held) return { faults: ['schedule'] };
      if (await save(account, before, next, [audit.write(account, act), ...held, ...checks])) break;
    }
    await settle(account, [channelId], named);
    const { settings: stored, version: storedVersion } = await settings.read(channelId);
    return { settings: stored, version: storedVersion };
  }

  /**
   * The version that is stored, if a save by this one would be refused now. A request that is sent again, because its
   * answer was lost, finds what it has stored, and is not refused.
   */
  async function changedSince(
    channelId: string,
    chosen: ChosenSettings,
    version: number | undefined,
  ): Promise<number | undefined> {
    if (version === undefined) return undefined;
    const [stored = unsetSettings(channelId)] = await settings.load([channelId]);
    return stored.version === version || isChosen(stored, chosen) ? undefined : stored.version;
  }

  /**
   * Brings the roles of these users in line with who exists now, in all channels of the account. Answers with the
   * channels in which a role came or went. It runs after every push and deletion of users.
   */
  async function followUsers(account: string, userIds: readonly string[]): Promise<string[]> {
    channels.forgetIdsOf(account);
    return settle(account, await channels.idsOf(account), userIds);
  }

  /** Ends when users who were read after the settings agree with the settings. */
  async function settle(account: string, channelIds: readonly string[], userIds: readonly string[]): Promise<string[]> {
    const concerned = new Set(userIds);
    const changed = new Set<string>();
    for (let left = channelIds; ; ) {
      const stored = await settings.load(left);
      const named = stored.flatMap(({ roles }) => roles.map(({ userId }) => userId)).filter((id) => concerned.has(id));
      const present = await users.existing(account, named);
      const wrong = stored.filter(({ roles }) =>
        roles.some(({ userId, gone }) => concerned.has(userId) && gone === present.has(userId)),
      );
      if (wrong.length === 0) return [...changed];
      for (const before of wrong) {
        const exists = (userId: string) => (concerned.has(userId) ? present.has(userId) : undefined);
        const { roles, checks } = checkRoles(account, before, before.roles, exists);
        if (await save(account, before, withRoles(before, roles), checks)) changed.add(before.channelId);
      }
      left = wrong.map(({ channelId }) => channelId);
    }
  }

  /**
   * A role starts or stops to count only together with a check that its user exists, or does not. If a deletion and a
   * save cross each other, one of them sees the other, and no crash leaves a role to a user who is gone.
   */
  function checkRoles(
    account: string,
    before: StoredSettings,
    wanted: readonly UserRole[],
    exists: (userId: string) => boolean | undefined,
  ): CheckedRoles {
    const wasGone = new Map(before.roles.map(({ userId, gone }) => [userId, gone]));
    const checks: Write[] = [];
    const roles = wanted.map(({ userId, role, allowGetNewClients }): StoredRole => {
      const was = wasGone.get(userId) ?? true;
      const gone = !(exists(userId) ?? !was);
      // The transaction also holds the settings, the list of channels with a timer, two tasks, the team and the act.
      if (gone === was || checks.length === MOST_WRITES - 7) return { userId, role, allowGetNewClients, gone: was };
      checks.push(users.checkOf(account, userId, gone ? 'gone' : 'there'));
      return { userId, role, allowGetNewClients, gone };
    });
    return { roles, checks };
  }

  /**
   * Saves the settings together with their task, so that no crash leaves rotation and lists behind. False if the save
   * was overtaken.
   */
  async function save(
    account: string,
    before: StoredSettings,
    next: StoredSettings,
    others: readonly Write[],
  ): Promise<boolean> {
    const { channelId } = next;
    const place = { kind: 'place', channelId, since: clock.now(), round: 1 } as const;
    const follow = tasks.write(place, REQUEST_MS);
    // The rotation has to follow at the next border of the hours.
    const shift = next.schedule === undefined ? [] : [tasks.write({ kind: 'shift', account }, 0)];
    // The new settings hold for clients who are late already, too.
    const late = next.waiting ? [tasks.write({ kind: 'late', channelId }, 0)] : [];
    const beside = [...settings.listing(before, next), follow, ...shift, ...late];
    return transact(client, [settings.write(next), ...beside, ...others]);
  }

  /**
   * The write that is refused if the schedule is taken away meanwhile. It changes nothing. Undefined if there is no such
   * schedule.
   */
  async function holdingSchedule(account: string, schedule: string | undefined): Promise<Write[] | undefined> {
    if (schedule === undefined) return [];
    const { team, version } = await teams.read(account);
    return Object.hasOwn(team.schedules, schedule) ? [teams.write(account, version, team)] : undefined;
  }

  return { put, changedSince, followUsers };
}
