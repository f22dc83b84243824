import { isDeepStrictEqual } from 'node:util';
import { eachAtOnce } from '#at-once';
import { type NewNames, newNameOf, withBothNames, withNewNames } from '#domain/renamed-schedules';
import { type Hours, MOST_SCHEDULES, withHours } from '#domain/schedule';
import { fitting } from '#domain/schedule-versions';
import type { Team } from '#domain/team';
import { createOptions, type OptionChanges, type VersionedOptions } from '#store/accounts/account-options';
import { createSettings, type StoredSettings } from '#store/accounts/channel-settings';
import { createChannels } from '#store/accounts/channels';
import { createTeams, type VersionedTeam } from '#store/accounts/teams';
import type { StoreDeps } from '#store/dynamo/client';
import { ContentionError } from '#store/dynamo/errors';
import { MOST_WRITES, transact, type Write } from '#store/dynamo/transaction';
import { createTasks, REQUEST_MS } from '#store/outbox/tasks';

/** Schedules by their names that take the place of those of the same name; null: it goes. The others stay. */
export type ScheduleChanges = Readonly<Record<string, Hours | null>>;

/** What was stored, what somebody else has stored meanwhile, or the fields that cannot be stored. */
export type ChangedOptions =
  | (VersionedOptions & { readonly team: Team; readonly isTeamChanged: boolean })
  | { readonly changedTo: number }
  | { readonly faults: readonly string[] };

/** Changes the options of an account and its schedules, all or nothing. */
export type ChangeOptions = (
  account: string,
  changes: OptionChanges & {
    readonly schedules?: ScheduleChanges | undefined;
    readonly renameSchedules?: NewNames | undefined;
  },
  actor: string,
  version?: number,
) => Promise<ChangedOptions>;

/** The options, the act, the team and two tasks are in the transaction that changes schedules, beside what follows them. */
const BESIDE = 5;

/** As many changes may come between a read and its write. */
const TRIES = 20;
const AT_ONCE = 16;

/** Makes `changeOptions`. Rotations follow by the task `shift`, which it puts and the caller rings. */
export function createChangeOptions(deps: StoreDeps & { readonly mostWrites?: number }): ChangeOptions {
  const { client, clock, mostWrites = MOST_WRITES } = deps;
  const options = createOptions(deps);
  const teams = createTeams(deps);
  const tasks = createTasks(deps);
  const channels = createChannels(deps);
  const settings = createSettings(deps);
  /** So many channels can follow in the transaction that changes schedules. */
  const most = mostWrites - BESIDE;

  async function settingsOf(account: string): Promise<StoredSettings[]> {
    channels.forgetIdsOf(account);
    return settings.load(await channels.idsOf(account));
  }

  /** The writes by which the channels of renamed schedules have them under the new names. */
  function renamingOf(stored: readonly StoredSettings[], names: NewNames): Write[] {
    return stored.flatMap((one) => {
      const name = newNameOf(one.schedule, names);
      return name === undefined ? [] : [settings.renaming(one, name)];
    });
  }

  /**
   * Moves as many channels to the new names as one transaction holds. Both names are there until the last one has moved, so a
   * repeated request goes on where this one ended. False if somebody else was faster.
   */
  function moveSome(account: string, { team, version }: VersionedTeam, names: NewNames, renamings: readonly Write[]) {
    const both = teams.write(account, version, withBothNames(team, names));
    return transact(client, [both, ...renamings.slice(0, mostWrites - 1)]);
  }

  /** The writes that have the late clients of channels minded by new hours. Channels without room get their task before. */
  async function lateOf(stored: readonly StoredSettings[], before: Team, { schedules }: Team): Promise<Write[]> {
    const isNew = (name: string | undefined) =>
      name !== undefined && !isDeepStrictEqual(schedules[name], before.schedules[name]);
    const concerned = stored
      .filter(({ waiting, schedule }) => waiting && isNew(schedule))
      .map(({ channelId }) => ({ kind: 'late', channelId }) as const);
    await eachAtOnce(concerned.slice(most), AT_ONCE, tasks.begin);
    return concerned.slice(0, most).map((task) => tasks.write(task, 0));
  }

  return async function changeOptions(account, { schedules = {}, renameSchedules = {}, ...changes }, actor, version) {
    const isOfSchedules = Object.keys({ ...schedules, ...renameSchedules }).length > 0;
    for (let tries = TRIES; tries > 0; ) {
      const stood = await teams.read(account);
      const named = withNewNames(stood.team, renameSchedules);
      if ('faults' in named) return { faults: named.faults.map((name) => `renameSchedules.${name}`) };
      const before = named.team;
      const ofChannels = isOfSchedules ? await settingsOf(account) : [];
      const renamings = renamingOf(ofChannels, renameSchedules);
      if (renamings.length > most) {
        const { version: present } = await options.versioned(account);
        if (version !== undefined && version !== present) return { changedTo: present };
        if (!(await moveSome(account, stood, renameSchedules, renamings))) tries -= 1;
        continue;
      }
      const used = inUse(ofChannels, before, schedules);
      if (used.length > 0) return { faults: used.map((name) => `schedules.${name}`) };
      const after = fitting(changed(before.schedules, schedules, clock.now()));
      if (!after || Object.keys(after).length > MOST_SCHEDULES) return { faults: ['schedules'] };
      const team = { ...before, schedules: after };
      const isTeamChanged = !isDeepStrictEqual(team, stood.team);
      const shift = tasks.write({ kind: 'shift', account }, REQUEST_MS);
      const late = isTeamChanged ? await lateOf(ofChannels, before, team) : [];
      const beside = isTeamChanged ? [teams.write(account, stood.version, team), shift, ...renamings, ...late] : [];
      const stored = await options.patchOptions(account, changes, actor, version, beside);
      if (stored) return 'changedTo' in stored ? stored : { ...stored, team, isTeamChanged };
      tries -= 1;
    }
    throw new ContentionError('The schedules');
  };
}

/** The schedules that go, though a user or a channel still has them. */
function inUse(ofChannels: readonly StoredSettings[], team: Team, changes: ScheduleChanges): string[] {
  const going = Object.keys(changes).filter((name) => changes[name] === null && Object.hasOwn(team.schedules, name));
  const used = new Set([...ofChannels, ...Object.values(team.users)].map(({ schedule }) => schedule));
  return going.filter((name) => used.has(name));
}

/** The schedules with those changes. Hours that hold already make no new version. */
function changed(before: Team['schedules'], changes: ScheduleChanges, now: number): Team['schedules'] {
  const all = new Map(Object.entries(before));
  for (const [name, hours] of Object.entries(changes)) {
    const stored = all.get(name) ?? [];
    const { from: _, ...held } = stored.at(-1) ?? { from: 0 };
    if (hours === null) all.delete(name);
    else if (!isDeepStrictEqual(held, hours)) all.set(name, withHours(stored, hours, now));
  }
  return Object.fromEntries(all);
}
