import { deflateSync, gzipSync } from 'node:zlib';
import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { beforeEach, describe, expect, test } from 'vitest';
import { type Route, routes } from '#lib/routes';
import { createGateway } from '#local/server/gateway';
import { eventBy } from '#test/hostile/events';
import type { Entrance } from '#test/hostile/requests';
import { createWorld, textUpdate, type World } from '#test/world';

const CHAT = 501;
const BOM = Buffer.from('efbbbf', 'hex');
const ENTRANCES: readonly Entrance[] = ['local', 'http', 'rest'];

let world: World;

beforeEach(async () => {
  world = await createWorld();
  return () => world.stop();
});

interface Sent {
  readonly method: string;
  readonly target: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  readonly by?: Entrance;
}

/** Sends a request through the local gateway, or as one of AWS's gateways would hand it on. */
async function send({ method, target, headers = {}, body = '', by = 'local' }: Sent) {
  const all = { authorization: `Bearer ${world.account.apiKey}`, 'content-type': 'application/json', ...headers };
  const handlers = Object.fromEntries(
    Object.entries(world.app.routes).map(([name, handle]) => [
      name,
      (event: APIGatewayProxyEventV2) => handle(eventBy(by, event, Object.entries(all))),
    ]),
  );
  const bytes = body instanceof Uint8Array ? body : Buffer.from(typeof body === 'string' ? body : JSON.stringify(body));
  const answer = await createGateway(routes, handlers)({ method, target, headers: all, body: bytes });
  return { status: answer.status, headers: answer.headers, body: JSON.parse(String(answer.body)) };
}

const ask = async (target: string) => (await send({ method: 'GET', target })).body;

describe.each(ENTRANCES)('a body that came %s', (by) => {
  const users = [{ id: '17', name: 'Анна 👋' }];
  const plain = Buffer.from(JSON.stringify(users));
  const push = (body: Uint8Array, headers: Record<string, string> = {}) =>
    send({ method: 'POST', target: '/v3/users', by, body, headers });

  test.each<[what: string, body: Uint8Array, headers?: Record<string, string>]>([
    ['gzip', gzipSync(plain), { 'content-encoding': 'gzip' }],
    ['x-gzip', gzipSync(plain), { 'Content-Encoding': 'x-gzip' }],
    ['deflate', deflateSync(plain), { 'content-encoding': 'deflate, identity' }],
    ['plain, though a gateway left the header', plain, { 'content-encoding': 'gzip' }],
    ['with a byte order mark', Buffer.concat([BOM, plain])],
    ['with a byte order mark, in gzip', gzipSync(Buffer.concat([BOM, plain])), { 'content-encoding': 'gzip' }],
    ['without a Content-Type', plain, { 'content-type': '' }],
    ['as text/plain', plain, { 'content-type': 'text/plain; charset=utf-8' }],
  ])('is read: %s', async (_, body, headers) => {
    expect(await push(body, headers)).toMatchObject({ status: 200 });
    expect(await ask('/v3/users')).toEqual(users);
  });

  test.each<[what: string, body: Uint8Array, headers: Record<string, string>, status: number]>([
    ['an unknown coding', plain, { 'content-encoding': 'zstd' }, 415],
    ['a bomb', gzipSync(Buffer.alloc(64 * 1024 * 1024, '[')), { 'content-encoding': 'gzip' }, 413],
    ['a damaged gzip', gzipSync(plain).subarray(0, -9), { 'content-encoding': 'gzip' }, 400],
    ['windows-1251', Buffer.from('5b22c0ed225d', 'hex'), { 'content-type': 'application/json; charset=cp1251' }, 415],
  ])('is refused: %s', async (_, body, headers, status) => {
    const answer = await push(body, headers);

    expect(answer).toMatchObject({ status, body: { error: expect.any(String), description: expect.any(String) } });
    expect(await push(body, { ...headers, authorization: 'Bearer none' })).toMatchObject({ status: 401 });
    expect(await ask('/v3/users')).toEqual([]);
  });
});

describe('a byte order mark and gzip are read by every route that takes a body', () => {
  const withBody = routes.filter(
    ({ method, path }) => method !== 'GET' && method !== 'DELETE' && !/retry|keys|webhooks\/secret/.test(path),
  );

  test.each(withBody.map((route: Route) => [route.method, route.path] as const))('%s %s', async (method, path) => {
    const target = path.replaceAll(/\{(\w+)\}/g, (_, name) => (name === 'channelId' ? world.channel.channelId : '501'));
    const body = Buffer.from('{"none": "of these fields"}');
    const secret = { 'x-telegram-bot-api-secret-token': world.channel.secret };
    const answerTo = (given: Uint8Array, encoding: Record<string, string> = {}) =>
      send({
        method,
        target: target.replace('/webhooks/501/', '/webhooks/telegram/'),
        headers: { ...secret, ...encoding },
        body: given,
      }).catch(
        // A webhook is answered with a text.
        (error) => String(error),
      );

    const plain = await answerTo(body);
    const same = (answer: unknown) =>
      expect(JSON.stringify(answer).replaceAll(/[0-9a-f]{32}/g, 'id')).toBe(
        JSON.stringify(plain).replaceAll(/[0-9a-f]{32}/g, 'id'),
      );
    same(await answerTo(Buffer.concat([BOM, body])));
    same(await answerTo(gzipSync(body), { 'content-encoding': 'gzip' }));
  });
});

describe('a webhook', () => {
  const update = () => Buffer.from(JSON.stringify(textUpdate(CHAT, 'hello', 7, world.clock.now())));
  const hook = (body: Uint8Array, encoding: string, secret = world.channel.secret) =>
    world.webhook(undefined, { body, base64: true, secret, headers: headersOf(encoding, secret) });
  const headersOf = (encoding: string, secret: string) => ({
    'content-encoding': encoding,
    'x-telegram-bot-api-secret-token': secret,
  });

  test('is read in gzip, though Telegram sends none', async () => {
    expect(await hook(gzipSync(update()), 'gzip')).toMatchObject({ status: 200 });
    await world.drain();
    expect(await world.chat(CHAT)).toMatchObject({ preview: 'hello', unanswered: true });
  });

  test.each<[what: string, body: () => Uint8Array, encoding: string, status: number]>([
    ['an unknown coding', update, 'zstd', 415],
    ['a damaged gzip', () => gzipSync(update()).subarray(0, -9), 'gzip', 400],
    ['more than Telegram ever sends', () => gzipSync(Buffer.alloc(1024 * 1024 + 1, ' ')), 'gzip', 413],
    ['a bomb', () => gzipSync(Buffer.alloc(64 * 1024 * 1024, ' ')), 'gzip', 413],
  ])('is verified before %s is looked at', async (_, body, encoding, status) => {
    expect(await hook(body(), encoding, 'wrong')).toMatchObject({ status: 401 });
    expect(await hook(body(), encoding)).toMatchObject({ status });
    expect(world.db.items('messages')).toEqual([]);
  });
});

describe('no browser of another origin is let in (ADR 26)', () => {
  let answers: Awaited<ReturnType<typeof send>>[];

  test.each(['/v3/message', '/v1/chats', '/healthz', '/v3/contacts/1', '*'])('%s', async (target) => {
    const origin = { origin: 'https://evil.example', 'access-control-request-method': 'GET' };
    answers = [];
    for (const method of ['OPTIONS', 'HEAD']) answers.push(await send({ method, target, headers: origin }));
    expect(answers.map(({ status }) => status)).toEqual([404, 404]);
    if (target !== '*') answers.push(await send({ method: 'GET', target: '/v3/users', headers: origin }));
    for (const { headers } of answers) {
      expect(Object.keys(headers).filter((name) => /^access-control|^allow$/i.test(name))).toEqual([]);
    }
  });
});
