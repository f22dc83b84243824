import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { routes } from '#lib/routes';
import { createGateway } from '#local/server/gateway';
import { readSources } from '#test/structure/imports';
import { createWorld, messageOf, type World } from '#test/world';

const page = readFileSync(join(resolve(import.meta.dirname, '../..'), 'docs/migrating-from-wazzup.md'), 'utf8');

/** The text below a heading of the second rank. */
function partOf(heading: string): string {
  const [, part = ''] = new RegExp(`\\n## ${heading}\\n([\\s\\S]*?)(?=\\n## |$)`).exec(page) ?? [];
  return part;
}

/** The rows of the first table of a part, without its head. */
function rowsOf(heading: string): string[][] {
  const lines = partOf(heading).split('\n');
  const first = lines.findIndex((line) => line.startsWith('|'));
  const table = lines.slice(
    first,
    lines.findIndex((line, index) => index > first && !line.startsWith('|')),
  );
  return table.slice(2).map((line) =>
    line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
}

const codeIn = (cell = '') => /^`(.*)`$/.exec(cell)?.[1];

describe('what docs/migrating-from-wazzup.md says is not there', () => {
  const absent = rowsOf('What is not there').map(([request, body, answer]) => ({
    request: codeIn(request) ?? '',
    body: codeIn(body),
    answer: answer ?? '',
  }));
  let world: World;

  beforeEach(async () => {
    world = await createWorld();
    return () => world.stop();
  });

  test('is a long list', () => expect(absent.length).toBeGreaterThan(20));

  test.each(absent)('$request $body is $answer', async ({ request, body, answer }) => {
    const [method = '', path = ''] = request.split(' ');
    const filled = (text: string) => text.replaceAll('{channelId}', world.channel.channelId);
    const headers = { authorization: `Bearer ${world.account.apiKey}`, 'content-type': 'application/json' };
    const gateway = createGateway(routes, world.app.routes);

    const got = await gateway({ method, target: filled(path), headers, body: Buffer.from(filled(body ?? '')) });

    const { error, description } = JSON.parse(String(got.body));
    expect(`${got.status} \`${error}\``).toBe(answer);
    expect(description).toMatch(/./);
  });

  test('a key of Wazzup is none', async () => {
    const { status, body } = await world.call('GET', '/v3/channels', { key: '0a1b2c3d4e5f60718293a4b5c6d7e8f9' });

    expect([status, body]).toMatchObject([401, { error: 'UNAUTHORIZED' }]);
  });

  test('is said by no code, state or field', () => {
    const [, sentence = ''] =
      /\*\*Plans and money\*\* ([\s\S]*?)Konvert answers no 429/.exec(partOf('What is not there')) ?? [];
    const never = [...sentence.matchAll(/`(\w+)`/g)].map(([, word = '']) => word);
    const said = readSources('src', 'functions')
      .map(({ text }) => text)
      .join('\n');

    expect(never.length).toBeGreaterThan(10);
    expect(never.filter((word) => new RegExp(`['"\`]${word}['"\`]|\\b${word}:`).test(said))).toEqual([]);
  });
});

test('what is the same is every route of /v3', () => {
  const same = rowsOf('What is the same').map(([request]) => codeIn(request));
  const served = routes.filter(({ path }) => path.startsWith('/v3/')).map(({ method, path }) => `${method} ${path}`);

  expect([...same].sort()).toEqual([...served].sort());
});

test('every route of /v1 that is named exists', () => {
  const named = [...page.matchAll(/`(GET|POST|PUT|PATCH|DELETE) (\/v1\/[^\s`?]+)/g)].map(
    ([, method, path]) => `${method} ${path}`,
  );
  const served = routes.map(({ method, path }) => `${method} ${path}`);

  expect(named.length).toBeGreaterThan(15);
  expect([...new Set(named)].filter((one) => !(served as readonly string[]).includes(one))).toEqual([]);
});

describe('the day of the move', () => {
  let world: World;
  beforeEach(async () => {
    world = await createWorld();
    return () => world.stop();
  });
  const key = () => world.account.apiKey;
  const push = async (path: string, body: unknown) =>
    expect((await world.call(path.startsWith('/v1') ? 'PUT' : 'POST', path, { key: key(), body })).status).toBe(200);

  /** Two sellers who receive no new clients, and one client of the first. */
  async function moveIn(contact: object) {
    await push('/v3/users', [
      { id: '17', name: 'Olga' },
      { id: '18', name: 'Ivan' },
    ]);
    await push('/v3/contacts', [{ id: 'c1', responsibleUserId: '17', name: 'Anna', contactData: [contact] }]);
    const userRoles = ['17', '18'].map((userId) => ({ userId, role: 'seller', allowGetNewClients: false }));
    await push(`/v1/settings/channels/${world.channel.channelId}`, { newClients: { mode: 'first-reply' }, userRoles });
  }

  const seenBy = async (userId: string) => {
    const { body } = await world.call('GET', '/v1/chats', { key: key(), headers: { 'konvert-user': userId } });
    return (body as { chats: { chatId: string }[] }).chats.map(({ chatId }) => chatId);
  };

  test.each([
    ['its chatId', { chatType: 'telegram', chatId: '501' }],
    ['its username', { chatType: 'telegram', username: 'anna' }],
  ])(
    'a contact that was pushed with %s before its client writes has its owner with the first message',
    async (_, data) => {
      await moveIn(data);

      const told = messageOf(501, 'Good day!', 1, world.clock.now());
      const person = { username: 'anna' };
      const message = {
        ...told,
        from: { ...(told.from as object), ...person },
        chat: { ...(told.chat as object), ...person },
      };
      await world.webhook({ update_id: 1, message });
      await world.drain();
      await world.pass(60_000);

      expect([await seenBy('17'), await seenBy('18')]).toEqual([['501'], []]);
    },
  );
});
