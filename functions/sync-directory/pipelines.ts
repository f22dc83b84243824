import type * as z from 'zod/mini';
import type { CrmRoutes } from '#api/crm-routes';
import { MOST_PIPELINES, pipeline, presentPipeline } from '#api/pipeline-routes';
import { readEntities } from '#api/read-entities';
import { RequestError } from '#http/errors';
import type { Pipeline, Pipelines, PipelinesOutcome } from '#store/directory/pipelines';

export interface PipelinesDeps {
  readonly pipelines: Pick<Pipelines, 'list' | 'refresh' | 'replace'>;
}

const kind = {
  schema: pipeline,
  code: 'INVALID_PIPELINES_DATA' as const,
  description: 'One or more of provided pipelines are not valid.',
  most: MOST_PIPELINES,
};

/** The pipelines of the CRM. An upload, as in the Wazzup API v3, changes those that it names; `PUT` replaces all. */
export function pipelineRoutes({ pipelines }: PipelinesDeps): CrmRoutes {
  return {
    async 'GET /v3/pipelines'(_request, { account }) {
      return { status: 200, body: (await pipelines.list(account)).map(presentPipeline) };
    },

    async 'POST /v3/pipelines'({ body }, { account }) {
      checkStored(await pipelines.refresh(account, readPipelines(body)));
      return { status: 200, body: {} };
    },

    async 'PUT /v1/pipelines'({ body }, { account }) {
      const all = readPipelines(body);
      checkStored(await pipelines.replace(account, all));
      return { status: 200, body: all.map(presentPipeline) };
    },
  };
}

function readPipelines(body: Uint8Array): Pipeline[] {
  return readEntities(kind, body, ({ id }) => id).map(toPipeline);
}

function checkStored(outcome: PipelinesOutcome): void {
  if (outcome === 'stored') return;
  throw new RequestError(400, kind.code, 'The pipelines are too large together: at most 390,000 bytes of JSON.');
}

function toPipeline({ id, name, stages }: z.infer<typeof pipeline>): Pipeline {
  return { id, name, ...(stages && { stages }) };
}
