import type { Chosen, Mode, Named, Pipeline, Place, Role, RoleOfUser } from '../settings-models/roles.ts';
import type { Waiting } from '../settings-models/waiting.ts';

/** What is chosen for a channel before anything was (D4). */
export const NOTHING_CHOSEN: Chosen = { mode: 'first-reply', place: {}, roles: new Map() };

/** What is wrong with the place at which deals begin. */
export type PlaceFault = 'pipeline-missing' | 'pipeline-gone' | 'stage-missing' | 'stage-gone';

/** Why new clients come to nobody as they should: nobody is in turn (D6), or nobody has a role at all. */
export type PeopleFault = 'nobody-in-turn' | 'nobody';

/** What holds of a channel, in a line. */
export interface Summary {
  readonly mode: Mode;
  /** How many get new clients. */
  readonly receiving: number;
  readonly place: PlaceFault | undefined;
  readonly people: PeopleFault | undefined;
}

/** Whether the role may write to clients. Only then it can receive new ones (D3). */
export function mayReceive(role: Role | undefined): boolean {
  return role === 'seller' || role === 'manager';
}

/** The choices with another role of a user. What may not write receives nobody. */
export function withRole(chosen: Chosen, userId: string, role: Role | undefined): Chosen {
  const roles = new Map(chosen.roles);
  const receives = roles.get(userId)?.receives ?? false;
  if (role === undefined) roles.delete(userId);
  else roles.set(userId, { role, receives: receives && mayReceive(role) });
  return { ...chosen, roles };
}

/** The choices with the switch of a user. A user who may not have it stays as before. */
export function withSwitch(chosen: Chosen, userId: string, receives: boolean): Chosen {
  const before = chosen.roles.get(userId);
  if (before === undefined || !mayReceive(before.role)) return chosen;
  return { ...chosen, roles: new Map(chosen.roles).set(userId, { ...before, receives }) };
}

/** The choices with another pipeline, and the first of its stages, if it has any: there its deals begin. */
export function withPipeline(chosen: Chosen, pipeline: Pipeline | undefined): Chosen {
  const stageId = pipeline?.stages?.[0]?.id;
  return {
    ...chosen,
    place: { ...(pipeline && { pipelineId: pipeline.id }), ...(stageId !== undefined && { stageId }) },
  };
}

/** The choices for the users that there are: the role of a deleted one rests. */
export function ofUsers(chosen: Chosen, users: readonly Named[]): Chosen {
  const known = new Set(users.map(({ id }) => id));
  if ([...chosen.roles.keys()].every((userId) => known.has(userId))) return chosen;
  return { ...chosen, roles: new Map([...chosen.roles].filter(([userId]) => known.has(userId))) };
}

/** What is wrong with where deals begin; undefined if nothing is. In turn a place is needed, else it may be left out. */
export function placeFault({ mode, place }: Chosen, pipelines: readonly Pipeline[]): PlaceFault | undefined {
  const { pipelineId, stageId } = place;
  if (pipelineId === undefined) return mode === 'round-robin' ? 'pipeline-missing' : undefined;
  const pipeline = pipelines.find(({ id }) => id === pipelineId);
  if (pipeline === undefined) return 'pipeline-gone';
  const stages = pipeline.stages ?? [];
  if (stageId !== undefined) return stages.some(({ id }) => id === stageId) ? undefined : 'stage-gone';
  return mode === 'round-robin' && stages.length > 0 ? 'stage-missing' : undefined;
}

/** Why new clients come to nobody as they should; undefined if they do. */
export function peopleFault({ mode, roles }: Chosen): PeopleFault | undefined {
  const all = [...roles.values()];
  if (!all.some(({ role }) => mayReceive(role))) return 'nobody';
  return mode === 'round-robin' && !all.some(({ receives }) => receives) ? 'nobody-in-turn' : undefined;
}

/** Whether every seller gets new clients, because no seller has the switch on (R3). In turn nobody does by that. */
export function isForEverySeller({ mode, roles }: Chosen): boolean {
  const sellers = [...roles.values()].filter(({ role }) => role === 'seller');
  return mode !== 'round-robin' && sellers.length > 0 && !sellers.some(({ receives }) => receives);
}

/** What holds of a channel. */
export function summaryOf(chosen: Chosen, pipelines: readonly Pipeline[]): Summary {
  const all = [...chosen.roles.values()];
  const isForSellers = isForEverySeller(chosen);
  return {
    mode: chosen.mode,
    receiving: all.filter(({ role, receives }) => receives || (isForSellers && role === 'seller')).length,
    place: placeFault(chosen, pipelines),
    people: peopleFault(chosen),
  };
}

/** The choices with another schedule of the channel, or with none. */
export function withSchedule(chosen: Chosen, name: string | undefined): Chosen {
  const { schedule: _, ...others } = chosen;
  return { ...others, ...(name !== undefined && { schedule: name }) };
}

/** The choices with another rule for clients whom nobody answers, or with none. */
export function withWaiting(chosen: Chosen, rule: Waiting | undefined): Chosen {
  const { waiting: _, ...others } = chosen;
  return { ...others, ...(rule && { waiting: rule }) };
}

/** Whether the two are the same place. */
export function isSamePlace(one: Place, other: Place): boolean {
  return one.pipelineId === other.pipelineId && one.stageId === other.stageId;
}

/** Whether the two are the same role with the same switch, or both are none. */
export function isSameRole(one: RoleOfUser | undefined, other: RoleOfUser | undefined): boolean {
  return one?.role === other?.role && one?.receives === other?.receives;
}
