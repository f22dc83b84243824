import type { Problems } from '#api/settings-routes';
import type { CrmName } from '#domain/crm';
import { WITH_UNSORTED } from '#domain/crm-offers';
import { type ChosenSettings, mayWrite } from '#domain/settings';
import type { Team } from '#domain/team';
import { MOST_FAULTS } from '#http/read-body';
import type { Pipeline } from '#store/directory/pipelines';

/**
 * What is wrong with settings of a channel; undefined if nothing is. Round-robin needs a pipeline and one of its
 * stages, or the pipeline alone if the CRM's pipeline has no stages. A connected CRM without an inbox has no mode `unsorted`;
 * where none is connected, that mode is one like first-reply, as it always was.
 */
export function problemsOf(
  { newClients, userRoles, schedule }: ChosenSettings,
  users: ReadonlySet<string>,
  pipelines: readonly Pipeline[],
  { schedules }: Pick<Team, 'schedules'>,
  crm?: CrmName,
): Problems | undefined {
  const fields: string[] = [];
  const unknownUsers = new Set<string>();
  const seen = new Set<string>();
  for (const [index, { userId, role, allowGetNewClients }] of userRoles.entries()) {
    if (!users.has(userId)) unknownUsers.add(userId);
    if (!users.has(userId) || seen.has(userId)) fields.push(`userRoles.${index}.userId`);
    if (allowGetNewClients && !mayWrite(role)) fields.push(`userRoles.${index}.allowGetNewClients`);
    seen.add(userId);
  }
  const { mode, pipelineId, stageId } = newClients;
  const pipeline = pipelines.find(({ id }) => id === pipelineId);
  const stages = pipeline?.stages ?? [];
  const needsPipeline = mode === 'round-robin' || stageId !== undefined;
  const isPipelineUnknown = pipelineId !== undefined && !pipeline;
  const isStageUnknown = stageId !== undefined && pipeline !== undefined && !stages.some(({ id }) => id === stageId);
  const lacksStage = mode === 'round-robin' && stageId === undefined && stages.length > 0;
  if (mode === 'unsorted' && crm !== undefined && !WITH_UNSORTED.includes(crm)) fields.push('newClients.mode');
  if (isPipelineUnknown || (needsPipeline && pipelineId === undefined)) fields.push('newClients.pipelineId');
  if (isStageUnknown || lacksStage) fields.push('newClients.stageId');
  if (typeof schedule === 'string' && !Object.hasOwn(schedules, schedule)) fields.push('schedule');
  if (fields.length === 0) return undefined;
  return {
    fields: fields.slice(0, MOST_FAULTS),
    ...(unknownUsers.size > 0 && { unknownUsers: [...unknownUsers].slice(0, MOST_FAULTS) }),
    ...(isPipelineUnknown && { unknownPipelines: [pipelineId] }),
    ...(isStageUnknown && { unknownStages: [stageId] }),
  };
}
