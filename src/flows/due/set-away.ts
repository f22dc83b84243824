import type { Bells } from '#bells';
import { isOpen } from '#domain/calendar';
import { isAwayBy, type Lapse } from '#domain/lapse';
import { isOn, scheduleOf, statusOf, userOf, withWord } from '#domain/team';
import { createChangeTeam } from '#flows/team/change-team';
import { writeWake } from '#flows/wake';
import { createAudit } from '#store/accounts/audit';
import { createTeams } from '#store/accounts/teams';
import type { StoreDeps } from '#store/dynamo/client';
import { shiftTaskName } from '#store/outbox/shift-task';
import { createTasks } from '#store/outbox/tasks';

/**
 * Sets a user away after so many returns in a row that they cannot be there (T11). It lasts until their next shift or
 * another word. A user who is away already stays so.
 */
export type SetAway = (account: string, userId: string, lapse: Lapse, awayAfterReturns: number) => Promise<void>;

/** Ends what `setAway` said, because the user has answered a client (T11). */
export type ComeBack = (account: string, userId: string) => Promise<void>;

const KONVERT = 'konvert';

/** Makes `setAway`. */
export function createSetAway(deps: StoreDeps & { readonly bells: Bells<'tasks' | 'pushes'> }): SetAway {
  const { clock, bells } = deps;
  const teams = createTeams(deps);
  const changeTeam = createChangeTeam(deps);

  return async function setAway(account, userId, lapse, awayAfterReturns) {
    if (!isAwayBy(lapse, awayAfterReturns)) return;
    const { team } = await teams.read(account);
    if (!isOn(team, userId, clock.now())) return;
    await changeTeam.say(account, userId, { status: 'away', by: KONVERT }, KONVERT);
    await bells.ring('tasks', shiftTaskName(account));
    // Their page says so, and a closed one is woken for it (N2).
    await bells.ring('pushes', writeWake({ account, userId, kind: 'away', tries: 0 }));
  };
}

/** Makes `comeBack`, which is recorded like any other change of a status. Rotations follow by a task, which the sweep rings. */
export function createComeBack(deps: StoreDeps): ComeBack {
  const { clock } = deps;
  const teams = createTeams(deps);
  const audit = createAudit(deps);
  const tasks = createTasks(deps);

  return async function comeBack(account, userId) {
    const now = clock.now();
    await teams.change(account, (team) => {
      const { status, by } = statusOf(team, userId, now);
      // Outside their hours they are away anyway, and come with their next shift.
      const works = isOpen(scheduleOf(team, userOf(team, userId).schedule), now);
      const isOver = status === 'away' && by === KONVERT && works;
      return {
        team: isOver ? withWord(team, userId, { status: 'on', by: KONVERT }, now) : team,
        others: [
          audit.write(account, { actor: KONVERT, act: 'user-status-changed', subject: userId }),
          tasks.write({ kind: 'shift', account }, 0),
        ],
      };
    });
  };
}
