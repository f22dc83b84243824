import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { CRMS, type Ref } from '#domain/crm';
import { type LookedAt, type Looking, openLooked } from '#test/crms/kit/looks';
import { type Answer, createWorld, type World } from '#test/world';

const BROWSER = { accept: 'text/html,application/xhtml+xml,*/*;q=0.8' };
const RUSSIAN = { ...BROWSER, 'accept-language': 'ru-RU,ru;q=0.9,en;q=0.8' };

describe.each(CRMS)('a frame of %s', (name) => {
  let world: World;
  let crm: LookedAt;
  let seller: string;
  let frameUrl: string;

  const call = (method: string, path: string, body?: unknown): Promise<Answer> =>
    world.call(method, path, { key: world.account.apiKey, body });

  beforeAll(async () => {
    crm = await openLooked(name);
    world = await createWorld({ crms: { [name]: crm.baseUrl } });
    seller = crm.rig.hands.addUser({ name: 'Ivan Sokolov' });
    const credentials = crm.rig.credentials;
    const made = (await call('POST', '/v1/crm', { crm: name, credentials })).body as Record<string, string>;
    if (crm.installation) {
      const path = new URL(made.hooksUrl!).pathname;
      await world.call('POST', path, { headers: FORM, body: crm.installation() });
      await world.drain();
    }
    await call('POST', '/v1/crm/refresh');
    frameUrl = made.frameUrl!;
  });

  afterAll(async () => {
    await crm.rig.stop();
    await world.stop();
  });

  const FORM = { 'content-type': 'application/x-www-form-urlencoded' };

  async function request(looking: Partial<Looking> = {}) {
    // HubSpot's signatures differ by the time.
    world.clock.advance(1);
    return crm.look({ frameUrl, userId: seller, now: world.clock.now(), ...looking });
  }

  const inRussian = (looking: Partial<Looking>) => request({ ...looking, language: 'ru' });

  async function send({ url, headers, body }: Awaited<ReturnType<typeof request>>, more: object = BROWSER) {
    const { pathname, search } = new URL(url);
    return world.call('POST', pathname + search, { headers: { ...headers, ...more }, body });
  }

  async function spend({ headers }: Answer): Promise<Answer> {
    const [, link] = String(headers.location).split('#k=');
    return world.call('POST', '/v1/page-tokens', { body: { link } });
  }

  test('opens the page once, as the user who looks', async () => {
    const answer = await send(await request());

    expect(answer.status).toBe(302);
    const spent = await spend(answer);
    expect(spent).toMatchObject({ status: 201, body: { scope: { kind: 'global' } } });
    expect((await spend(answer)).status).toBe(410);
    const { token } = spent.body as { token: string };
    expect((await world.call('GET', '/v1/me', { key: token })).body).toMatchObject({ user: { id: seller } });
  });

  test('gives a program the address, and never a page', async () => {
    const { status, body } = await send(await request(), { accept: '*/*' });

    expect({ status, body }).toMatchObject({ status: 200, body: { url: expect.stringContaining('#k=') } });
    const refused = await send(await request({ secret: 'of-a-forger' }), { accept: '*/*' });
    expect(refused).toMatchObject({ status: 401, body: { error: 'UNAUTHORIZED' } });
  });

  /** Two clients write, and are given out in turn. Their contacts and deals, as the CRM has them. */
  async function clientsWrite() {
    const other = crm.rig.hands.addUser({ name: 'Maria Petrova' });
    await call('POST', '/v1/crm/refresh');
    const [pipeline] = (await call('GET', '/v3/pipelines')).body as { id: string; stages: { id: string }[] }[];
    const newClients = { mode: 'round-robin', pipelineId: pipeline!.id, stageId: pipeline!.stages[0]!.id };
    const userRoles = [seller, other].map((userId) => ({ userId, role: 'seller', allowGetNewClients: true }));
    const settings = { newClients, userRoles };
    const saved = await call('PUT', `/v1/settings/channels/${world.channel.channelId}`, settings);
    expect(saved.status).toBe(200);
    for (const chatId of [501, 502]) {
      await world.say(chatId, `It is ${chatId}`);
      for (let passed = 0; passed < 60; passed += 15) {
        crm.rig.clock.pass(15_000);
        await world.pass(15_000);
      }
    }
    const { accountId } = world.account;
    const contacts = (await world.store.contacts.page(accountId, 0, 100)).data;
    const deals = (await world.store.deals.page(accountId, 0, 100)).data;
    const own = contacts.find(({ responsibleUserId }) => responsibleUserId === seller)!;
    const foreign = contacts.find(({ responsibleUserId }) => responsibleUserId === other)!;
    const deal = deals.find(({ contacts: of }) => of?.includes(own.id))!;
    const chatOf = ({ contactData: [data] }: typeof own) => data!.chatId!;
    return { own: { id: own.id, chatId: chatOf(own) }, foreign: { id: foreign.id, chatId: chatOf(foreign) }, deal };
  }

  /** The chats of the page that is opened. */
  async function shown(ref: Ref): Promise<{ scope: unknown; chats: string[] }> {
    const spent = await spend(await send(await request({ ref })));
    const { token, scope } = spent.body as { token: string; scope: unknown };
    const { chats } = (await world.call('GET', '/v1/chats?view=all', { key: token })).body as {
      chats: { chatId: string }[];
    };
    return { scope, chats: chats.map(({ chatId }) => chatId) };
  }

  test('shows the chats of its client, of the clients of the deal, and never one of somebody else', async () => {
    const { own, foreign, deal } = await clientsWrite();

    const filter = [expect.objectContaining({ chatType: 'telegram', chatId: own.chatId })];
    expect(await shown({ type: 'contact', id: own.id })).toEqual({
      scope: { kind: 'card', filter },
      chats: [own.chatId],
    });
    expect(await shown({ type: 'deal', id: deal.id })).toMatchObject({ scope: { filter }, chats: [own.chatId] });
    expect(await shown({ type: 'contact', id: foreign.id })).toMatchObject({ chats: [] });
  });

  test('of a client who never wrote says so', async () => {
    const ref: Ref = { type: 'contact', id: crm.rig.hands.addContact({ name: 'Dana' }) };

    expect((await send(await request({ ref }))).text).toContain('There is no chat here yet');
    expect((await send(await inRussian({ ref }), RUSSIAN)).text).toContain('Здесь пока нет чатов');
  });

  test.each<[string, Partial<Looking>]>([
    ['signed by somebody else', { secret: 'of-a-forger' }],
    ['of another account of the CRM', { portal: '999' }],
  ])('%s opens nothing', async (_how, looking) => {
    const page = await send(await request(looking));

    expect(page.status).toBe(200);
    expect(page.headers['content-type']).toContain('text/html');
    expect(page.text).toContain('The CRM did not say who is looking');
    expect(page.text).not.toContain('#k=');
    expect((await send(await inRussian(looking), RUSSIAN)).text).toContain('CRM не подтвердила, кто смотрит');
  });

  test('is told to a user whom Konvert does not know yet, in their language', async () => {
    const userId = crm.rig.hands.addUser({ name: 'Maria New' });

    expect((await send(await request({ userId }))).text).toContain('Konvert does not know you yet');
    expect((await send(await inRussian({ userId }), RUSSIAN)).text).toContain('Konvert вас пока не знает');
  });

  test('whose proof is for one request opens once, however often it is sent at a time', async () => {
    if (!crm.isOnce) return;
    const one = await request();

    const answers = await Promise.all([send(one), send(one), send(one)]);

    expect(answers.map(({ status }) => status).sort()).toEqual([200, 200, 302]);
    expect((await send(one)).text).toContain('opened already');
    expect((await send(await request())).status).toBe(302);
  });

  test('may be called by scripts of the connected account, and of no other', async () => {
    const ask = async (origin: string, method = 'OPTIONS') => {
      const { url, headers, body } = await request();
      const { pathname, search } = new URL(url);
      const sent = method === 'POST' ? { headers: { ...headers, origin }, body } : { headers: { origin } };
      return world.call(method, pathname + search, sent);
    };

    expect(await ask(crm.origin)).toMatchObject({
      status: 204,
      headers: { 'access-control-allow-origin': crm.origin, 'access-control-allow-methods': 'POST', vary: 'origin' },
    });
    expect((await ask(crm.origin)).headers['access-control-allow-headers']).toContain('x-auth-token');
    expect((await ask(crm.origin, 'POST')).headers).toMatchObject({ 'access-control-allow-origin': crm.origin });
    for (const origin of ['https://other.amocrm.ru', 'https://evil.example', 'null', crm.origin.replace('s:', ':')]) {
      expect((await ask(origin)).headers).not.toHaveProperty('access-control-allow-origin');
      expect((await ask(origin, 'POST')).headers).not.toHaveProperty('access-control-allow-origin');
    }
  });

  test('stands in the account of the CRM and nowhere else', async () => {
    const { headers } = await world.call('GET', `/chat/${world.account.accountId}`);

    const [, ancestors = ''] = /frame-ancestors ([^;]*)/.exec(String(headers['content-security-policy'])) ?? [];
    expect(ancestors.split(' ')).toEqual(["'self'", crm.origin]);
  });

  test('too late opens nothing', async () => {
    const late = await request();
    await world.pass(3_600_000);
    crm.rig.clock.pass(3_600_000);

    expect((await send(late)).text).toContain('The CRM did not say who is looking');
  });

  test('of a connection that was left, or is switched off, says so', async () => {
    const one = await request();
    await call('PATCH', '/v1/crm', { enabled: false });

    expect((await send(one)).text).toContain('not connected to this CRM');
    expect((await send(one, { accept: '*/*' })).status).toBe(404);
  });
});

test('HubSpot is asked for the owner with the token of a consent, too', async () => {
  const { rig, baseUrl, look } = await openLooked('hubspot');
  const world = await createWorld({ crms: { hubspot: baseUrl } });
  const { accountId: account, apiKey: key } = world.account;
  const { accessToken = '', clientSecret = '' } = rig.credentials;
  const app = { clientId: 'an-app', clientSecret };
  const { portal } = rig.hands;
  const given = { crm: 'hubspot', app, portal, baseUrl: 'https://konvert.example', tokens: { accessToken } } as const;
  const userId = rig.hands.addUser({ name: 'Ivan Sokolov' });
  await world.call('POST', '/v3/users', { key, body: [{ id: userId, name: 'Ivan' }] });
  await world.store.crms.connect(account, given, 'key-1');
  const { frameUrl } = (await world.call('GET', '/v1/crm', { key })).body as { frameUrl: string };

  const { url, headers, body } = await look({ frameUrl, userId, now: world.clock.now() });
  const { pathname, search } = new URL(url);
  const answer = await world.call('POST', pathname + search, { headers, body });

  expect(answer).toMatchObject({ status: 200, body: { url: expect.stringContaining('#k=') } });
  await rig.stop();
  await world.stop();
});

test('without the secret of the integration nothing is proven, and it is said what ends that', async () => {
  const { rig, baseUrl, look } = await openLooked('amocrm');
  const world = await createWorld({ crms: { amocrm: baseUrl } });
  const { apiKey: key } = world.account;
  const { host = '', accessToken = '' } = rig.credentials;
  const userId = rig.hands.addUser({ name: 'Ivan Sokolov' });
  const body = { crm: 'amocrm', credentials: { host, accessToken } };
  const { frameUrl } = (await world.call('POST', '/v1/crm', { key, body })).body as { frameUrl: string };

  const { pathname } = new URL(frameUrl);
  const sent = await look({ frameUrl, userId, now: world.clock.now() });
  const open = (language: string) =>
    world.call('POST', pathname, {
      headers: { ...sent.headers, ...BROWSER, 'accept-language': language },
      body: sent.body,
    });

  expect((await open('en')).text).toContain('not given the secret key of the integration');
  expect((await open('ru')).text).toContain('не дали секретный ключ интеграции');
  await rig.stop();
  await world.stop();
});
