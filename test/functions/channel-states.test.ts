import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { NO_SUBSCRIPTIONS, type Subscriptions } from '#domain/receiver';
import { newSigningSecret } from '#store/accounts/open-receivers';
import { type Answer, BOT_TOKEN, createWorld, START, type World } from '#test/world';

let world: World;

beforeEach(async () => {
  world = await createWorld();
  world.clock.advance(1_000);
});

afterEach(() => world.stop());

async function listen(subscriptions: Partial<Subscriptions> = { channelsUpdates: true }) {
  const { accountId } = world.account;
  const given = { uri: 'https://crm.example/hook', subscriptions: { ...NO_SUBSCRIPTIONS, ...subscriptions } };
  const secrets = { crmKey: undefined, signing: [{ secret: newSigningSecret() }] };
  const before = await world.store.receivers.now(accountId);
  await world.store.receivers.save(before, { ...given, ...secrets, endedAt: undefined }, 'key-1');
}

async function call(method: string, path: string, body?: unknown): Promise<Answer> {
  const answer = await world.call(method, path, { key: world.account.apiKey, body });
  expect(answer.status).toBeLessThan(300);
  return answer;
}

const change = (body: object) => call('PATCH', `/v1/channels/${world.channel.channelId}`, body);
const credentials = () => ({ credentials: { botToken: BOT_TOKEN, apiBaseUrl: world.bot.baseUrl } });
const disconnect = () => call('DELETE', `/v1/channels/${world.channel.channelId}`);
const connect = () => call('POST', '/v1/channels', { transport: 'telegram', name: 'Second', ...credentials() });

/** A reply by which the messenger refuses the bot's token. */
async function refused(): Promise<void> {
  world.bot.answerNext('sendMessage', {
    status: 401,
    body: { ok: false, error_code: 401, description: 'Unauthorized' },
  });
  await world.reply(5);
  await world.drain({ deliver: false });
  await world.app.listeners['deliver-message']({ Records: world.sent.lanes.splice(0).map((body) => ({ body })) });
}

const lane = () => `event#${world.account.accountId}`;

/** The rows of the account's events, in the order of their lane. */
function rows(): Record<string, unknown>[] {
  const found = world.db.items('outbox').filter(({ l, e }) => l === lane() && e !== '-');
  return found.sort((one, other) => (String(one.e) < String(other.e) ? -1 : 1)) as Record<string, unknown>[];
}

const states = () => rows().map(({ state }) => state);

/** A report of the only connection. */
function connection(update: number, is_enabled: boolean): unknown {
  const user = { id: 62000111, is_bot: false, first_name: 'Shop' };
  const business_connection = { id: 'b1', user, user_chat_id: 62000111, date: START / 1000, is_enabled };
  return { update_id: update, business_connection: { ...business_connection, rights: { can_reply: true } } };
}

/** The state of each channel that was not deleted. */
async function shown(): Promise<unknown[]> {
  const { body } = await call('GET', '/v3/channels');
  return (body as { state: string }[]).map(({ state }) => state);
}

describe('C2 a receiver is told of the state of a channel', () => {
  beforeEach(() => listen());

  test('by a process that knew that it did not listen', async () => {
    const app = world.newProcess();
    await listen({ channelsUpdates: false });
    const path = `/v1/channels/${world.channel.channelId}`;
    const enable = (enabled: boolean) =>
      world.call('PATCH', path, { key: world.account.apiKey, body: { enabled }, app });
    await enable(false);
    await listen();
    await enable(true);

    expect(states()).toEqual(['active']);
  });

  test('that was connected, with its announcement and a bell', async () => {
    const { body } = await connect();

    const { channelId } = body as { channelId: string };
    expect(rows()).toEqual([
      {
        l: lane(),
        e: `${START + 1_000}#channel#${channelId}#${START + 1_000}`,
        kind: 'event',
        what: 'channel',
        account: world.account.accountId,
        subject: `channel#${channelId}`,
        channelId,
        state: 'active',
        at: START + 1_000,
        createdAt: START + 1_000,
        since: START + 1_000,
        calls: 0,
      },
    ]);
    expect(world.db.items('outbox').find(({ l, e }) => l === lane() && e === '-')).toMatchObject({
      from: rows()[0]!.e,
      memo: [rows()[0]!.e],
    });
    expect(world.sent.events).toEqual([lane()]);
  });

  test('that is switched off and on, and deleted', async () => {
    for (const act of [() => change({ enabled: false }), () => change({ enabled: true }), disconnect]) {
      world.clock.advance(1_000);
      await act();
    }

    expect(states()).toEqual(['disabled', 'active', 'disabled']);
    expect(world.sent.events).toHaveLength(3);
  });

  test('of which the messenger refuses the credentials, and that has new ones', async () => {
    await refused();
    expect(await shown()).toEqual(['unauthorized']);
    expect(states()).toEqual(['unauthorized']);
    expect(world.sent.events).toHaveLength(1);

    world.clock.advance(1_000);
    await change(credentials());

    expect(states()).toEqual(['unauthorized', 'active']);
  });

  test('that another program has taken, and that is back', async () => {
    const { channelId } = world.channel;
    await world.store.channels.setElsewhere(channelId, true);
    world.clock.advance(1_000);
    await world.store.channels.setElsewhere(channelId, false);

    expect(states()).toEqual(['openelsewhere', 'active']);
  });

  test('that loses its last connection to reply by, and gets it back', async () => {
    for (const [index, is_enabled] of [true, true, false, false, true].entries()) {
      world.clock.advance(1_000);
      expect(await world.webhook(connection(index, is_enabled))).toMatchObject({ status: 200 });
      // The messenger delivers it again.
      expect(await world.webhook(connection(index, is_enabled))).toMatchObject({ status: 200 });
    }

    expect(states()).toEqual(['phoneUnavailable', 'active']);
    expect(await shown()).toEqual(['active']);
  });

  test('twice in a millisecond as two events', async () => {
    await change({ enabled: false });
    await change({ enabled: true });

    expect(rows().map(({ state, at }) => ({ state, at }))).toEqual([
      { state: 'disabled', at: START + 1_000 },
      { state: 'active', at: START + 1_001 },
    ]);
  });

  test('of two changes at once, the one that stands is told last', async () => {
    await Promise.all([change({ enabled: false }), change({ enabled: true }), change({ enabled: false })]);

    const [last] = (await shown()) as string[];
    expect(states().at(-1) ?? 'active').toBe(last);
    for (const [index, state] of states().entries()) expect(state).not.toBe(states()[index - 1]);
  });

  test('in a lane that begins later', async () => {
    const later = `${START + 60_000}#message#m1`;
    await world.store.lanes.announce(lane(), [later]);

    await change({ enabled: false });

    const { from } = world.db.items('outbox').find(({ l, e }) => l === lane() && e === '-')!;
    expect(String(from) <= String(rows()[0]!.e)).toBe(true);
    expect(states()).toEqual(['disabled']);
  });

  test.each([
    { name: 'a change that changes no state', act: () => change({ name: 'Renamed', enabled: true }) },
    { name: 'new credentials of a channel that works', act: () => change(credentials()) },
    {
      name: 'a change that is refused',
      act: async () => {
        const secrets = { credentials: { botToken: BOT_TOKEN }, webhookSecret: 'w', after: 'sealed by another' };
        expect(await world.store.channels.change(world.channel.channelId, { enabled: false, secrets })).toBeUndefined();
      },
    },
    {
      name: 'a second deletion',
      act: async () => {
        await world.store.channels.remove(world.channel.channelId);
        expect(states()).toEqual(['disabled']);
        world.db.items('outbox').splice(0);
        world.clock.advance(1_000);
        await world.store.channels.remove(world.channel.channelId);
        expect(states()).toEqual(['disabled']);
      },
      told: 1,
    },
  ])('but not of $name', async ({ act, told = 0 }) => {
    await act();

    expect(rows()).toHaveLength(told);
  });

  test('with the change or not at all', async () => {
    world.failing = ({ kind }) => kind === 'TransactWriteCommand';
    const answer = await world.call('PATCH', `/v1/channels/${world.channel.channelId}`, {
      key: world.account.apiKey,
      body: { enabled: false },
    });
    world.failing = undefined;

    expect(answer.status).toBe(500);
    expect(await shown()).toEqual(['active']);
    expect(rows()).toEqual([]);
  });
});

test.each([
  { name: 'without a receiver', prepare: async () => undefined },
  { name: 'for one that wants other news', prepare: () => listen({ messagesAndStatuses: true }) },
])('C2 $name a change of a channel puts nothing, and rings nothing', async ({ prepare }) => {
  await prepare();

  await connect();
  await change({ enabled: false });
  await disconnect();

  expect(rows()).toEqual([]);
  expect(world.sent.events).toEqual([]);
});
