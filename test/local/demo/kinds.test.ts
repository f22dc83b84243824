import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer as createHttpServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { Messenger } from '#channels/channel';
import { createMessengers } from '#channels/registry/messengers';
import { DEMO_KINDS } from '#local/demo/kinds';
import { DEMO_CLIENTS } from '#local/demo/kit/clients';
import type { DemoKind } from '#local/demo/kit/demo-kind';
import { openKind, pathOf } from '#local/demo/kit/open-kind';
import { maxbot } from '#local/demo/maxbot/maxbot';
import { vk } from '#local/demo/vk/vk';
import { createServer } from '#local/server/server';
import { freePort, until } from '#test/e2e/call-api';
import { PATIENCE_MS } from '#test/patience';

const clock = { now: () => Date.UTC(2026, 0, 1), deadline: AbortSignal.timeout };
const WEBHOOK_SECRET = 'ab'.repeat(32);

interface Call {
  readonly method: string;
  readonly query: Record<string, string>;
  readonly headers: Record<string, string>;
  readonly body: Buffer;
}

/** A demo messenger behind the real server, with the adapter that speaks to it, connected to an address of ours. */
async function connectKind(kind: DemoKind) {
  const messenger = await createMessengers().messengerFor(kind.transport);
  if (!messenger) throw new Error(`Nothing speaks ${kind.transport}`);
  const folder = await mkdtemp(join(tmpdir(), 'konvert-demo-test-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const port = await freePort();
  const serverUrl = `http://127.0.0.1:${port}`;
  const place = { file: join(folder, 'state.json'), mediaFolder: folder, secret: 's3cret'.repeat(7), serverUrl };
  const opened = await openKind(kind, place, clock);
  const server = createServer(opened.answer, () => {});
  await server.listen(port, '127.0.0.1');
  onTestFinished(() => server.stop(0));

  const read = messenger.setup.readCredentials(opened.wanted.credentials);
  if (!('credentials' in read)) throw new Error(`Wrong: ${read.fields}`);
  const channel = { credentials: read.credentials, webhookSecret: WEBHOOK_SECRET };
  const hook = await listen((call) => messenger.inbound.greet?.(call, channel));
  const identity = await messenger.setup.connect(read.credentials);
  await messenger.setup.register(channel, hook.url);
  if (kind.addressByHand) await opened.typeIn(hook.url);

  const ask = async (method: string, path: string, body?: unknown) => {
    const headers = { 'content-type': 'application/json' };
    const sent = body === undefined ? {} : { body: JSON.stringify(body) };
    const answer = await fetch(`${serverUrl}${pathOf(kind)}${path}`, { method, headers, ...sent });
    // biome-ignore lint/suspicious/noExplicitAny: the test looks into any answer
    return { status: answer.status, body: (await answer.json()) as any };
  };
  const send = (text: string, key = 'ab12cd34') => {
    const to = [{ chatType: kind.chatType, chatId: kind.chatOf('anna') }] as const;
    const message = { to, content: { type: 'text', text }, key, opaque: 'chat', clientAt: clock.now() } as const;
    return messenger.outbound.send(read.credentials, message, AbortSignal.timeout(PATIENCE_MS));
  };
  /** What the adapter reads from a call. */
  const parse = (call: Call) => {
    expect(messenger.inbound.verify(call, channel)).toBe(true);
    const text = call.body.toString();
    return messenger.inbound.parse(JSON.parse(text), { text, identity: identity.id });
  };
  const inspect = () => messenger.setup.inspect?.(channel, hook.url, AbortSignal.timeout(PATIENCE_MS));
  return { opened, hook, ask, send, parse, inspect };
}

/** A server that keeps what is posted to it. `greet` answers questions to a new address. */
async function listen(greet: (call: Call) => ReturnType<NonNullable<Messenger['inbound']['greet']>> | undefined) {
  const calls: Call[] = [];
  const server = createHttpServer(async (request, response) => {
    const body = Buffer.concat(await request.toArray());
    const query = Object.fromEntries(new URL(request.url ?? '', 'http://here').searchParams);
    const headers = request.headers as Record<string, string>;
    const call = { method: request.method ?? '', query, headers, body };
    const greeting = await greet(call);
    if (!greeting) calls.push(call);
    response.writeHead(greeting?.status ?? 200).end(greeting?.text ?? 'ok');
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}/hook`, calls };
}

describe.each(DEMO_KINDS.map((kind) => [kind.name, kind] as const))('the demo messenger %s', (_, kind) => {
  test('posts what a client writes as the messenger does', async () => {
    const { hook, ask, parse, opened } = await connectKind(kind);
    const before = hook.calls.length;

    const written = await ask('POST', '/write', { client: 'bob', text: 'Здравствуйте! 👋' });

    expect(opened.calls(hook.url)).toBe(true);
    expect(written.body.webhook).toMatchObject({ status: 200, body: 'ok' });
    const said = hook.calls.slice(before).flatMap(parse);
    expect(said).toContainEqual(
      expect.objectContaining({
        kind: 'client',
        opens: true,
        ids: expect.arrayContaining([expect.objectContaining({ chatId: kind.chatOf('bob') })]),
        content: expect.objectContaining({ text: 'Здравствуйте! 👋' }),
      }),
    );
  });

  test('hands a reply to its client, refuses one that is to be refused, and takes the next', async () => {
    const { ask, send } = await connectKind(kind);
    await ask('POST', '/write', { text: 'hello' });

    expect((await ask('POST', '/refuse-next', {})).body).toEqual({ refusesNext: true });
    expect(await send('first', 'ab12cd35')).toMatchObject({ kind: 'refused' });
    expect(await send('second')).toMatchObject({ kind: 'sent' });

    const { messages } = (await ask('GET', '/messages')).body;
    const seen = messages.map(({ from, client, text }: Record<string, string>) => [from, client, text]);
    expect(seen).toEqual([
      ['client', 'anna', 'hello'],
      ['company', 'anna', 'second'],
    ]);
  });

  test('is found listening', async () => {
    const { inspect } = await connectKind(kind);

    expect((await inspect()) ?? { kind: 'listening' }).toMatchObject({ kind: 'listening' });
  });

  if (kind.told)
    test('tells what became of a reply', async () => {
      const { hook, ask, send, parse } = await connectKind(kind);
      await ask('POST', '/write', { text: 'hello' });
      const before = hook.calls.length;
      await send('and then?');

      await until('a receipt, or the reply come back', async () => {
        const kinds = hook.calls.slice(before).flatMap(parse);
        return kinds.some(({ kind }) => kind === 'receipt' || kind === 'echo') || undefined;
      });
    });
});

test('every demo messenger has a name, a secret place and chats of its own', () => {
  const chats = DEMO_KINDS.flatMap((kind) =>
    Object.keys(DEMO_CLIENTS).map((client) => `${kind.name} ${kind.chatOf(client as keyof typeof DEMO_CLIENTS)}`),
  );

  expect(new Set(chats).size).toBe(chats.length);
  expect(new Set(DEMO_KINDS.map(({ name }) => name)).size).toBe(DEMO_KINDS.length);
});

test('the kit refuses pages of other sites, calls without the token, and words without a webhook', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'konvert-demo-test-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const place = {
    file: join(folder, 'state.json'),
    mediaFolder: folder,
    secret: 's3cret',
    serverUrl: 'http://localhost:1',
  };
  const { answer } = await openKind(vk, place, clock);
  const ask = async (method: string, path: string, body = '', more: Record<string, string> = {}) => {
    const headers = { host: 'localhost:1', 'content-type': 'application/json', ...more };
    const { status, body: said } = await answer({
      method,
      target: pathOf(vk) + path,
      headers,
      body: Buffer.from(body),
    });
    return [status, JSON.parse(String(said))];
  };
  const form = { 'content-type': 'application/x-www-form-urlencoded' };

  const [noWebhook] = await ask('POST', '/write', '{"text": "hello"}');
  const [asForm] = await ask('POST', '/write', 'text=hello', form);
  const [ofEvil] = await ask('GET', '/messages', '', { origin: 'https://evil.example' });
  const [, stranger] = await ask('POST', '/method/groups.getById', '{}');
  const [, known] = await ask('POST', '/method/groups.getById', 'access_token=vk1.a.s3cret', form);

  expect([noWebhook, asForm, ofEvil]).toEqual([409, 415, 403]);
  expect(stranger).toMatchObject({ error: { error_code: 5 } });
  expect(known).toMatchObject({ response: { groups: [{ id: 700001 }] } });
});

test('the demo bot of MAX shows a formatted text as a client reads it', async () => {
  const { ask, send } = await connectKind(maxbot);
  await ask('POST', '/write', { text: 'hello' });

  expect(await send('*Bold*, 2 < 3 & 4')).toMatchObject({ kind: 'sent' });

  const { messages } = (await ask('GET', '/messages')).body;
  expect(messages.at(-1)).toMatchObject({ from: 'company', text: 'Bold, 2 < 3 & 4' });
});
