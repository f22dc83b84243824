import { afterEach, expect, test, vi } from 'vitest';
import { createApi } from '../../web/data/api.ts';

/** How long a receiver may take to answer a probe: `PROBE_MS` of `functions/manage-webhooks/probe.ts`. */
const PROBE_MS = 25_000;

afterEach(() => vi.restoreAllMocks());

test.each([
  ['PATCH', '/v3/webhooks', true],
  ['POST', '/v1/webhooks/test', true],
  ['GET', '/v1/webhooks/answers', false],
  ['GET', '/v1/health', false],
] as const)('%s %s outlasts the call of a receiver: %s', async (method, path, isLong) => {
  const timeout = vi.spyOn(AbortSignal, 'timeout');
  const bearer = { token: () => 'kp_1', renew: async () => false };
  const api = createApi('http://konvert.example', bearer, async () => Response.json({}));

  await (api[method] as (path: string, given: object) => Promise<unknown>)(path, method === 'GET' ? {} : { body: {} });

  expect(timeout.mock.lastCall![0] > PROBE_MS).toBe(isLong);
});
