import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { TOKEN_PREFIX } from '#domain/page';
import { type CallOptions, createWorld, textUpdate, type World } from '#test/world';

// What somebody without a valid key, token or address may ask again and again.

const CRM_CALLS = '/webhooks/crm/bitrix24';
const PAGE = { origin: 'https://konvert.example' };
const SECRET = 's'.repeat(43);

let world: World;
/** Commands that reached the tables since it was emptied. */
const asked: string[] = [];

beforeAll(async () => {
  world = await createWorld();
  world.failing = ({ kind }) => {
    asked.push(kind);
    return false;
  };
});
beforeEach(() => {
  world.clock.advance(10_000);
});
afterAll(() => world.stop());

type Call = readonly [method: string, path: string, options: CallOptions];

const unknown = randomUUID();
const calls: readonly (readonly [string, ...Call])[] = [
  ['an unknown key', 'GET', '/v3/channels', { key: 'nobody' }],
  ['an unknown key below /v1', 'GET', '/v1/chats', { key: 'nobody' }],
  ['an unknown token of a page', 'GET', '/v1/chats', { key: `${TOKEN_PREFIX}${SECRET}` }],
  ['a key that is not the operator’s', 'POST', '/v1/accounts', { key: 'nobody', body: { name: 'Shop' } }],
  ['an unknown channel', 'POST', `/webhooks/telegram/${unknown}`, { body: {} }],
  ['a channel with a very long id', 'POST', `/webhooks/telegram/${'x'.repeat(1_500)}`, { body: {} }],
  ['an unknown connection of a CRM', 'POST', `${CRM_CALLS}/${unknown}/${SECRET}`, { body: {} }],
  ['an unknown frame', 'GET', `/webhooks/frame/bitrix24/${unknown}`, {}],
  ['an unknown link', 'POST', '/v1/page-tokens', { body: { link: SECRET } }],
  ['an unknown device', 'POST', '/v1/page-tokens/renew', { headers: { ...PAGE, cookie: cookieOf(unknown) } }],
  ['an unknown consent', 'GET', `/v1/crm/callback/amocrm?state=${SECRET}&code=1`, {}],
  ['an unknown file', 'GET', `/files/${'f'.repeat(27)}/a.jpg`, {}],
  ['the page of an unknown account', 'GET', `/chat/${unknown}`, {}],
];

function cookieOf(deviceId: string): string {
  return `__Host-konvert-device=${unknown}.${deviceId}.${SECRET}`;
}

async function costOf([method, path, options]: Call): Promise<number> {
  asked.length = 0;
  await world.call(method, path, options);
  return asked.length;
}

test.each(calls)('%s costs a read, and when it comes again none', async (_what, ...call) => {
  expect(await costOf(call)).toBeGreaterThan(0);

  expect(await costOf(call)).toBe(0);
  // For a file a second is enough: its row follows its message.
  world.clock.advance(call[1].startsWith('/files/') ? 999 : 9_999);
  expect(await costOf(call)).toBe(0);
  world.clock.advance(1);
  expect(await costOf(call)).toBeGreaterThan(0);
});

test('a wrong secret of a channel costs reads once', async () => {
  const wrong = () => world.webhook(textUpdate(1, 'a', 1, world.clock.now()), { secret: 'wrong' });
  await wrong();

  asked.length = 0;
  expect((await wrong()).status).toBe(401);
  expect(asked).toEqual([]);
});

test('an unknown ticket of a socket costs a write, and when it comes again none', async () => {
  const { url } = await world.openPage();
  const used = () => world.openPage({ url });
  expect((await used()).isOpen).toBe(false);

  asked.length = 0;
  expect((await used()).isOpen).toBe(false);
  expect(asked).toEqual([]);
});

test('a channel whose address was called before it was there works, at once where it was made', async () => {
  const { channelId: last } = await world.addChannel();
  const guessed = Array.from({ length: 40 }, (_, n) => idAfter(last, n + 1));
  const other = world.newProcess();
  for (const id of guessed) {
    for (const app of [world.app, other]) await world.call('POST', `/webhooks/telegram/${id}`, { body: {}, app });
  }

  const channel = await world.addChannel();

  expect(guessed).toContain(channel.channelId);
  const statusOf = async (app: World['app']) =>
    (await world.webhook(textUpdate(2, 'hello', 1, world.clock.now()), { channel, app })).status;
  expect(await statusOf(world.app)).toBe(200);
  expect(await statusOf(other)).toBe(404);
  world.clock.advance(10_000);
  expect(await statusOf(other)).toBe(200);
});

/** Ids of a world follow each other. */
function idAfter(id: string, steps: number): string {
  return id.replace(/\d+$/, (digits) => String(Number(digits) + steps).padStart(digits.length, '0'));
}
