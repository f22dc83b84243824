import type { Bells } from '#bells';
import { isOpen } from '#domain/calendar';
import { isAwayBy, type Lapse } from '#domain/lapse';
import { MINUTE_MS } from '#domain/schedule';
import { isOn, scheduleOf, statusOf, userOf, withWord } from '#domain/team';
import { createAnsweredByPhone } from '#flows/statistics/answered-by-phone';
import { createChangeTeam } from '#flows/team/change-team';
import { writeWake } from '#flows/wake';
import { createAudit } from '#store/accounts/audit';
import { createSettings } from '#store/accounts/channel-settings';
import { createTeams } from '#store/accounts/teams';
import type { StoreDeps } from '#store/dynamo/client';
import { shiftTaskName } from '#store/outbox/shift-task';
import { createTasks } from '#store/outbox/tasks';

/** A user who has just lost a client by a return, and the channel of that return. */
interface Lapsed {
  readonly account: string;
  readonly channelId: string;
  readonly userId: string;
}

/**
 * Sets a user away after so many returns in a row that they cannot be there (T11). It lasts until their next shift or
 * another word. A user who is away already stays so, and nobody is set away in a channel that is answered by phones: they
 * may have answered there. The heads of the channel are told.
 */
export type SetAway = (who: Lapsed, lapse: Lapse, awayAfterReturns: number) => Promise<void>;

/** Ends what `setAway` said, because the user has answered a client (T11). */
export type ComeBack = (account: string, userId: string) => Promise<void>;

const KONVERT = 'konvert';

/** Many clients may leave a user at once, and the question is asked at each. */
const ASKED_ONCE_IN_MS = MINUTE_MS;

/** Makes `setAway`. */
export function createSetAway(deps: StoreDeps & { readonly bells: Bells<'tasks' | 'pushes'> }): SetAway {
  const { clock, bells, cache } = deps;
  const teams = createTeams(deps);
  const settings = createSettings(deps);
  const changeTeam = createChangeTeam(deps);
  const answeredByPhone = cache.loader('answered by phone', createAnsweredByPhone(deps), ASKED_ONCE_IN_MS);

  return async function setAway({ account, channelId, userId }, lapse, awayAfterReturns) {
    if (!isAwayBy(lapse, awayAfterReturns)) return;
    const { team } = await teams.read(account);
    if (!isOn(team, userId, clock.now()) || (await answeredByPhone(channelId))) return;
    await changeTeam.say(account, userId, { status: 'away', by: KONVERT }, KONVERT);
    await bells.ring('tasks', shiftTaskName(account));
    // Their page says so, and a closed one is woken for it (N2).
    await bells.ring('pushes', writeWake({ account, userId, kind: 'away', tries: 0 }));
    for (const head of await headsOf(channelId)) {
      if (head !== userId) await bells.ring('pushes', writeWake({ account, userId: head, kind: 'told', tries: 0 }));
    }
  };

  async function headsOf(channelId: string): Promise<string[]> {
    const { userRoles } = (await settings.read(channelId)).settings;
    return userRoles.filter(({ role }) => role === 'manager').map(({ userId }) => userId);
  }
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
