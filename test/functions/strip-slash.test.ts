import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { expect, test } from 'vitest';
import { createHandler } from '#functions/strip-slash/handler';
import { createRoute } from '#http/route';
import { routes } from '#lib/routes';

/** What an HTTP API brings for a path that no other of its routes has. */
function eventOf(method: string, proxy: string | undefined): APIGatewayProxyEventV2 {
  return {
    version: '2.0',
    routeKey: 'ANY /v3/{proxy+}',
    rawPath: `/v3/${proxy}`,
    rawQueryString: 'offset=1',
    queryStringParameters: { offset: '1' },
    pathParameters: { proxy },
    headers: { authorization: 'Bearer secret' },
    requestContext: { http: { method } },
    body: '{}',
    isBase64Encoded: false,
  } as never;
}

/** What the handler answers, logs, and calls. */
async function ask(method: string, proxy: string | undefined, pass = async () => ({ statusCode: 201, body: '[]' })) {
  const logged: unknown[] = [];
  const passed: { name: string; event: APIGatewayProxyEventV2 }[] = [];
  const handler = createHandler({
    log: (entry) => logged.push(entry),
    pass: async (name, event) => {
      passed.push({ name, event });
      return pass();
    },
  });
  return { answer: await handler(eventOf(method, proxy)), logged, passed };
}

const behindSlash = routes.filter(({ path }) => path.startsWith('/v3/') && !path.endsWith('{id}'));

test.each(behindSlash.map((route) => [route.method, route.path, route.function] as const))(
  '%s %s/ goes to %s, as the gateway brings it without the slash',
  async (method, path, name) => {
    const proxy = `${path.replace('/v3/', '').replace(/\{\w+\}/, 'm-1')}/`;
    const { answer, logged, passed } = await ask(method, proxy);

    const pathParameters = path.includes('{') ? { messageId: 'm-1' } : {};
    expect(passed).toEqual([
      { name, event: { ...eventOf(method, proxy), routeKey: `${method} ${path}`, pathParameters } },
    ]);
    expect(answer).toEqual({ statusCode: 201, body: '[]' });
    expect(logged).toEqual([{ method, route: path, status: 201 }]);
  },
);

test('it does not matter whether the gateway hands the slash on', async () => {
  expect((await ask('GET', 'users')).passed).toMatchObject([{ event: { routeKey: 'GET /v3/users' } }]);
});

test.each([
  ['GET', 'nothing/'],
  ['PUT', 'users/'],
  ['POST', 'users//'],
  ['PATCH', 'message//'],
  ['PATCH', 'message/a/b/'],
  ['POST', ''],
  ['POST', undefined],
  ['GET', '{messageId}/'],
  ['GET', '__proto__/'],
])('%s /v3/%s has no route: the answer is the gateway’s own', async (method, proxy) => {
  const { answer, logged, passed } = await ask(method, proxy);

  expect(passed).toEqual([]);
  expect(answer).toMatchObject({ statusCode: 404, body: '{"message":"Not Found"}' });
  expect(logged).toEqual([{ method, route: '/v3/{proxy+}', status: 404 }]);
});

test('a function that does not answer is a 500, and the log does not quote it', async () => {
  const { answer, logged } = await ask('POST', 'message/', async () => {
    throw Object.assign(new Error('Bearer secret'), { code: 'LAMBDA_429' });
  });

  expect(answer).toMatchObject({ statusCode: 500 });
  // As any other function of ours says it.
  const broken = createRoute(() => Promise.reject(new Error('no')), { log: () => {} });
  const { headers = {}, ...usual } = await broken(eventOf('POST', 'message/'));
  const { 'trace-id': _its, ...usualHeaders } = headers;
  expect(answer).toEqual({ ...usual, headers: usualHeaders });
  expect(JSON.parse((answer as { body: string }).body)).toMatchObject({ error: 'INTERNAL_ERROR' });
  expect(logged).toMatchObject([{ method: 'POST', route: '/v3/message', status: 500, code: 'LAMBDA_429' }]);
  expect(JSON.stringify(logged)).not.toContain('secret');
});
