import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test, vi } from 'vitest';
import { createPass } from '#aws/pass';

const event = { rawPath: '/v3/users/' } as never;

/** Calls a Lambda that answers so. `calls` are those that it got. */
async function start(status: number, body: string, headers: Readonly<Record<string, string>> = {}) {
  const calls: Record<string, unknown>[] = [];
  const server = createServer(async (request, response) => {
    const sent = Buffer.concat(await request.toArray()).toString();
    calls.push({ method: request.method, path: request.url, body: sent, ...request.headers });
    response.writeHead(status, headers).end(body);
  }).listen(0, '127.0.0.1');
  onTestFinished(() => {
    server.close();
    vi.unstubAllEnvs();
  });
  await new Promise((resolve) => server.once('listening', resolve));
  vi.stubEnv('AWS_ENDPOINT_URL', `http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  vi.stubEnv('AWS_REGION', 'us-east-1');
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'id');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'secret');
  vi.stubEnv('AWS_SESSION_TOKEN', 'session');
  vi.stubEnv('READ_CHATS_FUNCTION', 'konvert-readchats-1');
  return { calls, pass: createPass(['read-chats']) };
}

test('a function is called with the event, signed with the rights of the caller, and its answer is read', async () => {
  const { pass, calls } = await start(200, '{"statusCode":200,"body":"[]"}');

  expect(await pass('read-chats', event)).toEqual({ statusCode: 200, body: '[]' });
  expect(calls).toMatchObject([
    {
      method: 'POST',
      path: '/2015-03-31/functions/konvert-readchats-1/invocations',
      body: '{"rawPath":"/v3/users/"}',
      authorization: expect.stringMatching(/Credential=id\/\d+\/us-east-1\/lambda\/aws4_request/),
      'x-amz-security-token': 'session',
    },
  ]);
});

test.each([
  ['a function that broke', 200, { 'x-amz-function-error': 'Unhandled' }, 'LAMBDA_200'],
  ['too many calls', 429, {}, 'LAMBDA_429'],
  ['a fault of Lambda', 500, {}, 'LAMBDA_500'],
])(
  '%s is an error with a code and without the words of the answer, after one call',
  async (_, status, headers, code) => {
    const { pass, calls } = await start(status, '{"errorMessage":"a secret"}', headers);

    const error = await pass('read-chats', event).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code, message: 'A function did not answer' });
    expect(calls).toHaveLength(1);
  },
);

test('a name that is missing is an error at start', () => {
  vi.stubEnv('AWS_REGION', 'us-east-1');
  onTestFinished(() => void vi.unstubAllEnvs());

  expect(() => createPass(['hand-over'])).toThrow();
});
