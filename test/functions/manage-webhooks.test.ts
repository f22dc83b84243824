import { Webhook } from 'standardwebhooks';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import * as contract from '#api/receiver-routes';
import { createPublicFetch } from '#calls/public-fetch';
import { answer, type Behaviour, type ReceiverDouble, startReceiver } from '#test/calls/receiver-double';
import { type Answer, createWorld, START, type World } from '#test/world';

const CRM_KEY = 'crm-key-that-nobody-may-read';
const OFF = {
  messagesAndStatuses: false,
  contactsAndDealsCreation: false,
  channelsUpdates: false,
  templateStatus: false,
  wabaTemplatesStatus: false,
};
const ON = { messagesAndStatuses: true, contactsAndDealsCreation: true, channelsUpdates: true };
const NOT_SET = { webhooksUri: null, subscriptions: OFF };

let world: World;
let receiver: ReceiverDouble;
let fetching: typeof globalThis.fetch;

beforeEach(async () => {
  fetching = globalThis.fetch;
  world = await createWorld({ fetch: (input, init) => fetching(input, init) });
  receiver = await startReceiver();
});

afterEach(async () => {
  await receiver.stop();
  await world.stop();
});

const call = (method: string, path: string, body?: unknown, key = world.account.apiKey): Promise<Answer> =>
  world.call(method, path, { key, body });
const patch = (body: unknown, key?: string) => call('PATCH', '/v3/webhooks', body, key);
const register = (more: object = {}) => patch({ webhooksUri: receiver.url, subscriptions: ON, ...more });
const rotate = async () => contract.newSecretAnswer.parse((await call('POST', '/v1/webhooks/secret')).body);

async function read(key?: string): Promise<unknown> {
  const { status, body } = await call('GET', '/v3/webhooks', undefined, key);
  expect(status).toBe(200);
  expect(contract.receiverAnswer.parse(body)).toEqual(body);
  return body;
}

/** What an event would be sent with now. */
async function stored() {
  world.store.receivers.forget(world.account.accountId);
  return (await world.store.receivers.open(world.account.accountId))!;
}

async function expectUnchanged(attempt: () => Promise<Answer>, error: object): Promise<void> {
  const before = world.db.items('accounts').filter(({ p }) => !String(p).startsWith('use#'));
  expect(await attempt()).toMatchObject({ status: 400, body: error });
  expect(world.db.items('accounts').filter(({ p }) => !String(p).startsWith('use#'))).toEqual(before);
}

test('what is shown is what is stored now, also by another process', async () => {
  const app = world.newProcess();
  const readThere = () => world.call('GET', '/v3/webhooks', { key: world.account.apiKey, app });
  await register();
  expect((await readThere()).body).toMatchObject({ webhooksUri: receiver.url });
  await patch({});

  expect((await readThere()).body).toMatchObject({ subscriptions: OFF });
});

test('before anything is registered there is no address, and nothing is on', async () => {
  expect(await read()).toEqual(NOT_SET);
});

describe('a registration', () => {
  test.each(['PATCH', 'POST'])('by %s is probed, stored and shown', async (method) => {
    const answer = await call(method, '/v3/webhooks', { webhooksUri: receiver.url, subscriptions: ON });

    expect(answer).toMatchObject({ status: 200, body: { ok: true } });
    expect(await read()).toEqual({ webhooksUri: receiver.url, subscriptions: { ...OFF, ...ON } });
    expect(receiver.calls).toEqual([expect.objectContaining({ method: 'POST', path: '/hook', raw: '{"test":true}' })]);
  });

  test.each<{ name: string; subscriptions?: unknown; beside?: object; on: object }>([
    { name: 'none', on: {} },
    { name: 'null', subscriptions: null, on: {} },
    { name: 'some, the others off', subscriptions: { channelsUpdates: true }, on: { channelsUpdates: true } },
    {
      name: 'texts',
      subscriptions: { messagesAndStatuses: 'true', channelsUpdates: 'False', contactsAndDealsCreation: 'True' },
      on: { messagesAndStatuses: true, contactsAndDealsCreation: true },
    },
    {
      name: 'at the top level',
      beside: { messagesAndStatuses: true, wabaTemplatesStatus: 'true' },
      on: { messagesAndStatuses: true, templateStatus: true, wabaTemplatesStatus: true },
    },
    {
      name: 'in both places, of which the inner one holds',
      subscriptions: { messagesAndStatuses: false },
      beside: { messagesAndStatuses: true, channelsUpdates: true },
      on: { channelsUpdates: true },
    },
    ...['templateStatus', 'templateStatuses', 'wabaTemplatesStatus'].map((name) => ({
      name: `of templates as ${name}`,
      subscriptions: { [name]: true },
      on: { templateStatus: true, wabaTemplatesStatus: true },
    })),
    {
      name: 'of what only Konvert tells',
      subscriptions: { assignments: true, waiting: 'True' },
      on: { assignments: true, waiting: true },
    },
    { name: 'null and unknown ones', subscriptions: { messagesAndStatuses: null, color: 1 }, on: {} },
  ])('takes switches: $name', async ({ subscriptions, beside, on }) => {
    await register({ subscriptions: { ...ON } });

    expect(await register({ subscriptions, ...beside })).toMatchObject({ status: 200 });

    expect(await read()).toEqual({ webhooksUri: receiver.url, subscriptions: { ...OFF, ...on } });
  });

  test.each([
    [{ subscriptions: { messagesAndStatuses: 'yes' } }, 'subscriptions.messagesAndStatuses'],
    [{ subscriptions: { channelsUpdates: 1 } }, 'subscriptions.channelsUpdates'],
    [{ templateStatuses: {} }, 'templateStatuses'],
    [{ subscriptions: 'all' }, 'subscriptions'],
    [{ crmKey: 7 }, 'crmKey'],
    [{ crmKey: 'k'.repeat(1001) }, 'crmKey'],
    [{ crmKey: 'a\r\nx-injected: yes' }, 'crmKey'],
    [{ crmKey: 'ключ' }, 'crmKey'],
    [{ crmKey: ' key' }, 'crmKey'],
  ])('with %j is refused by the name of its field', async (more, field) => {
    await expectUnchanged(() => register(more), { error: 'INVALID_REQUEST', data: { fields: [field] } });
    expect(receiver.calls).toEqual([]);
  });

  test.each([
    '',
    'x',
    'crm.example/hook',
    'ftp://crm.example/hook',
    'javascript:alert(1)',
    'http:crm.example',
    'http://',
    'http://crm.example:99999/',
    'https://name:password@crm.example/',
    'https://crm.example/a b',
    'https://crm.example/a\nb',
    `https://crm.example/${'x'.repeat(181)}`,
    7,
    [],
    {},
  ])('of %j is uriNotValid', async (webhooksUri) => {
    await register();
    await expectUnchanged(() => register({ webhooksUri }), {
      error: 'uriNotValid',
      description: 'Provided URI is not valid URI',
    });
    expect(receiver.calls).toHaveLength(1);
  });

  test('may have 200 characters, and a query', async () => {
    const webhooksUri = `${receiver.url}?key=1`.padEnd(200, 'x');

    expect(await register({ webhooksUri })).toMatchObject({ status: 200 });
    expect(await read()).toMatchObject({ webhooksUri });
    expect(receiver.calls[0]!.path).toMatch(/^\/hook\?key=1x+$/);
  });

  test.each([undefined, null])('with %s for the address keeps the one that is stored', async (webhooksUri) => {
    await expectUnchanged(() => register({ webhooksUri }), { error: 'uriNotValid' });
    await register();

    expect(await register({ webhooksUri, subscriptions: { channelsUpdates: true } })).toMatchObject({ status: 200 });
    expect(await read()).toEqual({ webhooksUri: receiver.url, subscriptions: { ...OFF, channelsUpdates: true } });
    expect(receiver.calls).toHaveLength(2);
  });

  test.each([['null'], ['[]'], ['"x"'], ['7'], ['{']])('is not %s', async (body) => {
    expect(await patch(body)).toMatchObject({ status: 400 });
  });

  test('is the only one: a new one takes its place', async () => {
    const other = await startReceiver();
    await register();
    await register({ webhooksUri: other.url, subscriptions: { channelsUpdates: true } });

    expect(await read()).toEqual({ webhooksUri: other.url, subscriptions: { ...OFF, channelsUpdates: true } });
    await other.stop();
  });

  test('I6 belongs to its account', async () => {
    const { apiKey } = await world.addAccount();
    await register();

    expect(await read(apiKey)).toEqual(NOT_SET);
  });

  test('is recorded in the audit, and a refused one is not', async () => {
    const acts = async () =>
      ((await call('GET', '/v1/audit')).body as { entries: { act: string; subject: string }[] }).entries.filter(
        ({ act }) => act === 'receiver-changed',
      );
    await register();
    receiver.rule = () => answer(500);
    await register();

    expect(await acts()).toEqual([expect.objectContaining({ subject: world.account.accountId })]);
  });

  test('is not stored if it cannot be recorded', async () => {
    world.failing = ({ kind, input }) => kind.startsWith('Transact') && JSON.stringify(input).includes('audit#');
    expect(await register()).toMatchObject({ status: 500 });
    world.failing = undefined;

    expect(await read()).toEqual(NOT_SET);
  });

  test('of two at once loses nothing: both are answered, and one is in force', async () => {
    const other = await startReceiver();
    const answers = await Promise.all([register({ crmKey: CRM_KEY }), register({ webhooksUri: other.url }), rotate()]);

    expect(answers.slice(0, 2)).toMatchObject([{ status: 200 }, { status: 200 }]);
    const { uri, secrets } = await stored();
    expect([receiver.url, other.url]).toContain(uri);
    expect(secrets).toContain(answers[2].secret);
    await other.stop();
  });
});

/** A deployment calls by this one, which is tested here without its refusals, and in test/channels with them. */
const publicFetch = createPublicFetch({ refuses: () => false });

describe.each([
  ['npm start', globalThis.fetch],
  ['a deployment', publicFetch],
])('the probe of %s', (_where, fetch) => {
  beforeEach(() => {
    fetching = fetch;
  });

  test.each([201, 202, 204, 301, 302, 307, 308, 400, 401, 403, 404, 410, 429, 500, 502, 503])(
    'that is answered %i is not passed, and says so',
    async (code) => {
      const elsewhere = await startReceiver();
      receiver.rule = () => answer(code, '', { location: elsewhere.url });

      await expectUnchanged(() => register(), {
        error: 'testPostNotPassed',
        description: 'URI does not return 200 OK on test request',
        data: { status: code },
      });
      expect(receiver.calls).toHaveLength(1);
      expect(elsewhere.calls).toEqual([]);
      await elsewhere.stop();
    },
  );

  test.each<[string, Behaviour]>([
    ['resets', { kind: 'reset' }],
    ['closes without an answer', { kind: 'close' }],
    ['speaks no HTTP', { kind: 'raw', bytes: 'SSH-2.0-OpenSSH_9.6\r\n' }],
  ])('of a receiver that %s is not passed', async (_how, behaviour) => {
    receiver.rule = () => behaviour;

    await expectUnchanged(() => register(), {
      error: 'testPostNotPassed',
      data: { reason: expect.stringMatching(/^([A-Z_]+|TypeError)$/) },
    });
  });

  test('of an address where nobody listens is not passed', async () => {
    await receiver.stop();

    await expectUnchanged(() => register(), { error: 'testPostNotPassed', data: { reason: 'ECONNREFUSED' } });
    receiver = await startReceiver();
  });

  test('of a receiver that hangs is given up after 25 seconds', async () => {
    receiver.rule = () => ({ kind: 'hang' });
    const answer = register();
    await expect.poll(() => receiver.calls).toHaveLength(1);
    world.clock.advance(24_999);
    expect(await Promise.race([answer, new Promise((done) => setTimeout(done, 50, 'waits'))])).toBe('waits');
    world.clock.advance(1);

    expect(await answer).toMatchObject({
      status: 400,
      body: { error: 'testPostNotPassed', data: { reason: 'TIMEOUT' } },
    });
    expect(await read()).toEqual(NOT_SET);
  });

  // The status is there; events are judged by it, too.
  test.each<[string, Behaviour]>([
    ['answers 200 and sends 10 MB', answer(200, Buffer.alloc(10_000_000, 'x'))],
    ['answers 200 and sends less than it said', { kind: 'lie', status: 200, says: 1000, bytes: 5 }],
    ['answers 200 and never ends', { kind: 'hang-in-body', status: 200 }],
  ])('of a receiver that %s is passed, and the body is not waited for', async (_how, behaviour) => {
    receiver.rule = () => behaviour;

    expect(await register()).toMatchObject({ status: 200 });
    // What comes after the answer disturbs nobody.
    await new Promise((done) => setTimeout(done, 20));
    expect(await read()).toMatchObject({ webhooksUri: receiver.url });
  });

  test('carries the headers of an event', async () => {
    const { secret } = await rotate();
    await register({ crmKey: CRM_KEY });

    const { headers, raw } = receiver.calls[0]!;
    expect(headers).toMatchObject({
      'content-type': 'application/json; charset=utf-8',
      'user-agent': 'Konvert',
      authorization: `Bearer ${CRM_KEY}`,
      'webhook-id': expect.stringMatching(/./),
      'webhook-timestamp': String(START / 1000),
    });
    const { 'webhook-id': id, 'webhook-signature': signature } = headers as Record<string, string>;
    expect(signature!.split(' ')).toContain(new Webhook(secret).sign(id!, new Date(START), raw));
  });
});

describe('the probe', () => {
  test('goes to no private address in a deployment', async () => {
    fetching = createPublicFetch();

    await expectUnchanged(() => register(), { error: 'testPostNotPassed', data: { reason: 'PRIVATE_ADDRESS' } });
    await expectUnchanged(() => register({ webhooksUri: 'http://[::1]:1/' }), { error: 'testPostNotPassed' });
    expect(receiver.calls).toEqual([]);
  });

  test('is made of an old address, too: a dead one cannot be put back', async () => {
    const other = await startReceiver();
    const { url } = receiver;
    await register();
    await register({ webhooksUri: other.url });
    receiver.rule = () => answer(404);

    await expectUnchanged(() => register({ webhooksUri: url }), { error: 'testPostNotPassed', data: { status: 404 } });
    await other.stop();
  });

  test('is made of the address in force if something is to be sent there', async () => {
    await register();
    receiver.rule = () => answer(500);

    await expectUnchanged(() => register(), { error: 'testPostNotPassed' });
    await expectUnchanged(() => register({ webhooksUri: undefined }), { error: 'testPostNotPassed' });
  });

  test.each([true, false])('is not made to switch a dead address off (address given: %s)', async (isGiven) => {
    await register({ crmKey: CRM_KEY });
    receiver.rule = () => answer(500);

    const off = { messagesAndStatuses: false, contactsAndDealsCreation: false };
    expect(await patch({ ...(isGiven && { webhooksUri: receiver.url }), subscriptions: off })).toMatchObject({
      status: 200,
    });
    expect(await read()).toEqual({ webhooksUri: receiver.url, subscriptions: OFF });
    expect(receiver.calls).toHaveLength(1);
    expect(await stored()).toMatchObject({ crmKey: CRM_KEY });
  });

  test('is made of another address, though nothing is to be sent there', async () => {
    await register();
    const other = await startReceiver();
    other.rule = () => answer(500);

    await expectUnchanged(() => patch({ webhooksUri: other.url }), { error: 'testPostNotPassed' });
    await other.stop();
  });
});

describe('the key of the CRM', () => {
  beforeEach(() => register({ crmKey: CRM_KEY }));

  test('is kept if it is left out or empty, and goes with the next probe', async () => {
    await register();
    await register({ crmKey: '' });

    expect(receiver.calls.map(({ headers }) => headers.authorization)).toEqual(Array(3).fill(`Bearer ${CRM_KEY}`));
    expect(await stored()).toMatchObject({ crmKey: CRM_KEY });
  });

  test('is replaced, and removed with null', async () => {
    await register({ crmKey: 'another' });
    await register({ crmKey: null });
    await register();

    const sent = receiver.calls.map(({ headers }) => headers.authorization);
    expect(sent).toEqual([`Bearer ${CRM_KEY}`, 'Bearer another', undefined, undefined]);
    expect((await stored()).crmKey).toBeUndefined();
  });

  test('is told to no other server, unless it is given again', async () => {
    const other = await startReceiver();
    await register({ webhooksUri: `${receiver.url}?path=2` });
    await register({ webhooksUri: other.url });
    await register();

    expect(other.calls.map(({ headers }) => headers.authorization)).toEqual([undefined]);
    expect(receiver.calls.map(({ headers }) => headers.authorization)).toEqual([
      `Bearer ${CRM_KEY}`,
      `Bearer ${CRM_KEY}`,
      undefined,
    ]);
    await other.stop();
  });

  test('is in no answer, no log and no table', async () => {
    const { secret } = await rotate();
    receiver.rule = () => ({ kind: 'reset' });
    const refused = await register();
    receiver.rule = () => answer(200);
    const shown = [await read(), refused.text, await register(), await call('GET', '/v1/audit')];
    const texts = [shown, world.logs, world.db.items('accounts')].map((one) => JSON.stringify(one));

    for (const text of texts) {
      for (const hidden of [CRM_KEY, secret, ...(await stored()).secrets]) expect(text).not.toContain(hidden);
    }
  });
});

describe('a receiver that answered 410', () => {
  beforeEach(async () => {
    await register();
    world.clock.advance(1_000);
    await world.store.receivers.end(world.account.accountId, 1);
  });

  const endedAt = new Date(START + 1_000).toISOString();

  test('is shown as ended', async () => {
    expect(await read()).toEqual({ webhooksUri: receiver.url, subscriptions: { ...OFF, ...ON }, endedAt });
  });

  test('is in force again when it is registered again', async () => {
    await register();
    expect(await read()).not.toHaveProperty('endedAt');
  });

  test('stays ended when it is only switched off, for nobody asked it', async () => {
    await patch({});
    expect(await read()).toMatchObject({ endedAt });
  });
});

describe('a new secret', () => {
  test('is the first one that a client gets, before or after the first registration', async () => {
    expect(await rotate()).toEqual({
      secret: expect.stringMatching(/^whsec_[A-Za-z0-9+/]{43}=$/),
      validFrom: new Date(START).toISOString(),
      formerSignsUntil: null,
    });
    expect(await read()).toEqual(NOT_SET);
    await register();

    expect(await rotate()).toMatchObject({ formerSignsUntil: new Date(START + 24 * 3_600_000).toISOString() });
  });

  test('signs at once, and the former one beside it', async () => {
    const made = [await rotate(), await rotate()].map(({ secret }) => secret);
    await register();

    const { headers, raw } = receiver.calls[0]!;
    const { 'webhook-id': id, 'webhook-signature': signature } = headers as Record<string, string>;
    const signatures = made.map((secret) => new Webhook(secret).sign(id!, new Date(START), raw));
    expect(signature).toBe(signatures.reverse().join(' '));
  });
});
