import type { ChannelOfTeam, Pipeline } from '../settings-models/roles.ts';
import { placeFault } from './chosen.ts';

/** The channels that would lose where their deals begin, if the pipelines were these. */
export function channelsThatLose(
  channels: readonly ChannelOfTeam[],
  before: readonly Pipeline[],
  after: readonly Pipeline[],
): readonly ChannelOfTeam[] {
  const isGone = ({ stored }: ChannelOfTeam, pipelines: readonly Pipeline[]) =>
    placeFault(stored.chosen, pipelines)?.endsWith('gone') ?? false;
  return channels.filter((channel) => isGone(channel, after) && !isGone(channel, before));
}

/** The pipelines as they are stored: names without spaces around them, and no empty list of stages. */
export function trimmed(pipelines: readonly Pipeline[]): readonly Pipeline[] {
  return pipelines.map(({ id, name, stages = [] }) => ({
    id,
    name: name.trim(),
    ...(stages.length > 0 && { stages: stages.map((stage) => ({ id: stage.id, name: stage.name.trim() })) }),
  }));
}

/** The ids of the pipelines and stages that have no name. */
export function nameless(pipelines: readonly Pipeline[]): ReadonlySet<string> {
  const all = trimmed(pipelines).flatMap((pipeline) => [pipeline, ...(pipeline.stages ?? [])]);
  return new Set(all.filter(({ name }) => name === '').map(({ id }) => id));
}
