import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { CredentialsRefusedError } from '#channels/errors';
import type { KnownBy } from '#channels/inbound';
import { createVk } from '#channels/vk/index';
import { startVk, type VkDouble, type VkOptions } from '#test/doubles/vk';
import { PATIENCE_MS } from '#test/patience';
import { credentialsOf } from './outgoing.ts';
import { startReceiver } from './receiver.ts';

const vk = createVk();
const SECRET = 'b'.repeat(64);

let api: VkDouble;
let receiver: Awaited<ReturnType<typeof startReceiver>>;
let channel: KnownBy;

async function begin(options: VkOptions = {}): Promise<void> {
  await api?.stop();
  api = await startVk(options);
  channel = { credentials: credentialsOf(api), webhookSecret: SECRET };
}

beforeEach(async () => {
  await begin();
  receiver = await startReceiver(vk, () => channel);
});

afterEach(async () => {
  await receiver.stop();
  await api.stop();
});

const register = (url = receiver.url) => vk.setup.register(channel, url);
const inspect = () => vk.setup.inspect!(channel, receiver.url, AbortSignal.timeout(PATIENCE_MS));
const refusalOf = (promise: Promise<unknown>) =>
  promise.then(
    () => expect.unreachable('a refusal was expected'),
    (error: CredentialsRefusedError) => {
      expect(error).toBeInstanceOf(CredentialsRefusedError);
      return { fields: error.fields, description: error.description };
    },
  );
const server = (url: string, more = {}) => ({
  id: 50,
  url,
  title: 'Shop',
  secret_key: 'theirs',
  status: 'ok' as const,
  settings: {},
  ...more,
});

describe('connect tries what will be needed', () => {
  test('trap 4: the community is read in both shapes of groups.getById', async () => {
    const now = await vk.setup.connect(channel.credentials);
    await begin({ oldShapes: true });

    expect(await vk.setup.connect(channel.credentials)).toEqual(now);
    expect(now).toEqual({ id: '210001', plainId: 'konvert_co', name: 'Konvert & Co' });
  });

  test.each([
    { rights: ['manage', 'photos'], words: 'messages' },
    { rights: ['messages'], words: 'manage' },
    { rights: [], words: 'messages, manage' },
  ])('a token with the rights $rights lacks $words, and is to blame', async ({ rights, words }) => {
    await begin({ rights });

    expect(await refusalOf(vk.setup.connect(channel.credentials))).toEqual({
      fields: ['credentials.accessToken'],
      description: `The token does not allow: ${words}`,
    });
  });

  test('a token of another community: its number is to blame', async () => {
    const credentials = { ...channel.credentials, groupId: '99' };

    expect(await refusalOf(vk.setup.connect(credentials))).toMatchObject({ fields: ['credentials.groupId'] });
  });

  test('a token that is none is to blame', async () => {
    const credentials = { ...channel.credentials, accessToken: 'vk1.a.another_token_0123456789' };

    expect(await refusalOf(vk.setup.connect(credentials))).toMatchObject({ fields: ['credentials.accessToken'] });
  });
});

describe('register', () => {
  test('adds a server that VK confirms, with the version, the secret and all events of messages', async () => {
    await register();

    expect(api.servers).toMatchObject([
      {
        url: receiver.url,
        title: 'Konvert',
        secret_key: 'b'.repeat(50),
        status: 'ok',
        settings: {
          api_version: '5.199',
          message_new: '1',
          message_reply: '1',
          message_edit: '1',
          message_event: '1',
          message_read: '1',
          message_allow: '1',
          message_deny: '1',
          message_reaction_event: '1',
          message_typing_state: '0',
        },
      },
    ]);
  });

  test('trap 2: the code is that of the API at the moment when VK asks', async () => {
    api.confirmation.code = 'ffff0000';
    await register();
    expect(api.servers[0]?.status).toBe('ok');

    api.confirmation.code = '0000ffff';
    await register();
    expect(api.servers).toMatchObject([{ status: 'ok' }]);
  });

  test('trap 2: a code that the operator gave is answered, and nothing is registered', async () => {
    channel = { ...channel, credentials: { ...channel.credentials, confirmation: '62dfc19d' } };
    await register();
    const asked = { type: 'confirmation', group_id: api.groupId };
    const answers = await Promise.all(
      [{}, { secret: 'b'.repeat(50) }, { secret: 'wrong' }, { group_id: 1 }].map(async (more) => {
        const answer = await fetch(receiver.url, { method: 'POST', body: JSON.stringify({ ...asked, ...more }) });
        return answer.text();
      }),
    );

    expect(api.calls).toEqual([]);
    // In the community's page there may be no secret yet.
    expect(answers).toEqual(['62dfc19d', '62dfc19d', 'no', 'no']);
  });

  test('replaces its own old servers, of any host, and leaves those of others', async () => {
    const others = [server('https://shop.example/vk'), server('https://x.example/webhooks/vk/c2', { id: 51 })];
    api.servers.push(...others, server('https://old.example/webhooks/vk/c1', { id: 52 }));

    await register();
    await register();

    expect(api.servers.map(({ id, url }) => [id, url]).slice(0, 2)).toEqual(others.map(({ id, url }) => [id, url]));
    expect(api.servers.slice(2)).toMatchObject([{ url: receiver.url, status: 'ok' }]);
  });

  test('an address that VK cannot confirm is a refusal, and leaves no server behind', async () => {
    const url = 'http://127.0.0.1:1/webhooks/vk/c1';

    expect(await refusalOf(register(url))).toMatchObject({ description: expect.stringContaining('could not confirm') });
    expect(api.servers).toEqual([]);
  });

  test('the eleventh server is refused in words of VK', async () => {
    for (let id = 1; id <= 10; id += 1) api.servers.push(server(`https://shop.example/${id}`, { id }));

    expect(await refusalOf(register())).toEqual({
      fields: ['credentials'],
      description: 'Servers number limit is reached',
    });
  });

  test('unregister takes away its own servers only', async () => {
    api.servers.push(server('https://shop.example/vk'));
    await register();

    await vk.setup.unregister(channel.credentials, receiver.url);

    expect(api.servers.map(({ url }) => url)).toEqual(['https://shop.example/vk']);
  });
});

describe('inspect', () => {
  test('a server that was registered listens', async () => {
    await register();

    expect(await inspect()).toEqual({ kind: 'listening' });
  });

  test.each<{ name: string; change: () => void; kind: string }>([
    { name: 'that is gone', change: () => api.servers.splice(0), kind: 'deaf' },
    { name: 'that VK has given up', change: () => Object.assign(api.servers[0]!, { status: 'failed' }), kind: 'deaf' },
    {
      name: 'at another address',
      change: () => Object.assign(api.servers[0]!, { url: 'https://old.example/webhooks/vk/c1' }),
      kind: 'deaf',
    },
    {
      name: 'with another secret',
      change: () => Object.assign(api.servers[0]!, { secret_key: 'c'.repeat(50) }),
      kind: 'deaf',
    },
    {
      name: 'that hears of no messages',
      change: () => Object.assign(api.servers[0]!.settings, { message_new: '0' }),
      kind: 'deaf',
    },
    { name: 'of a token that was revoked', change: () => api.tokens.clear(), kind: 'unauthorized' },
    {
      name: 'while VK is out of order',
      change: () => api.answerNext(LIST, { status: 500, body: '' }),
      kind: 'unknown',
    },
    {
      name: 'while VK answers nonsense',
      change: () => api.answerNext(LIST, { status: 200, body: { response: 1 } }),
      kind: 'unknown',
    },
    {
      name: 'while VK asks to wait',
      change: () => api.answerNext(LIST, { status: 200, body: { error: { error_code: 29, error_msg: 'limit' } } }),
      kind: 'unknown',
    },
  ])('a server $name: $kind', async ({ change, kind }) => {
    await register();
    change();

    const inspected = await inspect();

    expect(inspected.kind).toBe(kind);
    expect(JSON.stringify(inspected)).not.toContain(api.token);
    if (kind !== 'deaf') return;
    await register();
    expect(await inspect()).toEqual({ kind: 'listening' });
  });

  const LIST = 'groups.getCallbackServers';
});
