import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { routes } from '#lib/routes';
import { type Call, calls, type Site, sentIn, spoilt } from '#test/logs/calls';
import { CHAT, leaksIn, MARK, TOKEN } from '#test/logs/marks';
import { queueListeners } from '#test/queues';
import { createWorld, OPERATOR_KEY, textUpdate, type World } from '#test/world';

let world: World;
let fetching: typeof globalThis.fetch;
/** Everything that was written to stdout and stderr. */
let printed: string[];
/** Texts that may be in no log, beside the marks. */
let secrets: string[];

beforeEach(async () => {
  printed = [];
  fetching = globalThis.fetch;
  world = await createWorld({ fetch: (input, init) => fetching(input, init) });
  secrets = [world.account.apiKey, OPERATOR_KEY, world.channel.secret];
  for (const stream of [process.stdout, process.stderr]) {
    vi.spyOn(stream, 'write').mockImplementation((text) => {
      printed.push(String(text));
      return true;
    });
  }
  fetching = refusing;
  await world.webhook(textUpdate(CHAT, `${MARK} first`, 1, world.clock.now()));
  await world.drain();
  await world.reply(CHAT, { text: `${MARK} refused` });
  await world.drain();
});

afterEach(async () => {
  vi.restoreAllMocks();
  world.failing = undefined;
  await world.stop();
});

/** A messenger that refuses everything, and repeats the request in its error. */
const refusing: typeof globalThis.fetch = async (input, init) => {
  const { secret_token } = JSON.parse(String(init?.body)) as { secret_token?: string };
  if (secret_token !== undefined) secrets.push(secret_token);
  const description = `Bad Request: ${encodeURIComponent(String(input))} ${input} ${init?.body}`;
  return Response.json({ ok: false, error_code: 400, description }, { status: 400 });
};

/** A messenger that cannot be reached, with an error that repeats the request. */
const unreachable: typeof globalThis.fetch = async (input, init) => {
  const cause = Object.assign(new Error(`connect ${input}`), { code: `E ${input}`, name: `${MARK}` });
  throw Object.assign(new TypeError(`fetch failed: ${input} ${init?.body}`, { cause }), { code: TOKEN });
};

const agreeing: typeof globalThis.fetch = async (input, init) => {
  const { secret_token } = JSON.parse(String(init?.body)) as { secret_token?: string };
  if (secret_token !== undefined) secrets.push(secret_token);
  const result = {
    id: 7000000001,
    first_name: MARK,
    username: `${MARK}_bot`,
    message_id: Math.floor(Math.random() * 1e9),
  };
  return Response.json({ ok: true, result: String(input).endsWith('Webhook') ? true : result });
};

/** Tables that fail with an error that repeats the command: in its message, its fields and what looks like a stack. */
function breaking(isAsked: (kind: string) => boolean): NonNullable<World['failing']> {
  return ({ kind, input }) => {
    if (!isAsked(kind)) return false;
    const quoted = `${JSON.stringify(input)} ${MARK} ${CHAT}`;
    const error = new Error(`One or more values were invalid: ${quoted}\n    at ${quoted} (file:///x.ts:1:1)`);
    throw Object.assign(error, { name: 'ValidationException', Item: input, cause: new Error(quoted) });
  };
}

const site = (): Site => ({
  key: world.account.apiKey,
  operatorKey: OPERATOR_KEY,
  channelId: world.channel.channelId,
  secret: world.channel.secret,
  apiBaseUrl: 'http://127.0.0.1:9',
  seenUpTo: async () => (await unbroken(() => world.history(CHAT))).seenUpTo,
  messageId: async () => sentIn((await unbroken(() => world.history(CHAT))).messages),
  filePath: async () => {
    const { messages } = await unbroken(() => world.history(CHAT));
    const uri = messages.find(({ contentUri }) => contentUri !== undefined)?.contentUri;
    return uri === undefined ? `/files/${MARK}/${MARK}` : new URL(uri).pathname;
  },
  deliveryId: async () => (await unbroken(() => world.deliveries()))[0]?.deliveryId ?? MARK,
});

async function unbroken<T>(ask: () => Promise<T>): Promise<T> {
  const { failing } = world;
  world.failing = undefined;
  const answer = await ask();
  world.failing = failing;
  return answer;
}

/** Makes every call, and then runs everything that follows. */
async function playAll(): Promise<void> {
  for (const { method, path } of routes) {
    const row = calls[`${method} ${path}`];
    for (const call of (await row?.(site())) ?? []) for (const one of spoilt(call)) await play(method, one);
  }
  await follow();
}

async function play(method: string, call: Call): Promise<void> {
  const { path, ...options } = call;
  const { status, text } = await world.call(method, path, { key: world.account.apiKey, ...options });
  expect(leaksOfSecrets(text), `${method} ${path}: ${status} ${text}`).toEqual([]);
  const isBlind = status === 401 || status === 404 || status >= 500;
  if (isBlind) expect(leaksIn(text, secrets), `${method} ${path}: ${status} ${text}`).toEqual([]);
}

function leaksOfSecrets(text: string): string[] {
  return [...secrets, TOKEN, TOKEN.split(':')[1]!].filter((secret) => text.includes(secret));
}

/** Does what streams, queues and timers would do. Lambda would print the message of anything that they throw. */
async function follow(): Promise<void> {
  const { app } = world;
  const records = {
    Records: world.db
      .items('messages')
      .map(({ c, k }) => ({ eventName: 'MODIFY', dynamodb: { Keys: { c: { S: c }, k: { S: k } } } })),
  };
  const lanes = [...new Set(world.db.items('outbox').map(({ l }) => String(l)))];
  const messages = queueListeners.flatMap(({ function: name, queue }) =>
    (queue === 'lanes' ? lanes : world.sent[queue].splice(0)).map((body) => ({ name, body })),
  );
  for (const work of [
    () => app.listeners['fold-chat'](records),
    () => app.listeners['publish-events'](records),
    ...messages.map(
      ({ name, body }) =>
        () =>
          app.listeners[name]({ Records: [{ body }] }),
    ),
    () => app.listeners['sweep-lanes'](),
    () => app.listeners['watch-chats'](),
    () => app.listeners['watch-chats']({ recount: lanes.map((lane) => lane.replace('reply#', '')) }),
  ]) {
    await work().catch(() => {});
  }
  await unbroken(async () => world.dropBells());
}

function expectSilence(): void {
  expect(world.logs.length).toBeGreaterThan(routes.length);
  const lines = [...world.logs.map((line) => JSON.stringify(line)), ...printed];
  const files = world.db.items('files').map(({ f }) => String(f));
  expect(lines.filter((line) => leaksIn(line, [...secrets, ...files, TOKEN]).length > 0)).toEqual([]);
}

test('every route has a row of calls', () => {
  expect(Object.keys(calls).sort()).toEqual(routes.map(({ method, path }) => `${method} ${path}`).sort());
});

interface Mode {
  readonly name: string;
  readonly fetch?: typeof globalThis.fetch;
  readonly failing?: World['failing'];
}

test.each<Mode>([
  { name: 'everything succeeds', fetch: agreeing },
  { name: 'the messenger refuses everything', fetch: refusing },
  {
    name: 'the messenger refuses all but the token',
    fetch: (input, init) => (String(input).endsWith('/getMe') ? agreeing : refusing)(input, init),
  },
  { name: 'the messenger cannot be reached', fetch: unreachable },
  { name: 'no table answers', failing: breaking(() => true) },
  { name: 'no table can be written', failing: breaking((kind) => /Put|Update|Delete|Write/.test(kind)) },
  { name: 'no list can be read', failing: breaking((kind) => /Query|Scan|Batch/.test(kind)) },
])('no log holds a text, a name, a phone or a secret: $name', async ({ fetch = fetching, failing }) => {
  fetching = fetch;
  world.failing = failing;

  await playAll();

  expectSilence();
});

test('no log holds a text, a name, a phone or a secret: stored items cannot be read', async () => {
  const chat = `${world.channel.channelId}#telegram#${CHAT}`;
  const bad = { kind: MARK, text: MARK, author: MARK, changedAt: world.clock.now() };
  world.db.apply(new PutCommand({ TableName: 'messages', Item: { c: chat, k: `1791190800000#${MARK}`, ...bad } }));
  world.db.apply(new PutCommand({ TableName: 'messages', Item: { c: MARK, k: `1791190800000#${MARK}`, ...bad } }));
  world.db.apply(
    new PutCommand({
      TableName: 'chats',
      Item: { c: `${chat}9`, s: '-', account: MARK, ch: world.channel.channelId, u: '1', r: '1', v: MARK },
    }),
  );
  world.db.apply(
    new PutCommand({ TableName: 'outbox', Item: { l: `reply#${chat}`, e: `1#${MARK}`, o: '0', text: MARK } }),
  );
  const p = `account#${world.account.accountId}`;
  world.db.apply(new PutCommand({ TableName: 'accounts', Item: { p, s: 'receiver', uri: MARK, sealed: MARK } }));
  world.db.apply(new PutCommand({ TableName: 'files', Item: { f: 'F'.repeat(27), s: '-', state: MARK, name: MARK } }));

  for (const { method, path } of routes) {
    const row = calls[`${method} ${path}`];
    const asked = {
      ...site(),
      seenUpTo: async () => MARK,
      deliveryId: async () => MARK,
      messageId: async () => MARK,
      filePath: async () => `/files/${MARK}/x`,
    };
    for (const call of (await row?.(asked)) ?? []) await play(method, call);
  }
  await follow();

  expectSilence();
});
