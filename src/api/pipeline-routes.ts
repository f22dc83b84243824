import * as z from 'zod/mini';
import { directoryId, shortText } from '#api/crm-fields';
import type { DescribedRoutes } from '#api/described-route';
import { done } from '#api/fields';
import type { NoFields } from '#no-fields';
import type { Pipeline } from '#store/directory/pipelines';

/** More than any CRM has. 390,000 bytes are the limit that counts, but it is found only after all was read. */
export const MOST_PIPELINES = 1000;
const MOST_STAGES = 1000;

/** A stage of a pipeline as the CRM loads it. */
export const stage = z.object({ id: directoryId, name: shortText(100) });
const stages = z.array(stage).check(z.minLength(1), z.maxLength(MOST_STAGES), z.refine(areDistinct));

/**
 * A pipeline as the CRM loads it; names have 1 to 100 characters. `stages` is left out if the CRM has none, and names
 * no stage twice.
 */
export const pipeline = z.object({ id: directoryId, name: shortText(100), stages: z.optional(stages) });

/**
 * The pipelines that the CRM loads: at most 1000 of them, and 1000 stages of one. An account has at most 390,000 bytes
 * of them as JSON.
 */
export const pipelinePush = z.array(pipeline).check(z.maxLength(MOST_PIPELINES));

/** A stage of a pipeline as it is stored. */
export const storedStage = z.object({ id: z.string(), name: z.string() });

/** A pipeline as it is stored. */
export const storedPipeline = z.object({
  id: z.string(),
  name: z.string(),
  stages: z.optional(z.array(storedStage)),
});

/** The pipelines of an account, in the order in which the CRM loaded them. */
export const pipelineList = z.array(storedPipeline);

type PipelineAnswer = z.infer<typeof pipelineList>[number];

/** A pipeline as the API shows it. */
export function presentPipeline({ id, name, stages, ...rest }: Pipeline): PipelineAnswer {
  rest satisfies NoFields;
  return { id, name, stages: stages?.map(presentStage) };
}

function presentStage({
  id,
  name,
  ...rest
}: NonNullable<Pipeline['stages']>[number]): NonNullable<PipelineAnswer['stages']>[number] {
  rest satisfies NoFields;
  return { id, name };
}

/** The routes of pipelines (reference, section 8). */
export const describedPipelineRoutes = {
  'GET /v3/pipelines': {
    operationId: 'listPipelines',
    tag: 'Pipelines',
    summary: 'The pipelines of the CRM',
    answer: pipelineList,
    status: 200,
    security: 'apiKey',
    errors: [],
  },
  'POST /v3/pipelines': {
    operationId: 'pushPipelines',
    tag: 'Pipelines',
    summary: 'Load new pipelines of the CRM, and replace those with the same ids; the others stay',
    description: 'Each pipeline comes with all of its stages. `PUT /v1/pipelines` removes those that are not named.',
    body: pipelinePush,
    answer: done,
    status: 200,
    security: 'apiKey',
    errors: ['INVALID_PIPELINES_DATA', 'TOO_MANY_ENTITIES', 'DIRECTORY_KEPT_BY_CONNECTOR'],
  },
  'PUT /v1/pipelines': {
    operationId: 'replacePipelines',
    tag: 'Pipelines',
    summary: 'Replace all pipelines of the CRM',
    body: pipelinePush,
    answer: pipelineList,
    status: 200,
    security: 'apiKey',
    errors: ['INVALID_PIPELINES_DATA', 'TOO_MANY_ENTITIES', 'DIRECTORY_KEPT_BY_CONNECTOR'],
  },
} satisfies DescribedRoutes;

function areDistinct(entities: readonly { readonly id: string }[]): boolean {
  return new Set(entities.map(({ id }) => id)).size === entities.length;
}
