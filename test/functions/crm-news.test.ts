import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { CrmNews, Failed } from '#crms/crm';
import type { Platform } from '#functions/app';
import { createDeps } from '#functions/read-crm-news/deps';
import type { ReadCrmNewsDeps } from '#functions/read-crm-news/handler';
import { creationKey } from '#store/outbox/lane-names';
import { type Desk, deskOf } from '#test/functions/company';
import { connectModel } from '#test/functions/model-crm';
import { CrmModel } from '#test/scheduler/crm-model';
import { type CallOptions, createWorld, type World } from '#test/world';

const CLIENT = 501;
const DATA = [{ chatType: 'telegram', chatId: String(CLIENT) }];
const SOLD = { name: 'Sale', closed: false };

let world: World;
let desk: Desk;
let model: CrmModel;
let hooksUrl: string;
/** What the CRM refuses, by the name of the call. */
const refusals = new Map<string, Failed>();

beforeEach(async () => {
  model = new CrmModel(() => world.clock.now());
  refusals.clear();
  model.faultOf = (call) => refusals.get(call);
  world = await createWorld({ crm: model.crm });
  desk = deskOf(world);
  await desk.push('users', ...['anna', 'boris'].map((id) => ({ id, name: `Name of ${id}` })));
  model.users = ['anna', 'boris'].map((id) => ({ id, name: `Name of ${id}`, isActive: true }));
  const userRoles = [
    { userId: 'anna', role: 'seller', allowGetNewClients: true },
    { userId: 'boris', role: 'seller', allowGetNewClients: false },
  ];
  await desk.push('pipelines', { id: '1', name: 'Sales', stages: [{ id: '11', name: 'New' }] });
  const newClients = { mode: 'round-robin', pipelineId: '1', stageId: '11' };
  await desk.ask('PUT', `/v1/settings/channels/${world.channel.channelId}`, { newClients, userRoles });
  await world.drain();
  const open = await connectModel(world);
  hooksUrl = String(open?.hooksUrl).replace('https://konvert.example', '');
  world.clock.advance(10_000);
});

afterEach(() => world.stop());

const account = () => world.account.accountId;
const contacts = async () => (await world.store.contacts.page(account(), 0, 100)).data;
const deals = async () => (await world.store.deals.page(account(), 0, 100)).data;
const callsOf = (name: string) => model.calls.filter((call) => call === name).length;
const connection = () => world.store.crms.now(account());

function hook(news: readonly CrmNews[], options: CallOptions = {}) {
  return world.call('POST', hooksUrl, { headers: { 'x-crm': 'model' }, body: news, ...options });
}

/** Rings for contacts, and lets the lane read them. */
async function ring(...ids: string[]): Promise<void> {
  await hook(ids.map((id) => ({ kind: 'changed', ref: { type: model.deals.has(id) ? 'deal' : 'contact', id } })));
  await world.drain();
}

async function wait(ms: number): Promise<void> {
  for (let passed = 0; passed < ms; passed += 5_000) await world.pass(5_000);
}

async function refresh(): Promise<void> {
  await world.app.listeners['refresh-crm']();
  await wait(5_000);
}

/** The function of the lane, whose pauses let time pass. */
function laneOf({ deps, clock }: World): ReadCrmNewsDeps {
  return createDeps({ ...(deps as Platform), pause: async (ms) => clock.advance(ms) });
}

/** A client of Anna whom the CRM has. */
async function client(): Promise<string> {
  const { id } = model.addContact({ name: 'Irina', responsibleUserId: 'anna', contactData: DATA });
  await world.say(CLIENT, 'Hello');
  return id;
}

describe('hooks', () => {
  test('a change of the responsible user there moves the chat, before five seconds have passed (R2)', async () => {
    const id = await client();
    model.changeContact(id, { responsibleUserId: 'boris' });
    await ring(id);

    expect(await desk.seenBy('boris')).toEqual([String(CLIENT)]);
    expect(await desk.seenBy('anna')).toEqual([]);
  });

  test('about others do not wait for the heir of a contact that is gone (R2)', async () => {
    const gone = await client();
    const contactData = [{ chatType: 'telegram', chatId: '777' }];
    const other = model.addContact({ name: 'Pavel', responsibleUserId: 'boris', contactData });
    await world.say(777, 'Hello');
    model.contacts.delete(gone);
    await ring(gone);

    model.changeContact(other.id, { responsibleUserId: 'anna' });
    await ring(other.id);

    expect(await desk.seenBy('anna')).toContain('777');
  });

  test('only ring: many about one entity are one read, and nothing is made from them (K1)', async () => {
    const id = await client();
    const before = callsOf('read');
    for (let at = 0; at < 5; at += 1) await hook([{ kind: 'changed', ref: { type: 'contact', id } }]);
    await world.drain();

    expect(callsOf('read')).toBe(before + 1);
    expect(callsOf('make')).toBe(0);
  });

  test('tell nothing to who does not know the address, or cannot prove to be the CRM', async () => {
    const { length } = hooksUrl;
    const wrong = [`${hooksUrl.slice(0, length - 4)}AAAA`, hooksUrl.replace('/amocrm/', '/hubspot/')];
    for (const path of wrong) expect((await world.call('POST', path, { body: [] })).status).toBe(404);
    const news = [{ kind: 'uninstalled' as const }];

    expect((await hook(news, { headers: { 'x-crm': 'no' } })).status).toBe(401);
    expect((await hook(news, { body: 'x'.repeat(100_001) })).status).toBe(413);
    await world.drain();
    expect(await connection()).not.toHaveProperty('endedAt');
  });

  test('that Konvert was taken away end its grant at once', async () => {
    await hook([{ kind: 'uninstalled' }]);
    await world.drain();

    expect(await connection()).toMatchObject({ endedAt: world.clock.now() });
  });

  test('of an installation bring tokens and a secret, which lie sealed meanwhile', async () => {
    const tokens = { accessToken: 'fresh-token', refreshToken: 'fresh-refresh' };
    await hook([{ kind: 'installed', tokens, hookSecret: 'fresh-secret' }]);

    expect(JSON.stringify(world.db.items('outbox'))).not.toContain('fresh-');
    await world.drain();
    expect(await world.store.crms.openNow(account())).toMatchObject({ hookSecret: 'fresh-secret' });
  });

  test('of an installation of a CRM that was left leave no tokens behind', async () => {
    const left = await world.store.crms.openNow(account());
    if (!left || !(await world.store.crms.remove(left, 'key-1'))) throw new Error('It cannot be left');

    expect(await world.store.crms.install(left.connection, { accessToken: 'token' }, 'secret')).toBe(false);
    expect(world.db.items('accounts').filter(({ s }) => s === 'tokens')).toEqual([]);
  });

  test('about contacts of whom no client is known store nothing; Konvert asks when they write (D1)', async () => {
    const { id } = model.addContact({ name: 'Oleg', responsibleUserId: 'boris', contactData: DATA });
    await ring(id);
    expect(await contacts()).toEqual([]);

    await world.say(CLIENT, 'Hello');
    expect(await desk.seenBy('boris')).toEqual([String(CLIENT)]);
  });

  test('about deals of known contacts are followed, and of others they are not (K23)', async () => {
    const id = await client();
    const deal = model.addDeal({ ...SOLD, responsibleUserId: 'boris', contacts: [id, '9'] });
    const other = model.addDeal({ ...SOLD, responsibleUserId: 'boris', contacts: ['9'] });
    await ring(deal.id, other.id);

    expect((await deals()).map((one) => one.id)).toEqual([deal.id]);
    expect(await desk.seenBy('boris')).toEqual([String(CLIENT)]);
    model.deals.delete(deal.id);
    await hook([{ kind: 'deleted', ref: { type: 'deal', id: deal.id } }]);
    await wait(5_000);
    expect(await deals()).toEqual([]);
  });
});

describe('contacts that go', () => {
  test('leave their client to the heir, who is stored first: no turn is drawn (K18)', async () => {
    const id = await client();
    const heir = model.addContact({ name: 'Irina B.', responsibleUserId: 'boris', contactData: [] });
    model.merge(id, heir.id);
    await hook([{ kind: 'deleted', ref: { type: 'contact', id } }]);
    await world.drain();
    expect((await contacts()).map((one) => one.id)).toEqual([id]);
    await wait(15_000);

    expect((await contacts()).map((one) => one.id)).toEqual([heir.id]);
    expect(await desk.seenBy('boris')).toEqual([String(CLIENT)]);
    await world.say(CLIENT, 'Still me');
    expect(await desk.seenBy('anna')).toEqual([]);
    expect(callsOf('make')).toBe(0);
  });

  test.each(['', 'of which the CRM told'])(
    'leave their client to an heir %s that could not be read at once',
    async (told) => {
      const id = await client();
      const heir = model.addContact({ name: 'Irina B.', responsibleUserId: 'boris', contactData: [] });
      model.merge(id, heir.id);
      if (told) model.movedTo.set(id, heir.id);
      const { read } = model.crm;
      const busy = { kind: 'throttled', retryAfterSeconds: 5 } as const;
      model.crm.read = async (session, refs) =>
        refs.some((ref) => ref.id === heir.id) ? { kind: 'ok', value: refs.map(() => busy) } : read(session, refs);
      await hook([{ kind: 'deleted', ref: { type: 'contact', id } }]);
      await wait(30_000);
      expect((await contacts()).map((one) => one.id)).toEqual([id]);

      model.crm.read = read;
      await wait(60_000);
      expect((await contacts()).map((one) => one.id)).toEqual([heir.id]);
      expect(await desk.seenBy('boris')).toEqual([String(CLIENT)]);
    },
  );

  test('and moved by what the CRM says leave it at once', async () => {
    const id = await client();
    const heir = model.addContact({ name: 'Irina B.', responsibleUserId: 'boris', contactData: [] });
    model.merge(id, heir.id);
    model.movedTo.set(id, heir.id);
    await ring(id);

    expect((await contacts()).map((one) => one.id)).toEqual([heir.id]);
    expect(await desk.seenBy('boris')).toEqual([String(CLIENT)]);
  });

  test('without an heir are removed, and their client is new again', async () => {
    const id = await client();
    model.contacts.delete(id);
    await ring(id);
    await wait(15_000);
    expect(await contacts()).toEqual([]);
  });

  test('a number that went over to another contact goes with it', async () => {
    const id = await client();
    const heir = model.addContact({ name: 'Irina B.', responsibleUserId: 'boris', contactData: DATA });
    model.changeContact(id, { contactData: [] });
    await ring(id);

    expect((await contacts()).map((one) => one.id).sort()).toEqual([id, heir.id].sort());
    expect(await desk.seenBy('boris')).toEqual([String(CLIENT)]);
  });
});

test('a contact that is stored has its deals, whatever write is cut off', async () => {
  let id = await client();
  for (let writes = 1; writes <= 4; writes += 1) {
    model.contacts.delete(id);
    await ring(id);
    await wait(15_000);
    expect(await contacts()).toEqual([]);
    id = model.addContact({ name: 'Irina', responsibleUserId: 'boris', contactData: DATA }).id;
    const sale = model.addDeal({ ...SOLD, responsibleUserId: 'boris', contacts: [id] });
    let left = writes;
    world.failing = ({ kind, input }) =>
      /Put|Update|TransactWrite/.test(kind) &&
      JSON.stringify(input).includes(`${account()}#`) &&
      JSON.stringify(input).includes('directory') &&
      --left < 0;

    await hook([{ kind: 'changed', ref: { type: 'contact', id } }]);
    await world.drain().catch(() => undefined);
    world.failing = undefined;
    await world.pass(61_000);
    await world.app.listeners['sweep-lanes']();
    await world.drain();

    expect((await contacts()).map((one) => one.id)).toEqual([id]);
    expect((await deals()).map((one) => one.id)).toContain(sale.id);
  }
});

describe('a bulk change', () => {
  test('is one read for a batch, at a quarter of the pace of creations (K1)', async () => {
    const id = await client();
    const ids = Array.from({ length: 1_000 }, (_, at) =>
      model.addDeal({ ...SOLD, responsibleUserId: 'boris', contacts: at % 100 === 0 ? [id] : ['9'] }),
    );
    for (let at = 0; at < ids.length; at += 100)
      await hook(ids.slice(at, at + 100).map((ref) => ({ kind: 'changed', ref })));
    model.calledAt.splice(0);
    await laneOf(world).runLane(`news#${account()}`);

    expect(model.calledAt).toHaveLength(ids.length / model.crm.offers.batch);
    const gaps = model.calledAt.slice(1).map((at, index) => at - model.calledAt[index]!);
    expect(Math.min(...gaps)).toBe(4 * model.crm.offers.pace);
    expect(await deals()).toHaveLength(10);
  });

  test('waits for a CRM that takes no calls, and loses nothing', async () => {
    const id = await client();
    model.changeContact(id, { responsibleUserId: 'boris' });
    model.faultOf = () => ({ kind: 'throttled', retryAfterSeconds: 60 });
    await ring(id);
    const { length } = model.calls;
    await wait(55_000);
    expect(model.calls).toHaveLength(length);
    model.faultOf = () => undefined;
    await wait(10_000);

    expect(await desk.seenBy('boris')).toEqual([String(CLIENT)]);
  });
});

test('a hand-over of which the CRM was not told yet is not undone by a hook', async () => {
  const id = await client();
  model.faultOf = (call) => (call === 'assign' ? 'down' : undefined);
  await desk.ask('PUT', `${world.pathOf(CLIENT)}/responsible`, { userId: 'boris' });
  await world.drain();
  model.changeContact(id, { name: 'Irina A.' });
  await ring(id);

  expect(await contacts()).toMatchObject([{ name: 'Irina A.' }]);
  expect(await desk.seenBy('boris')).toEqual([String(CLIENT)]);
});

test('nor is one that waits behind hundreds of others', async () => {
  const id = await client();
  model.faultOf = (call) => (call === 'assign' ? 'down' : undefined);
  await desk.ask('PUT', `${world.pathOf(CLIENT)}/responsible`, { userId: 'boris' });
  await world.drain();
  const lane = `connector#${account()}`;
  for (let at = 0; at < 250; at += 1) {
    const event = creationKey(lane, at, `c${at}`);
    const ids = { contact: `c${at}`, deal: `d${at}` };
    const about = {
      kind: 'creation' as const,
      subject: 's',
      address: `${account()}#telegram#${at}`,
      decidedAt: at,
      ids,
    };
    await world.store.rows.add({ ...about, lane, event, account: account(), storedAt: at });
    await world.store.lanes.announce(lane, [event]);
  }
  model.changeContact(id, { name: 'Irina A.' });
  await hook([{ kind: 'changed', ref: { type: 'contact', id } }]);
  await laneOf(world).runLane(`news#${account()}`);

  expect(await contacts()).toMatchObject([{ name: 'Irina A.' }]);
  expect(await desk.seenBy('boris')).toEqual([String(CLIENT)]);
});

test.each(['installed', 'uninstalled'] as const)(
  'what was told of a connection that was left meanwhile (%s) is nothing to the next one',
  async (kind) => {
    const news = kind === 'uninstalled' ? { kind } : { kind, tokens: { accessToken: 'of-the-former' } };
    await hook([news]);
    const former = await world.store.crms.openNow(account());
    if (former) await world.store.crms.remove(former, 'key-1');
    const portal = { accountId: '2', host: 'crm.example', name: 'CRM', connectedAs: 'A', isAdmin: true };
    const given = { crm: 'amocrm' as const, app: {}, baseUrl: 'https://konvert.example', portal };
    const next = await world.store.crms.connect(account(), { ...given, tokens: { accessToken: 'token' } }, 'key-1');
    hooksUrl = String(next?.hooksUrl).replace('https://konvert.example', '');
    const id = await client();
    model.changeContact(id, { responsibleUserId: 'boris' });
    await ring(id);

    expect(await connection()).not.toHaveProperty('endedAt');
    expect(await desk.seenBy('boris')).toEqual([String(CLIENT)]);
  },
);

describe('once an hour or a day', () => {
  test('what no hook told is found by the proof, page by page (K19, K24)', async () => {
    const id = await client();
    for (let at = 0; at < 7; at += 1) model.addContact({ name: 'X', responsibleUserId: '', contactData: [] });
    model.changeContact(id, { responsibleUserId: 'boris', name: 'Irina B.' });
    await refresh();
    await wait(30_000);

    expect(await contacts()).toMatchObject([{ id, name: 'Irina B.', responsibleUserId: 'boris' }]);
    expect(callsOf('changedSince')).toBeGreaterThan(1);
    const { lastProofAt = 0 } = (await connection()) ?? {};
    expect(lastProofAt).toBeGreaterThan(0);
    const calls = model.calls.length;
    await refresh();
    expect(model.calls.length).toBe(calls);
  });

  test('what was deleted without a hook is found, and what Konvert kept itself stays', async () => {
    const id = await client();
    const deal = model.addDeal({ ...SOLD, responsibleUserId: 'anna', contacts: [id] });
    await ring(deal.id);
    model.deals.delete(deal.id);
    model.contacts.delete(id);
    await refresh();
    await wait(40_000);

    expect(await contacts()).toEqual([]);
    expect(await deals()).toEqual([]);
  });

  test('users follow the CRM, and one who has left is deleted (K15)', async () => {
    await client();
    model.users = [
      { id: 'anna', name: 'Anna A.', isActive: true },
      { id: 'boris', name: 'Name of boris', isActive: false },
      { id: 'clara', name: 'Clara', isActive: true },
    ];
    await refresh();
    await wait(15_000);

    const users = await world.store.users.list(account());
    expect(users.map(({ id, name }) => [id, name])).toEqual([
      ['anna', 'Anna A.'],
      ['clara', 'Clara'],
    ]);
  });

  test('more users than Konvert has room for are refused together, and nobody goes meanwhile', async () => {
    model.users = Array.from({ length: 1_001 }, (_, at) => ({ id: `u${at}`, name: `Name ${at}`, isActive: true }));
    await refresh();
    await wait(15_000);

    expect(await world.store.users.list(account())).toHaveLength(2);
  });

  test('a phone that went over to another user keeps nobody from being stored', async () => {
    const many = Array.from({ length: 150 }, (_, at) => ({ id: `u${at}`, name: `Name ${at}`, isActive: true }));
    const known = model.users;
    const withPhone = (holder: string) =>
      [...known, ...many].map((user) => (user.id === holder ? { ...user, phone: '79161234567' } : user));
    const phoneOf = async (id: string) => (await world.store.users.get(account(), id))?.phone;
    model.users = withPhone('u149');
    await refresh();
    await wait(15_000);
    expect(await phoneOf('u149')).toBe('79161234567');

    model.users = withPhone('anna').map((user) => ({ ...user, name: `${user.name} B.` }));
    for (const hours of [1, 2]) {
      await world.pass(hours * 3_600_000);
      await refresh();
      await wait(15_000);
      expect((await world.store.users.get(account(), 'boris'))?.name).toBe('Name of boris B.');
    }
    expect(await phoneOf('anna')).toBe('79161234567');
    expect(await phoneOf('u149')).toBeUndefined();
  });

  test('a list without most of the users deletes none and asks', async () => {
    model.users = [];
    await refresh();
    await wait(15_000);

    expect(await world.store.users.list(account())).toHaveLength(2);
    expect((await connection())?.problems).toMatchObject([{ code: 'USERS_SHRANK' }]);
  });

  test('a proof lets hooks go first', async () => {
    const id = await client();
    await wait(10_000);
    model.calls.splice(0);
    await world.app.listeners['refresh-crm']();
    model.changeContact(id, { responsibleUserId: 'boris' });
    await ring(id);

    expect(model.calls.filter((call) => ['read', 'changedSince'].includes(call)).slice(0, 2)).toEqual([
      'read',
      'changedSince',
    ]);
  });

  test.each(['HOOKS_MISSING', 'HOOKS_OFF', 'PLAN', 'NOT_ADMIN'] as const)(
    'a CRM without hooks (%s) is proved every five minutes, others once an hour',
    async (code) => {
      await refresh();
      await wait(30_000);
      const provedAt = async () => (await connection())?.lastProofAt;
      const before = await provedAt();
      await world.pass(300_000);
      await refresh();
      expect(await provedAt()).toBe(before);

      const known = await connection();
      if (known) await world.store.crms.noteProblems(known, [{ code, about: 'webhooks' }]);
      await refresh();
      expect(await provedAt()).toBeGreaterThan(before ?? 0);
    },
  );

  test('what the CRM refuses for good is told, and holds up no hook', async () => {
    const id = await client();
    const refused = { kind: 'refused', code: 'NOT_ADMIN', description: 'No rights' } as const;
    for (const call of ['pipelines', 'changedSince']) refusals.set(call, refused);
    await refresh();
    model.changeContact(id, { responsibleUserId: 'boris' });
    await ring(id);

    expect(await desk.seenBy('boris')).toEqual([String(CLIENT)]);
    const about = ['users', 'proof'].map((what) => expect.objectContaining({ code: 'NOT_ADMIN', about: what }));
    expect((await connection())?.problems).toEqual(expect.arrayContaining(about));
    expect((await connection())?.lastProofAt).toBeUndefined();
  });

  test('an heir that cannot be asked for holds up no other contact', async () => {
    const [one, other] = [
      await client(),
      model.addContact({
        name: 'Oleg',
        responsibleUserId: 'anna',
        contactData: [{ chatType: 'telegram', chatId: '502' }],
      }),
    ];
    await world.say(502, 'Hello');
    refusals.set('find', { kind: 'refused', code: 'INVALID', description: 'Not that one' });
    model.changeContact(one, { contactData: [] });
    model.changeContact(other.id, { responsibleUserId: 'boris' });
    await ring(one, other.id);
    expect(await desk.seenBy('boris')).toEqual(['502']);

    refusals.clear();
    await world.pass(600_000);
    await wait(15_000);
    expect((await contacts()).find(({ id }) => id === one)?.contactData).toEqual([]);
  });

  test('a stage that is gone is told of the channel that leads there', async () => {
    model.pipelines = [{ id: '1', name: 'Sales', isMain: true, stages: [{ id: '12', name: 'Old', kind: 'open' }] }];
    await refresh();
    await wait(15_000);
    expect((await connection())?.problems).toMatchObject([{ code: 'STAGE_GONE', about: world.channel.channelId }]);
  });
});
