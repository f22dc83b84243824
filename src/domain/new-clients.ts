import type { PassedOver } from './rotation.ts';
import { type ChannelSettings, mayWrite } from './settings.ts';

/** Whether the channel gives its new clients out in turn (D2). */
export function drawsTurns({ newClients }: Pick<ChannelSettings, 'newClients'>): boolean {
  return newClients.mode === 'round-robin';
}

/**
 * The users who receive the new clients of a channel in turn, and the others, each with the reason why not (D2, D9).
 */
export function rosterOf(settings: ChannelSettings): {
  readonly eligible: readonly string[];
  readonly passedOver: readonly PassedOver[];
} {
  if (!drawsTurns(settings)) return { eligible: [], passedOver: [] };
  const { userRoles } = settings;
  const isEligible = ({ role, allowGetNewClients }: ChannelSettings['userRoles'][number]) =>
    mayWrite(role) && allowGetNewClients;
  return {
    eligible: userRoles.filter(isEligible).map(({ userId }) => userId),
    passedOver: userRoles
      .filter((user) => !isEligible(user))
      .map(({ userId, role }) => ({ userId, reason: mayWrite(role) ? 'SWITCHED_OFF' : 'MAY_NOT_WRITE' })),
  };
}
