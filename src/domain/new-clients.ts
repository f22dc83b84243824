import { isOpen } from './calendar.ts';
import type { PassedOver } from './rotation.ts';
import { type ChannelSettings, mayWrite, type UserRole } from './settings.ts';
import { absences, scheduleOf, type Team } from './team.ts';

/** Whether the channel gives its new clients out in turn (D2). */
export function drawsTurns({ newClients }: Pick<ChannelSettings, 'newClients'>): boolean {
  return newClients.mode === 'round-robin';
}

/** Whether the channel gives new clients to nobody while it is closed (T9). */
export function holdsOutside({ waiting }: ChannelSettings): boolean {
  return waiting?.outsideHours === 'hold';
}

/**
 * The users who receive the new clients of a channel in turn now, and the others, each with the reason why not (D2, D9,
 * T9, T10).
 */
export function rosterOf(
  settings: ChannelSettings,
  team: Team,
  now: number,
): {
  readonly eligible: readonly string[];
  readonly passedOver: readonly PassedOver[];
} {
  if (!drawsTurns(settings)) return { eligible: [], passedOver: [] };
  const isClosed = holdsOutside(settings) && !isOpen(scheduleOf(team, settings.schedule), now);
  const absenceOf = absences(team, now);
  const eligible: string[] = [];
  const passedOver: PassedOver[] = [];
  for (const user of settings.userRoles) {
    const { userId } = user;
    const reason = reasonAgainst(user) ?? (isClosed ? 'OUT_OF_HOURS' : absenceOf(userId));
    if (reason) passedOver.push({ userId, reason });
    else eligible.push(userId);
  }
  return { eligible, passedOver };
}

/** Whether that reason passes: whoever has it will receive new clients again. */
export function isOut(reason: string): boolean {
  return reason === 'AWAY' || reason === 'OUT_OF_HOURS';
}

/** The users of the channel who receive clients while they are on: those with the switch on who may write. */
export function receiversOf({ userRoles }: Pick<ChannelSettings, 'userRoles'>): string[] {
  return userRoles.filter((user) => reasonAgainst(user) === undefined).map(({ userId }) => userId);
}

/** Why the user never receives new clients of the channel. Undefined if they may. */
function reasonAgainst({ role, allowGetNewClients }: UserRole): string | undefined {
  if (!mayWrite(role)) return 'MAY_NOT_WRITE';
  return allowGetNewClients ? undefined : 'SWITCHED_OFF';
}
