import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createAvito } from '#channels/avito/index';
import { createFacebook } from '#channels/facebook/index';
import { createVk } from '#channels/vk/index';
import { bodies, signature, TOKEN } from '#test/channels/meta/pages';
import { startAvito } from '#test/doubles/avito';
import { type PagesDouble, startPages } from '#test/doubles/graph-pages';
import { startVk } from '#test/doubles/vk';
import { createWorld, type World } from '#test/world';

const CLIENT = '5500112233445566';
const IG = '17840000000000777';
const DAY = 24 * 3_600_000;
const { body, item } = bodies('instagram', IG);

describe('a client of Instagram, whose webhooks carry no name', () => {
  let world: World;
  let pages: PagesDouble;
  let channelId: string;
  let key: string;

  beforeEach(async () => {
    [pages, world] = await Promise.all([startPages({ object: 'instagram' }), createWorld()]);
    const writer = pages.writer(CLIENT);
    writer.wroteAt = 0;
    writer.names = { name: '\u2066 Mia Nowak\u2069', username: 'mia.nowak' };
    key = world.account.apiKey;
    const credentials = { igId: IG, accessToken: TOKEN, appSecret: pages.meta.appSecret, apiBaseUrl: pages.baseUrl };
    const made = { transport: 'instagram', name: 'Our Instagram', credentials, setWebhook: false };
    const answer = await world.call('POST', '/v1/channels', { key, body: made });
    channelId = (answer.body as { channelId: string }).channelId;
  });

  afterEach(() => Promise.all([world.stop(), pages.stop()]));

  async function hand(...mids: string[]): Promise<void> {
    for (const mid of mids) {
      const fields = { message: { mid, text: `text of ${mid}` } };
      const sent = JSON.stringify(body('messaging', { ...item(fields), timestamp: world.clock.now() }));
      const headers = { 'x-hub-signature-256': signature(Buffer.from(sent), pages.meta.appSecret) };
      const answer = await world.call('POST', `/webhooks/instagram/${channelId}`, { headers, body: sent });
      expect(answer.status).toBe(200);
    }
  }

  async function write(...mids: string[]): Promise<void> {
    await hand(...mids);
    await world.drain();
  }

  const ask = async (path: string) => (await world.call('GET', path, { key })).body;
  async function names(query = ''): Promise<string[]> {
    const { chats } = (await ask(`/v1/chats${query}`)) as { chats: readonly { name: string }[] };
    return chats.map(({ name }) => name);
  }
  const questions = () => pages.calls.filter(({ method, id }) => method === 'GET page' && id === CLIENT).length;
  const outcomes = () => world.logs.filter((line) => 'name' in line && 'outcome' in line).map(({ outcome }) => outcome);

  test('is asked about once, and then has a name in the list, in the search and in the history', async () => {
    await write('in1', 'in2');
    await write('in3');

    expect(await names()).toEqual(['Mia Nowak']);
    expect(await names('?find=nowak')).toEqual(['Mia Nowak']);
    expect(await names('?find=%40mia.nowak')).toEqual(['Mia Nowak']);
    expect(questions()).toBe(1);

    await world.pass(2 * DAY);
    await write('in4');
    expect(questions()).toBe(1);
    expect(outcomes()).toEqual(['known']);
    expect(await names()).toEqual(['Mia Nowak']);
  });

  test('has it in Konvert’s own contact too', async () => {
    await world.call('POST', '/v3/users', { key, body: [{ id: 'anna', name: 'Anna' }] });
    await world.call('POST', '/v3/pipelines', {
      key,
      body: [{ id: '1', name: 'S', stages: [{ id: '10', name: 'N' }] }],
    });
    const userRoles = [{ userId: 'anna', role: 'seller', allowGetNewClients: true }];
    const newClients = { mode: 'round-robin', pipelineId: '1', stageId: '10' };
    const settings = { newClients, userRoles };
    const set = await world.call('PUT', `/v1/settings/channels/${channelId}`, { key, body: settings });
    expect(set.status).toBe(200);
    await write('in1');

    expect(await ask('/v3/contacts')).toMatchObject({
      data: [{ name: 'Mia Nowak', contactData: [{ chatId: CLIENT, username: 'mia.nowak' }] }],
    });
  });

  test('keeps the name that a CRM gave them', async () => {
    const contactData = [{ chatType: 'instagram', chatId: CLIENT }];
    const contact = { id: '1', name: 'Maria N. (wholesale)', responsibleUserId: '7', contactData };
    await world.call('POST', '/v3/contacts', { key, body: [contact] });
    await write('in1');

    expect(questions()).toBe(1);
    expect(await names()).toEqual(['Maria N. (wholesale)']);
  });

  test('has the id while Instagram is down, and the name on the next day', async () => {
    pages.answerNext('GET page', { status: 503, body: '' });
    await write('in1');
    await write('in2');
    expect(await names()).toEqual([CLIENT]);
    expect(questions()).toBe(1);

    await world.pass(DAY - 1_000);
    await write('in3');
    expect(questions()).toBe(1);

    await world.pass(2_000);
    await write('in4');
    expect(await names()).toEqual(['Mia Nowak']);
    expect(questions()).toBe(2);
    expect(outcomes()).toEqual(['unknown', 'known']);
  });

  test('is not asked about twice when the same bell rings twice, nor by an account that nothing opens any more', async () => {
    await hand('in1');
    const bell = JSON.stringify({ chatKey: `${channelId}#instagram#${CLIENT}`, key: '1' });
    await world.drain();
    await world.app.listeners['store-file']({ Records: [{ body: bell }, { body: bell }] });

    expect(questions()).toBe(1);
    expect(outcomes()).toEqual(['known', 'asked before', 'asked before']);
  });

  test('nothing in the log names them', async () => {
    await write('in1');

    expect(JSON.stringify(world.logs)).not.toMatch(/Mia|nowak|5500112233445566/i);
  });
});

describe('the doubles tell names to whoever has the token, and to nobody else', () => {
  const signal = () => AbortSignal.timeout(10_000);

  test('Messenger', async () => {
    await using pages = stopped(await startPages({ object: 'page' }));
    const writer = pages.writer(CLIENT);
    writer.names = { first_name: 'Mia', last_name: 'Nowak', name: 'Mia Nowak' };
    const credentials = { pageId: pages.account.id, appSecret: pages.meta.appSecret, apiBaseUrl: pages.baseUrl };
    const { profileOf } = createFacebook().inbound;
    const ask = (accessToken: string) => profileOf!({ ...credentials, accessToken }, CLIENT, signal());

    // Nobody is told of who has not written.
    expect(await ask(pages.token)).toEqual({ kind: 'unknown', why: 'code 230' });
    writer.wroteAt = 0;
    expect(await ask(pages.token)).toEqual({ kind: 'profile', profile: { name: 'Mia Nowak' } });
    expect(await ask('EAAanother')).toMatchObject({ kind: 'unknown' });
  });

  test('VK', async () => {
    await using vk = stopped(await startVk());
    const { id } = vk.person();
    const { profileOf } = createVk().inbound;
    const ask = (accessToken: string) =>
      profileOf!({ groupId: '210001', accessToken, apiBaseUrl: vk.baseUrl }, String(id), signal());

    expect(await ask(vk.token)).toEqual({ kind: 'profile', profile: { name: 'Anna Belova' } });
    expect(await ask('vk1.a.another')).toEqual({ kind: 'unknown', why: 'code 5' });
  });

  test('Avito', async () => {
    await using avito = stopped(await startAvito());
    const { clientId, baseUrl, userId } = avito;
    const chat = avito.chat(99_002);
    const { profileOf } = createAvito().inbound;
    const ask = (clientSecret: string) =>
      profileOf!({ clientId, clientSecret, userId: String(userId), apiBaseUrl: baseUrl }, chat.id, signal());

    expect(await ask(avito.clientSecret)).toEqual({ kind: 'profile', profile: { name: 'Dana' } });
    expect(await ask('avito-another-secret')).toMatchObject({ kind: 'unknown' });
  });
});

/** The double, which stops at the end of the block. */
function stopped<D extends { stop(): Promise<void> }>(double: D): D & AsyncDisposable {
  return Object.assign(double, { [Symbol.asyncDispose]: () => double.stop() });
}
