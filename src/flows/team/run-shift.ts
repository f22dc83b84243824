import { eachAtOnce } from '#at-once';
import type { Bells } from '#bells';
import { drawsTurns, holdsOutside, rosterOf } from '#domain/new-clients';
import type { ChannelSettings } from '#domain/settings';
import { nextShift, type Team } from '#domain/team';
import { createCallShift } from '#flows/call-shift';
import { createDrainPool } from '#flows/drain-pool';
import { createFollowSettings, FOLLOW_AT_ONCE } from '#flows/follow-settings';
import { createHastenWaits } from '#flows/timer/hasten-waits';
import { createSettings } from '#store/accounts/channel-settings';
import { createChannels } from '#store/accounts/channels';
import { createTeams } from '#store/accounts/teams';
import type { StoreDeps } from '#store/dynamo/client';
import type { ShiftTask } from '#store/outbox/shift-task';

/**
 * Brings the rotations of an account in line with who is on now, gives out the clients in their pools (T12, D6), and has late
 * clients minded again if somebody has come on (T6). Answers with what is left, and when (epoch ms): the rest at once if the
 * time `until` came first, else the next border; never if nothing changes by itself.
 */
export type RunShift = (
  task: ShiftTask,
  until: number,
) => Promise<{ readonly left: ShiftTask; readonly at: number | undefined }>;

/** A border is followed once more when it has passed by the clocks of all machines. */
const SKEW_MS = 10_000;

/** Makes `runShift`. Repeating it does no harm. */
export function createRunShift(
  deps: StoreDeps & { readonly bells: Bells<'events' | 'slowEvents' | 'crm' | 'waits' | 'pushes'> },
): RunShift {
  const { clock } = deps;
  const channels = createChannels(deps);
  const settings = createSettings(deps);
  const teams = createTeams(deps);
  const followSettings = createFollowSettings(deps);
  const drainPool = createDrainPool(deps);
  const hastenWaits = createHastenWaits(deps);
  const callShift = createCallShift(deps);

  return async function runShift(task, until) {
    const { account, followedAt, left: from = '' } = task;
    const now = clock.now();
    // A channel that was just made may have hours already.
    channels.forgetIdsOf(account);
    const ofChannels = await settings.settingsOf(await channels.idsOf(account));
    const { team } = await teams.read(account);
    const rotating = [...ofChannels]
      .filter(([, chosen]) => drawsTurns(chosen))
      .sort(([one], [two]) => (one < two ? -1 : 1));
    // All rotations come first, so that nobody waits for the pool of another channel.
    await eachAtOnce(rotating, FOLLOW_AT_ONCE, ([channelId]) => followSettings(channelId));
    for (const [channelId] of rotating.filter(([id]) => id >= from)) {
      if (!(await drainPool(channelId, now, until))) return { left: { ...task, left: channelId }, at: now };
    }
    const come = rotating.filter(([, chosen]) => mayHaveCome(chosen, team, followedAt, now));
    await hastenWaits(come.map(([channelId]) => channelId));
    // Clients who were given out just now count as theirs.
    if (followedAt !== undefined) await callShift(account, team, followedAt, now);
    const others = [...ofChannels.values()].flatMap((chosen) => (holdsOutside(chosen) ? (chosen.schedule ?? []) : []));
    // A machine whose clock is behind may still see who was on before the border, and write that.
    const next = nextShift(team, others, now - SKEW_MS);
    const at = next !== undefined && next <= now ? next + SKEW_MS : next;
    return { left: { kind: 'shift', account, followedAt: now }, at };
  };
}

/** Whether somebody may receive clients now who did not by the clock of any machine when the rotations followed last. */
function mayHaveCome(chosen: ChannelSettings, team: Team, before: number | undefined, now: number): boolean {
  if (before === undefined) return true;
  const were = new Set(rosterOf(chosen, team, before - SKEW_MS).eligible);
  return rosterOf(chosen, team, now).eligible.some((userId) => !were.has(userId));
}
