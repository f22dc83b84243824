import { isDeepStrictEqual } from 'node:util';
import { type NewNames, newNameOf, withNewNames } from '#domain/renamed-schedules';
import { type Hours, MOST_SCHEDULES, withHours } from '#domain/schedule';
import { fitting } from '#domain/schedule-versions';
import type { Team } from '#domain/team';
import { createOptions, type OptionChanges, type VersionedOptions } from '#store/accounts/account-options';
import { createSettings } from '#store/accounts/channel-settings';
import { createChannels } from '#store/accounts/channels';
import { createTeams } from '#store/accounts/teams';
import type { StoreDeps } from '#store/dynamo/client';
import { ContentionError } from '#store/dynamo/errors';
import { MOST_WRITES, type Write } from '#store/dynamo/transaction';
import { createTasks, REQUEST_MS, type Task } from '#store/outbox/tasks';

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

/** The options, the act, the team and two tasks are in the same transaction as what follows of channels. */
const OTHER_WRITES = 6;

/** As many changes may come between a read and its write. */
const TRIES = 20;

/** Makes `changeOptions`. Rotations follow by the task `shift`, which it puts and the caller rings. */
export function createChangeOptions(deps: StoreDeps): ChangeOptions {
  const { clock, mostWrites = MOST_WRITES } = deps;
  const mostBeside = mostWrites - OTHER_WRITES;
  const options = createOptions(deps);
  const teams = createTeams(deps);
  const tasks = createTasks(deps);
  const channels = createChannels(deps);
  const settings = createSettings(deps);

  /** The schedules that go, though a user or a channel still has them. */
  async function inUse(account: string, team: Team, changes: ScheduleChanges): Promise<string[]> {
    const going = Object.keys(changes).filter((name) => changes[name] === null && Object.hasOwn(team.schedules, name));
    if (going.length === 0) return [];
    channels.forgetIdsOf(account);
    const ofChannels = await settings.settingsOf(await channels.idsOf(account));
    const used = new Set([...ofChannels.values(), ...Object.values(team.users)].map(({ schedule }) => schedule));
    return going.filter((name) => used.has(name));
  }

  /** The tasks that have late clients minded by the new hours of their channels. */
  async function lateOf(account: string, before: Team, { schedules }: Team): Promise<Task[]> {
    channels.forgetIdsOf(account);
    const ofChannels = await settings.settingsOf(await channels.idsOf(account));
    const isNew = (name: string | undefined) =>
      name !== undefined && !isDeepStrictEqual(schedules[name], before.schedules[name]);
    const concerned = [...ofChannels].filter(([, { waiting, schedule }]) => waiting && isNew(schedule));
    return concerned.map(([channelId]) => ({ kind: 'late', channelId }));
  }

  /** The writes by which the channels of renamed schedules have them under the new names. */
  async function renamingOf(account: string, names: NewNames): Promise<Write[]> {
    if (Object.keys(names).length === 0) return [];
    channels.forgetIdsOf(account);
    const stored = await settings.load(await channels.idsOf(account));
    return stored.flatMap((one) => {
      const name = newNameOf(one.schedule, names);
      return name === undefined ? [] : [settings.renaming(one, name)];
    });
  }

  return async function changeOptions(account, { schedules = {}, renameSchedules = {}, ...changes }, actor, version) {
    for (let attempt = 1; attempt <= TRIES; attempt += 1) {
      const { team: stood, version: teamVersion } = await teams.read(account);
      const named = withNewNames(stood, renameSchedules);
      if ('faults' in named) return { faults: named.faults.map((name) => `renameSchedules.${name}`) };
      const before = named.team;
      const renamings = await renamingOf(account, renameSchedules);
      if (renamings.length > mostBeside) return { faults: ['renameSchedules'] };
      const used = await inUse(account, before, schedules);
      if (used.length > 0) return { faults: used.map((name) => `schedules.${name}`) };
      const after = fitting(changed(before.schedules, schedules, clock.now()));
      if (!after || Object.keys(after).length > MOST_SCHEDULES) return { faults: ['schedules'] };
      const team = { ...before, schedules: after };
      const isTeamChanged = !isDeepStrictEqual(team, stood);
      const shift = tasks.write({ kind: 'shift', account }, REQUEST_MS);
      const late = isTeamChanged ? await lateOf(account, before, team) : [];
      const room = mostBeside - renamings.length;
      // What does not fit comes before, and runs when the hours are stored. One that runs for nothing does no harm.
      await Promise.all(late.slice(room).map(tasks.begin));
      const fits = late.slice(0, room).map((task) => tasks.write(task, 0));
      const beside = isTeamChanged ? [teams.write(account, teamVersion, team), shift, ...renamings, ...fits] : [];
      const stored = await options.patchOptions(account, changes, actor, version, beside);
      if (stored) return 'changedTo' in stored ? stored : { ...stored, team, isTeamChanged };
    }
    throw new ContentionError('The schedules');
  };
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
