import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { envelope } from '#test/channels/avito/webhooks';
import { type AvitoDouble, startAvito } from '#test/doubles/avito';
import { createWorld, type World } from '#test/world';

const BICYCLE = 'u2i-bicycle~1';
const HELMET = 'u2i-helmet~2';
const DANA = 99_002;

describe('a person who writes about two listings at Avito (D7)', () => {
  let avito: AvitoDouble;
  let world: World;
  let channelId: string;
  let token: string;

  beforeEach(async () => {
    [avito, world] = await Promise.all([startAvito(), createWorld()]);
    const { clientId, clientSecret, baseUrl } = avito;
    const credentials = { clientId, clientSecret, userId: String(avito.userId), apiBaseUrl: baseUrl };
    const body = { transport: 'avito', name: 'Avito', credentials, setWebhook: false };
    const { body: answer } = await world.call('POST', '/v1/channels', { key: world.account.apiKey, body });
    ({ channelId, secretToken: token } = answer as { channelId: string; secretToken: string });
  });

  afterEach(() => Promise.all([avito.stop(), world.stop()]));

  function post(body: unknown, secret = token) {
    return world.call('POST', `/webhooks/avito/${channelId}?token=${secret}`, { body });
  }

  async function write(chatId: string, id: string, more: object = {}) {
    const created = Math.floor(world.clock.now() / 1000);
    const about = { type: 'text', content: { text: `text of ${id}` }, author_id: DANA, chat_id: chatId, id, created };
    expect(await post(envelope({ ...about, ...more }))).toMatchObject({ status: 200 });
    await world.drain();
  }

  const ask = async (path: string) => (await world.call('GET', path, { key: world.account.apiKey })).body;
  const chatOf = (chatId: string) => ask(`/v1/chats/${channelId}/avito/${encodeURIComponent(chatId)}`);
  const messagesOf = async (chatId: string) => {
    const path = `/v1/chats/${channelId}/avito/${encodeURIComponent(chatId)}/messages`;
    return ((await ask(path)) as { messages: Record<string, unknown>[] }).messages;
  };

  test('has two chats, and their profile is told in both', async () => {
    await write(BICYCLE, 'm1');
    await write(HELMET, 'm2');
    await write(HELMET, 'e1', { author_id: avito.userId });

    const shown = [...(await messagesOf(BICYCLE)), ...(await messagesOf(HELMET))];
    expect(shown.map(({ chatId, avitoProfileId, isEcho }) => [chatId, avitoProfileId, isEcho])).toEqual([
      [BICYCLE, '99002', false],
      [HELMET, '99002', true],
      [HELMET, '99002', false],
    ]);
  });

  test('is called by the number of their profile until somebody names them', async () => {
    await write(BICYCLE, 'm1');
    expect(await chatOf(BICYCLE)).toMatchObject({ name: '99002' });

    const contactData = [{ chatType: 'avito', chatId: BICYCLE }];
    const contact = { id: '1', name: 'Dana', responsibleUserId: '7', contactData };
    await world.call('POST', '/v3/contacts', { key: world.account.apiKey, body: [contact] });
    await world.drain();
    expect(await chatOf(BICYCLE)).toMatchObject({ name: 'Dana' });
  });

  test('is called so in the contact that Konvert makes for them too', async () => {
    await world.call('POST', '/v3/users', { key: world.account.apiKey, body: [{ id: '7', name: 'Olga' }] });
    const userRoles = [{ userId: '7', role: 'seller', allowGetNewClients: true }];
    const body = { newClients: { mode: 'round-robin', pipelineId: '1', stageId: '10' }, userRoles };
    const stages = [{ id: '10', name: 'New' }];
    await world.call('POST', '/v3/pipelines', {
      key: world.account.apiKey,
      body: [{ id: '1', name: 'Sales', stages }],
    });
    const path = `/v1/settings/channels/${channelId}`;
    expect(await world.call('PUT', path, { key: world.account.apiKey, body })).toMatchObject({ status: 200 });
    await world.drain();
    await write(BICYCLE, 'm1');

    expect(await ask('/v3/contacts')).toMatchObject({ data: [{ name: '99002' }] });
  });

  test('is one client: a contact that a CRM knows by either chat, or by the profile, has both', async () => {
    await write(BICYCLE, 'm1');
    await write(HELMET, 'm2');

    const contactData = [{ chatType: 'avito', chatId: HELMET }];
    const contact = { id: '1', name: 'Dana', responsibleUserId: '7', contactData };
    await world.call('POST', '/v3/contacts', { key: world.account.apiKey, body: [contact] });
    await world.drain();

    expect(await chatOf(BICYCLE)).toMatchObject({ contactId: '1' });
    expect(await chatOf(HELMET)).toMatchObject({ contactId: '1' });
  });

  test('is recognised by the profile that a CRM pushed before', async () => {
    const contactData = [{ chatType: 'avito', chatId: String(DANA) }];
    const contact = { id: '1', name: 'Dana', responsibleUserId: '7', contactData };
    await world.call('POST', '/v3/contacts', { key: world.account.apiKey, body: [contact] });

    await write(BICYCLE, 'm1');
    await write(HELMET, 'm2');

    expect(await chatOf(BICYCLE)).toMatchObject({ contactId: '1' });
    expect(await chatOf(HELMET)).toMatchObject({ contactId: '1' });
  });

  test('is answered in the chat that is named, and not in the other one', async () => {
    avito.chat(DANA, 1, BICYCLE);
    avito.chat(DANA, 2, HELMET);
    await write(BICYCLE, 'm1');
    await write(HELMET, 'm2');

    const body = { channelId, chatType: 'avito', chatId: HELMET, text: 'Still here' };
    const { status, body: answer } = await world.call('POST', '/v3/message', { key: world.account.apiKey, body });
    await world.drain();

    expect([status, (answer as { chatId: string }).chatId]).toEqual([201, HELMET]);
    expect(avito.calls.filter(({ method }) => method === 'POST messages').map(({ ids }) => ids[1])).toEqual([HELMET]);
  });

  test('is stored by one put, and nothing is looked up: Avito waits for two seconds', async () => {
    const asked: string[] = [];
    const record = ({ kind, input }: { kind: string; input: unknown }) => {
      asked.push(`${kind} ${(input as { TableName?: string }).TableName}`);
      return false;
    };
    await write(BICYCLE, 'm1');
    const calls = avito.calls.length;

    world.failing = record;
    expect(await post(envelope({ type: 'text', content: { text: 'a' }, chat_id: HELMET, id: 'm2' }))).toMatchObject({
      status: 200,
    });
    world.failing = undefined;

    expect(asked).toEqual(['PutCommand messages']);
    expect(avito.calls).toHaveLength(calls);
  });

  test('the address is the secret: no other is taken, the look of Avito stores nothing, and no log has it', async () => {
    const facts = () => world.db.items('messages').length;
    const before = facts();

    expect(await post({})).toMatchObject({ status: 200 });
    expect(await post({}, `${token.slice(0, -1)}0x`)).toMatchObject({ status: 401 });
    expect(await post(envelope({ type: 'text', content: { text: 'a' } }), 'f'.repeat(64))).toMatchObject({
      status: 401,
    });
    expect(facts()).toBe(before);

    await write(BICYCLE, 'm1');
    expect(JSON.stringify(world.logs)).not.toContain(token);
  });
});
