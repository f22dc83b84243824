import type * as z from 'zod/mini';
import type { CrmRoutes } from '#api/crm-routes';
import { MOST_PIPELINES, pipeline, presentPipeline } from '#api/pipeline-routes';
import { readEntities } from '#api/read-entities';
import { RequestError } from '#http/errors';
import type { Pipeline, Pipelines } from '#store/directory/pipelines';

export interface PipelinesDeps {
  readonly pipelines: Pick<Pipelines, 'list' | 'replace'>;
}

const kind = {
  schema: pipeline,
  code: 'INVALID_PIPELINES_DATA',
  description: 'One or more of provided pipelines are not valid.',
  most: MOST_PIPELINES,
};

/** The pipelines of the CRM, as in the Wazzup API v3. An upload is the whole set. */
export function pipelineRoutes({ pipelines }: PipelinesDeps): CrmRoutes {
  return {
    async 'GET /v3/pipelines'(_request, { account }) {
      return { status: 200, body: (await pipelines.list(account)).map(presentPipeline) };
    },

    async 'POST /v3/pipelines'({ body }, { account }) {
      const uploaded = readEntities(kind, body, ({ id }) => id);
      if ((await pipelines.replace(account, uploaded.map(toPipeline))) === 'too-large') {
        throw new RequestError(400, kind.code, 'The pipelines are too large together: at most 390,000 bytes of JSON.');
      }
      return { status: 200, body: {} };
    },
  };
}

function toPipeline({ id, name, stages }: z.infer<typeof pipeline>): Pipeline {
  return { id, name, ...(stages && { stages }) };
}
