import { scheduleOf, type Team } from './team.ts';

/** New names of schedules, by their present ones. */
export type NewNames = Readonly<Record<string, string>>;

/**
 * The team with those schedules under their new names, also at the users who have them; or the present names that cannot be
 * changed: there is no such schedule, another one has the new name, or that is to be renamed, too. What is renamed already
 * stays.
 */
export function withNewNames(team: Team, names: NewNames): { readonly team: Team } | { readonly faults: string[] } {
  const schedules = new Map(Object.entries(team.schedules));
  const faults: string[] = [];
  for (const [name, newName] of Object.entries(names)) {
    const schedule = schedules.get(name);
    const isFree = !schedule === schedules.has(newName) || isUnderWay(team, name, newName);
    if (!isFree || Object.hasOwn(names, newName)) faults.push(name);
    else if (schedule) {
      schedules.delete(name);
      schedules.set(newName, schedule);
    }
  }
  if (faults.length > 0) return { faults };
  const users = Object.entries(team.users).map(([userId, user]) => {
    const schedule = newNameOf(user.schedule, names);
    return [userId, schedule === undefined ? user : { ...user, schedule }] as const;
  });
  const left = Object.entries(team.renaming ?? {}).filter(([name]) => !Object.hasOwn(names, name));
  return {
    team: {
      schedules: Object.fromEntries(schedules),
      users: Object.fromEntries(users),
      ...(left.length > 0 && { renaming: Object.fromEntries(left) }),
    },
  };
}

/** The team in which those schedules have both names, so that channels can follow one after the other. */
export function withBothNames(team: Team, names: NewNames): Team {
  const present = Object.entries(names).filter(([name]) => Object.hasOwn(team.schedules, name));
  const copies = present.map(([name, newName]) => [newName, team.schedules[name]!] as const);
  return {
    ...team,
    schedules: Object.fromEntries([...Object.entries(team.schedules), ...copies]),
    renaming: { ...team.renaming, ...Object.fromEntries(present) },
  };
}

/** Whether the schedule has both names, because its channels follow. One that was changed since has a newer version. */
function isUnderWay(team: Team, name: string, newName: string): boolean {
  const [before, after] = [name, newName].map((one) => scheduleOf(team, one)?.at(-1)?.from);
  return newNameOf(name, team.renaming ?? {}) === newName && before !== undefined && before === after;
}

/** The new name of a schedule; undefined if it keeps its own. */
export function newNameOf(schedule: string | undefined, names: NewNames): string | undefined {
  return schedule !== undefined && Object.hasOwn(names, schedule) ? names[schedule] : undefined;
}
