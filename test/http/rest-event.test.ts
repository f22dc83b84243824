import type { APIGatewayProxyEvent } from 'aws-lambda';
import { expect, test } from 'vitest';
import { toFormat2 } from '#http/rest-event';
import { createRoute, type HttpRequest } from '#http/route';

/** An event of a REST API that treats every body as binary. */
function restEvent(changes: Partial<APIGatewayProxyEvent> = {}): APIGatewayProxyEvent {
  return {
    resource: '/v1/chats/{channelId}/{chatType}/{chatId}',
    path: '/v1/chats/c1/telegram/+7 900',
    httpMethod: 'GET',
    headers: { Authorization: 'Bearer key', 'X-Twice': 'b', Cookie: 'a=1; b=2' },
    multiValueHeaders: { Authorization: ['Bearer key'], 'X-Twice': ['a', 'b'], Cookie: ['a=1; b=2'] },
    queryStringParameters: { view: 'all', tag: 'y' },
    multiValueQueryStringParameters: { view: ['all'], tag: ['x', 'y'] },
    pathParameters: { channelId: 'c1', chatType: 'telegram', chatId: '+7 900' },
    stageVariables: null,
    body: null,
    isBase64Encoded: false,
    requestContext: {
      accountId: '000000000000',
      apiId: 'abc',
      authorizer: null,
      domainName: 'abc.execute-api.eu-central-1.amazonaws.com',
      domainPrefix: 'abc',
      httpMethod: 'GET',
      identity: { sourceIp: '192.0.2.1' } as APIGatewayProxyEvent['requestContext']['identity'],
      path: '/prod/v1/chats/c1/telegram/+7 900',
      protocol: 'HTTP/1.1',
      requestId: 'r1',
      requestTime: '21/Nov/2026:13:00:00 +0000',
      requestTimeEpoch: 1_795_266_000_000,
      resourceId: 'x',
      resourcePath: '/v1/chats/{channelId}/{chatType}/{chatId}',
      stage: 'prod',
    },
    ...changes,
  };
}

/** The request as a handler gets it. */
async function requestOf(event: APIGatewayProxyEvent): Promise<HttpRequest | undefined> {
  let seen: HttpRequest | undefined;
  const handler = createRoute(
    async (request) => {
      seen = request;
      return { status: 200 };
    },
    { log: () => {} },
  ) as unknown as (event: APIGatewayProxyEvent) => Promise<unknown>;
  await handler(event);
  return seen;
}

test.each([
  { name: 'a REST API', event: restEvent },
  {
    name: 'an HTTP API',
    event: ({ queryStringParameters, httpMethod, resource }: Partial<APIGatewayProxyEvent>) =>
      ({
        version: '2.0',
        routeKey: `${httpMethod} ${resource}`,
        headers: {},
        queryStringParameters,
        requestContext: { http: { method: httpMethod }, domainName: 'abc.example' },
        isBase64Encoded: false,
      }) as never,
  },
])('names of a query may have dots behind $name', async ({ event }) => {
  const query = { 'hub.mode': 'subscribe', 'hub.verify_token': 'a.b', 'hub.challenge': '1158201444' };
  const asked = event({
    httpMethod: 'GET',
    resource: '/webhooks/{transport}/{channelId}',
    queryStringParameters: query,
    multiValueQueryStringParameters: Object.fromEntries(Object.entries(query).map(([name, one]) => [name, [one]])),
  });

  expect((await requestOf(asked))?.query).toEqual(query);
});

test('route, parameters and query are brought to format 2.0', () => {
  expect(toFormat2(restEvent())).toMatchObject({
    version: '2.0',
    routeKey: 'GET /v1/chats/{channelId}/{chatType}/{chatId}',
    rawPath: '/v1/chats/c1/telegram/+7 900',
    rawQueryString: 'view=all&tag=x&tag=y',
    pathParameters: { channelId: 'c1', chatType: 'telegram', chatId: '+7 900' },
    queryStringParameters: { view: 'all', tag: 'x,y' },
    requestContext: { stage: 'prod', http: { method: 'GET', sourceIp: '192.0.2.1' } },
  });
});

test('header names become lower case, and values of a repeated header are joined', () => {
  const { headers, cookies } = toFormat2(restEvent());

  expect(headers).toEqual({ authorization: 'Bearer key', 'x-twice': 'a,b', cookie: 'a=1; b=2' });
  expect(cookies).toEqual(['a=1', 'b=2']);
});

test('what was not sent is absent', () => {
  const bare = restEvent({
    headers: null as never,
    multiValueHeaders: null as never,
    queryStringParameters: null,
    multiValueQueryStringParameters: null,
    pathParameters: null,
  });

  const event = toFormat2(bare);

  expect(event).toMatchObject({ headers: {}, rawQueryString: '' });
  expect(Object.keys(event)).not.toContain('queryStringParameters');
  expect(Object.keys(event)).not.toContain('pathParameters');
  expect(Object.keys(event)).not.toContain('body');
});

test('an event without multi-value fields is read from its single values', () => {
  const event = toFormat2(restEvent({ multiValueHeaders: null as never, multiValueQueryStringParameters: null }));

  expect(event.headers).toEqual({ authorization: 'Bearer key', 'x-twice': 'b', cookie: 'a=1; b=2' });
  expect(event.queryStringParameters).toEqual({ view: 'all', tag: 'y' });
  expect(event.rawQueryString).toBe('view=all&tag=y');
});

test('an event of format 2.0 stays as it is', () => {
  const event = toFormat2(restEvent());

  expect(toFormat2(event)).toBe(event);
});

test('a handler gets the bytes that were sent, and the origin with its stage', async () => {
  const bytes = Buffer.from([0x00, 0xff, 0xfe, 0x80, 0x0a]);

  const request = await requestOf(restEvent({ body: bytes.toString('base64'), isBase64Encoded: true }));

  expect(Buffer.from(request?.body ?? [])).toEqual(bytes);
  expect(request?.origin).toBe('https://abc.execute-api.eu-central-1.amazonaws.com/prod');
  expect(request?.route).toBe('/v1/chats/{channelId}/{chatType}/{chatId}');
  expect(request?.headers.authorization).toBe('Bearer key');
});

test('behind a custom domain the origin has no stage', async () => {
  const event = restEvent();
  const requestContext = { ...event.requestContext, domainName: 'konvert.example.com', path: event.path };

  expect((await requestOf({ ...event, requestContext }))?.origin).toBe('https://konvert.example.com');
});

test.each([
  ['17', '17'],
  ['a/b c', 'a/b c'],
  ['17/', '17'],
  ['a//', 'a/'],
])('an id may be the rest of the path: %s', async (id, read) => {
  const request = await requestOf(restEvent({ resource: '/v3/users/{id+}', pathParameters: { id } }));

  expect(request?.route).toBe('/v3/users/{id}');
  expect(request?.params).toEqual({ id: read });
});

test.each([undefined, '', '/'])('an id of nothing (%o) is a slash behind the list', async (id) => {
  const request = await requestOf(restEvent({ resource: '/v3/users/{id+}', pathParameters: { id } }));

  expect(request?.route).toBe('/v3/users');
  expect(request?.params).toEqual({});
});

test('what an HTTP API leaves encoded in such an id is decoded', () => {
  const event = { ...toFormat2(restEvent()), routeKey: 'GET /v3/users/{id+}', pathParameters: { id: '100%25/%2541' } };

  expect(toFormat2(event).pathParameters).toEqual({ id: '100%/%41' });
  expect(toFormat2({ ...event, routeKey: 'GET /v3/users/{id}' }).pathParameters).toEqual({ id: '100%25/%2541' });
});

test('such an id of a REST API is not decoded again', () => {
  const event = restEvent({ resource: '/v3/users/{id+}', pathParameters: { id: '%2541' } });

  expect(toFormat2(event).pathParameters).toEqual({ id: '%2541' });
});
