import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Received } from '#channels/inbound';
import { START } from '#test/world';
import { type ConnectedNumber, createSharedWorld, type SharedWorld, said, TRANSPORT } from './shared-address.ts';

let shared: SharedWorld;

beforeEach(async () => {
  shared = await createSharedWorld();
});

afterEach(() => shared.world.stop());

function stored(): number {
  return shared.world.db.items('messages').length;
}

function textsOf(lines: Record<string, unknown>[] | undefined): unknown[] | undefined {
  return lines?.map(({ text }) => text);
}

/** The commands that read from the table of accounts while the work runs. */
async function readsOfAccounts(work: () => Promise<unknown>): Promise<string[]> {
  const reads: string[] = [];
  shared.world.failing = ({ kind, input }) => {
    if (input.TableName === 'accounts' && /^(Get|Query)/.test(kind)) reads.push(kind);
    return false;
  };
  await work();
  shared.world.failing = undefined;
  return reads;
}

describe('the question of a messenger', () => {
  const ask = (token: string, method = 'GET') =>
    shared.world.call(
      method,
      `/webhooks/${TRANSPORT}/${shared.number.channelId}?hub.mode=subscribe&hub.verify_token=${token}&hub.challenge=1158%20x`,
    );

  test('is answered byte for byte, with the secret of the channel', async () => {
    expect(await ask(shared.registered())).toMatchObject({ status: 200, text: '1158 x' });
  });

  test('is answered with each secret that counts, as soon as it does', async () => {
    const before = shared.registered();
    const { channelId, account } = shared.number;
    const other = shared.world.newProcess();
    const path = `/v1/channels/${channelId}/webhook-secret`;
    await ask(before);
    await shared.world.call('POST', path, { key: account.apiKey, body: {}, app: other });
    const after = shared.registered();

    expect(after).not.toBe(before);
    expect((await ask(after)).text).toBe('1158 x');
    expect((await ask(before)).text).toBe('1158 x');
  });

  test.each(['', 'wrong', 'undefined'])('is refused with the token "%s"', async (token) => {
    expect(await ask(token)).toMatchObject({ status: 401, body: { error: 'UNAUTHORIZED' } });
  });

  test('is unknown to a messenger that asks none', async () => {
    const { channelId, secret } = shared.world.channel;
    const headers = { 'x-telegram-bot-api-secret-token': secret };

    expect(await shared.world.call('GET', `/webhooks/telegram/${channelId}`, { headers })).toMatchObject({
      status: 404,
      body: { error: 'NOT_FOUND' },
    });
  });

  test('is no event, however it is signed', async () => {
    expect(await ask(shared.registered(), 'POST')).toMatchObject({ status: 401 });
    expect(stored()).toBe(0);
  });
});

describe('a body that the messenger did not send is refused, and nothing is stored', () => {
  const items = [said('7900', 'm1')];
  const whole = JSON.stringify({ items });

  test.each([
    { name: 'forged', posting: { signedWith: 'another-app' } },
    { name: 'without a secret', posting: { signedWith: '' } },
    { name: 'truncated', posting: { sent: whole.slice(0, -1) } },
    { name: 'with one byte more', posting: { sent: `${whole} ` } },
    { name: 're-encoded', posting: { sent: whole.replace('text of m1', '\\u0074ext of m1') } },
    { name: 'changed', posting: { sent: whole.replace('7900', '7901') } },
    { name: 'that is no JSON', posting: { sent: '{' } },
  ])('$name', async ({ posting }) => {
    expect(await shared.post(items, posting)).toMatchObject({ status: 401, body: { error: 'UNAUTHORIZED' } });
    expect(stored()).toBe(0);
  });

  test('before it is parsed', async () => {
    expect(await shared.post(items, { sent: '['.repeat(100_000) })).toMatchObject({ status: 401 });
  });

  test('before its length is looked at', async () => {
    const tooLarge = ' '.repeat(3 * 1024 * 1024 + 1);

    expect(await shared.post(items, { sent: tooLarge })).toMatchObject({ status: 401 });
    expect(await shared.post({ items: [], tooLarge })).toMatchObject({ status: 413, body: { error: 'TOO_LARGE' } });
  });
});

test('a verified body of another product is acknowledged, and said in the log', async () => {
  expect(await shared.post({ product: 'page' })).toMatchObject({ status: 200 });
  expect(shared.world.logs.at(-1)).toMatchObject({ items: [{ kind: 'ignored', reason: 'product' }] });
});

describe('two accounts in one body', () => {
  let ours: ConnectedNumber;
  let theirs: ConnectedNumber;
  const both = (): Received[] => [
    said('7900', 'm1', { account: 'number-1' }),
    said('7901', 'm2', { account: 'number-2' }),
    said('7902', 'm3'),
  ];

  beforeEach(async () => {
    ours = shared.number;
    theirs = await shared.connect('number-2', { account: await shared.world.addAccount() });
  });

  test('are both served, and neither sees the other’s', async () => {
    expect(await shared.post(both())).toMatchObject({ status: 200 });
    await shared.world.drain();

    expect(textsOf(await shared.history('7900', ours))).toEqual(['text of m1']);
    expect(textsOf(await shared.history('7901', theirs))).toEqual(['text of m2']);
    expect(textsOf(await shared.history('7902', ours))).toEqual(['text of m3']);
    expect(await shared.history('7900', theirs)).toBeUndefined();
    expect(await shared.history('7901', ours)).toBeUndefined();
    expect(stored()).toBe(3);
  });

  test('are served at either address, in any order, however often', async () => {
    await shared.post(both().reverse());
    await shared.post(both().slice(0, 2), { to: theirs });
    await shared.post(both());
    await shared.world.drain();

    expect(textsOf(await shared.history('7900', ours))).toEqual(['text of m1']);
    expect(textsOf(await shared.history('7901', theirs))).toEqual(['text of m2']);
    expect(stored()).toBe(3);
  });

  test('are not both served if the other’s own secret does not verify the body', async () => {
    const foreign = await shared.connect('number-3', {
      account: await shared.world.addAccount(),
      appSecret: 'another-app',
    });

    expect(await shared.post([said('7903', 'm4', { account: 'number-3' })])).toMatchObject({ status: 200 });
    await shared.world.drain();

    expect(await shared.history('7903', foreign)).toBeUndefined();
    expect(stored()).toBe(0);
    expect(shared.world.logs).toContainEqual(
      expect.objectContaining({ items: [{ kind: 'client', outcome: 'unknown-account' }] }),
    );
  });

  test('are served on, if one is switched off or deleted', async () => {
    const { channelId, account } = theirs;
    const path = `/v1/channels/${channelId}`;
    await shared.world.call('PATCH', path, { key: account.apiKey, body: { enabled: false } });
    expect(await shared.post(both())).toMatchObject({ status: 200 });
    expect(stored()).toBe(2);

    await shared.world.call('DELETE', path, { key: account.apiKey });
    for (const later of [0, 10_000]) {
      shared.world.clock.advance(later);
      expect(await shared.post(both())).toMatchObject({ status: 200 });
      expect(stored()).toBe(2);
      expect(shared.world.logs.at(-1)?.items).toContainEqual({ kind: 'client', outcome: 'unknown-account' });
    }
  });

  test('are served although the addressed channel is switched off', async () => {
    const { channelId, account } = ours;
    await shared.world.call('PATCH', `/v1/channels/${channelId}`, { key: account.apiKey, body: { enabled: false } });

    expect(await shared.post(both())).toMatchObject({ status: 200 });
    await shared.world.drain();

    expect(textsOf(await shared.history('7901', theirs))).toEqual(['text of m2']);
    expect(stored()).toBe(1);
  });

  test('that two companies have connected are served for both', async () => {
    const again = await shared.connect('number-2', { account: await shared.world.addAccount() });

    await shared.post([said('7901', 'm2', { account: 'number-2' })]);
    await shared.world.drain();

    expect(textsOf(await shared.history('7901', theirs))).toEqual(['text of m2']);
    expect(textsOf(await shared.history('7901', again))).toEqual(['text of m2']);
  });
});

describe('the way to a channel', () => {
  const unknown = () => shared.post([said('7900', 'm1', { account: 'number-9' })]);

  test('is laid five times by a company and no more, so that a stranger cannot make every webhook of a number slow', async () => {
    const stranger = await shared.world.addAccount();
    const claimed = [];
    for (const _ of [1, 2, 3, 4, 5]) {
      claimed.push(await shared.connect('number-2', { account: stranger, appSecret: 'an app of their own' }));
    }
    await expect(shared.connect('number-2', { account: stranger })).rejects.toThrow('TOO_MANY_CHANNELS');

    expect(await shared.connect('number-3', { account: stranger })).toMatchObject({ identity: 'number-3' });
    expect(await shared.connect('number-2')).toMatchObject({ identity: 'number-2' });
    await shared.world.call('DELETE', `/v1/channels/${claimed[0]!.channelId}`, { key: stranger.apiKey });
    expect(await shared.connect('number-2', { account: stranger })).toMatchObject({ identity: 'number-2' });
  });

  test('is read once in ten seconds, also if there is none', async () => {
    await unknown();

    expect(await readsOfAccounts(unknown)).toEqual([]);
    shared.world.clock.advance(9_999);
    expect(await readsOfAccounts(unknown)).not.toContain('QueryCommand');
    shared.world.clock.advance(1);
    expect(await readsOfAccounts(unknown)).toContain('QueryCommand');
  });

  test('is there within ten seconds after a number was connected', async () => {
    await unknown();
    const number = await shared.connect('number-9');
    shared.world.clock.advance(10_000);

    await unknown();
    await shared.world.drain();

    expect(textsOf(await shared.history('7900', number))).toEqual(['text of m1']);
  });

  test.each(['', 'x'.repeat(5_000)])('is none for an account of that length', async (account) => {
    expect(await shared.post([said('7900', 'm1', { account })])).toMatchObject({ status: 200 });
    expect(stored()).toBe(0);
  });

  test('follows the credentials, and goes with the channel', async () => {
    const routes = () =>
      shared.world.db
        .items('accounts')
        .flatMap(({ p, s }) => (String(p).startsWith('route#') ? [`${p} ${s}`] : []))
        .sort();
    const { channelId, account } = await shared.connect('number-5', { business: 'shop' });
    const ownRoutes = (...accounts: string[]) => accounts.map((one) => `route#${TRANSPORT}#${one} ${channelId}`);
    const change = (business?: string) =>
      shared.world.call('PATCH', `/v1/channels/${channelId}`, {
        key: account.apiKey,
        body: { credentials: { identity: 'number-5', appSecret: 'the-app', ...(business && { business }) } },
      });
    const others = [`route#${TRANSPORT}#number-1 ${shared.number.channelId}`];
    expect(routes()).toEqual([...others, ...ownRoutes('number-5', 'shop')]);

    expect(await change('store')).toMatchObject({ status: 200 });
    expect(routes()).toEqual([...others, ...ownRoutes('number-5', 'store')]);

    await change();
    expect(routes()).toEqual([...others, ...ownRoutes('number-5')]);

    await shared.world.call('DELETE', `/v1/channels/${channelId}`, { key: account.apiKey });
    expect(routes()).toEqual(others);
  });

  test('leads to all numbers of a business', async () => {
    const [one, other] = [
      await shared.connect('number-5', { business: 'shop' }),
      await shared.connect('number-6', { business: 'shop' }),
    ];

    await shared.post([{ kind: 'channel', account: 'shop', isBlocked: true, time: START }]);

    const { body } = await shared.world.call('GET', '/v3/channels', { key: shared.world.account.apiKey });
    const blocked = (body as { channelId: string; state: string }[]).filter(({ state }) => state === 'blocked');
    expect(blocked.map(({ channelId }) => channelId).sort()).toEqual([one.channelId, other.channelId].sort());
  });
});

describe('a thousand messages in one body', () => {
  const CHATS = 100;
  const messages = () =>
    Array.from({ length: 1_000 }, (_, index) =>
      said(String(7_900 + (index % CHATS)), `m${index}`, { time: START + index }),
    );

  test('are all stored before the answer, some dozens at a time', async () => {
    let [underWay, most] = [0, 0];
    shared.world.failing = async ({ kind }) => {
      if (kind !== 'PutCommand') return false;
      underWay += 1;
      most = Math.max(most, underWay);
      await new Promise(setImmediate);
      underWay -= 1;
      return false;
    };

    expect(await shared.post(messages())).toMatchObject({ status: 200 });

    expect(stored()).toBe(1_000);
    expect(most).toBe(64);
    expect(JSON.stringify(shared.world.logs.at(-1)).length).toBeLessThan(4_000);
  });

  test('are refused as a whole if one cannot be stored, and the rest is stored when they come again', async () => {
    let puts = 0;
    shared.world.failing = ({ kind }) => kind === 'PutCommand' && ++puts > 300;
    expect(await shared.post(messages())).toMatchObject({ status: 500 });
    const before = stored();
    shared.world.failing = undefined;

    expect(before).toBeGreaterThan(0);
    expect(before).toBeLessThan(1_000);
    expect(await shared.post(messages().reverse())).toMatchObject({ status: 200 });
    expect(stored()).toBe(1_000);
    await shared.world.drain();
    expect(await shared.chatOf('7999')).toMatchObject({ body: { unansweredCount: 10 } });
  });
});
