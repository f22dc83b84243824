import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { createGatewayDoorbells } from '#aws/doorbells';

const keys = () => ({ accessKeyId: 'id', secretAccessKey: 'secret', sessionToken: 'session' });

/** The sockets of a gateway that answers so. `calls` are those that it got. */
async function start(status: number) {
  const calls: Record<string, unknown>[] = [];
  const server = createServer(async (request, response) => {
    const body = Buffer.concat(await request.toArray()).toString();
    calls.push({ method: request.method, path: request.url, body, ...request.headers });
    response.writeHead(status).end('{"message":"a secret of the gateway"}');
  }).listen(0, '127.0.0.1');
  onTestFinished(() => void server.close());
  await new Promise((resolve) => server.once('listening', resolve));
  const url = `ws://127.0.0.1:${(server.address() as AddressInfo).port}/live`;
  return { calls, url, doorbells: createGatewayDoorbells({ url, region: 'us-east-1', keys }) };
}

test('a message is posted to its socket, signed with the rights of the function', async () => {
  const { doorbells, calls } = await start(200);

  expect(await doorbells.post('abc=', '{"t":"pong"}')).toBe('sent');

  expect(calls).toMatchObject([
    {
      method: 'POST',
      path: '/live/@connections/abc%3D',
      body: '{"t":"pong"}',
      authorization: expect.stringMatching(/Credential=id\/\d+\/us-east-1\/execute-api\/aws4_request/),
      'x-amz-security-token': 'session',
    },
  ]);
});

test('a socket that the gateway does not know is gone', async () => {
  const { doorbells } = await start(410);

  expect(await doorbells.post('abc', 'x')).toBe('gone');
});

test('any other answer is an error that says the status, and nothing of what was answered', async () => {
  const { doorbells } = await start(403);

  const refused = await doorbells.post('abc', 'x').catch((error) => error);

  expect(refused).toMatchObject({ code: 'GATEWAY_403' });
  expect(String(refused.message)).not.toContain('secret');
});

test('a ticket is the query of the address', async () => {
  const { doorbells, url } = await start(200);

  expect(doorbells.addressFor('t', {})).toBe(`${url}?ticket=t`);
});
