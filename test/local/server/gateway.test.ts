import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { expect, test } from 'vitest';
import type { HttpHandler } from '#http/route';
import { createGateway, type PlainRequest } from '#local/server/gateway';

const routes = [
  { method: 'GET', path: '/chats/{channelId}/{chatId}', function: 'read' },
  { method: 'POST', path: '/chats', function: 'write' },
] as const;

function call(request: Partial<PlainRequest>) {
  const events: APIGatewayProxyEventV2[] = [];
  const handler: HttpHandler = async (event) => {
    events.push(event);
    return { statusCode: 201, headers: { 'x-made': 'yes' }, body: 'made' };
  };
  const gateway = createGateway(routes, { read: handler, write: handler });
  const answer = gateway({ method: 'GET', target: '/', headers: {}, body: new Uint8Array(), ...request });
  return answer.then((given) => ({ answer: given, event: events[0] }));
}

test('a request becomes an event of format 2.0, and the answer comes back', async () => {
  const { answer, event } = await call({
    method: 'POST',
    target: '/chats?view=all&user=1&user=2&text=a%20b+c',
    headers: { host: 'konvert.example.com', 'x-key': 'k' },
    body: Buffer.from('{"a":1}'),
  });

  expect(answer).toEqual({ status: 201, headers: { 'x-made': 'yes' }, body: 'made' });
  expect(event).toMatchObject({
    version: '2.0',
    routeKey: 'POST /chats',
    rawPath: '/chats',
    rawQueryString: 'view=all&user=1&user=2&text=a%20b+c',
    queryStringParameters: { view: 'all', user: '1,2', text: 'a b c' },
    headers: { 'x-key': 'k' },
    pathParameters: {},
    requestContext: { domainName: 'konvert.example.com', http: { method: 'POST', path: '/chats' } },
    body: Buffer.from('{"a":1}').toString('base64'),
    isBase64Encoded: true,
  });
});

test('names of a query may have dots and brackets, as those of a messenger’s question', async () => {
  const query = 'hub.mode=subscribe&hub.verify_token=a%2Eb&hub.challenge=1158201444&list[0]=x';

  expect((await call({ target: `/chats/one/two?${query}` })).event).toMatchObject({
    rawQueryString: query,
    queryStringParameters: {
      'hub.mode': 'subscribe',
      'hub.verify_token': 'a.b',
      'hub.challenge': '1158201444',
      'list[0]': 'x',
    },
  });
});

test('bytes that are no UTF-8 arrive as they came', async () => {
  const body = Buffer.from([0x7b, 0xff, 0xfe, 0x7d]);

  const { event } = await call({ method: 'POST', target: '/chats', body });

  expect(Buffer.from(event?.body ?? '', 'base64')).toEqual(body);
});

test.each([
  ['/chats/one/two', { channelId: 'one', chatId: 'two' }],
  ['/chats/one/two/', { channelId: 'one', chatId: 'two' }],
  ['/chats/one/%2B7%20%D0%B0', { channelId: 'one', chatId: '+7 а' }],
  ['/chats/one/a%2Fb?x=y', { channelId: 'one', chatId: 'a/b' }],
  ['http://konvert.example.com/chats/one/two', { channelId: 'one', chatId: 'two' }],
])('%s has its path parameters decoded', async (target, params) => {
  expect((await call({ target })).event?.pathParameters).toEqual(params);
});

test.each([
  ['GET', '/', 404, 'NOT_FOUND'],
  ['GET', '/nowhere', 404, 'NOT_FOUND'],
  ['POST', '/chats/one/two', 404, 'NOT_FOUND'],
  ['HEAD', '/chats/one/two', 404, 'NOT_FOUND'],
  ['GET', '/chats/one/two//', 404, 'NOT_FOUND'],
  ['GET', '/chats//two', 404, 'NOT_FOUND'],
  ['GET', '//chats/one/two', 404, 'NOT_FOUND'],
  ['OPTIONS', '*', 404, 'NOT_FOUND'],
  ['GET', '/chats/one/%', 400, 'INVALID_REQUEST'],
  ['GET', '/chats/one/%C3%28', 400, 'INVALID_REQUEST'],
])('%s %s is a %i', async (method, target, status, error) => {
  const { answer, event } = await call({ method, target });

  expect(event).toBeUndefined();
  expect(answer.status).toBe(status);
  expect(answer.headers).toMatchObject({ 'x-content-type-options': 'nosniff', 'cache-control': 'no-store' });
  expect(JSON.parse(String(answer.body))).toEqual({ error, description: expect.any(String) });
});
