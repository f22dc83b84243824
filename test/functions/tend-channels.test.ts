import { DeleteCommand } from '@aws-sdk/lib-dynamodb';
import { afterEach, describe, expect, test } from 'vitest';
import type { Inspected, Setup } from '#channels/channel';
import { ConnectedElsewhereError, MessengerUnreachableError } from '#channels/errors';
import type { Inbound, Received } from '#channels/inbound';
import { START } from '#test/world';
import { createSharedWorld, type SharedWorld, said } from './shared-address.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

let shared: SharedWorld;

afterEach(() => shared.world.stop());

/** A messenger that answers so, with what it was asked. */
async function open({ setup = {}, inbound = {} }: { setup?: Partial<Setup>; inbound?: Partial<Inbound> } = {}) {
  shared = await createSharedWorld({ setup, inbound });
  return shared;
}

const run = () => shared.world.app.listeners['tend-channels']();
const call = (method: string, path: string, body?: unknown) =>
  shared.world.call(method, path, { key: shared.world.account.apiKey, body });

async function afterHours(hours: number): Promise<void> {
  shared.world.clock.advance(hours * HOUR);
  await run();
}

interface Listed {
  readonly channelId: string;
  readonly state: string;
  readonly deaf?: { readonly why: string };
}

async function listed(): Promise<Listed> {
  const { body } = await call('GET', '/v3/channels');
  return (body as Listed[]).find(({ channelId }) => channelId === shared.number.channelId)!;
}

const noted = (name: string) => shared.world.logs.filter((line) => name in line);

describe('which channels are asked', () => {
  test('those of messengers that can be asked, once an hour', async () => {
    const asked: string[] = [];
    const inspect = async (_: unknown, url: string): Promise<Inspected> => {
      asked.push(url);
      return { kind: 'listening' };
    };
    await open({ setup: { inspect } });

    await run();
    for (let minutes = 0; minutes < 60; minutes += 10) await run();
    expect(asked).toEqual([expect.stringMatching(`^https://.*/webhooks/shared/${shared.number.channelId}$`)]);
    await afterHours(1);
    expect(asked).toHaveLength(2);
  });

  test('those of no other messenger: nothing is read of them but an empty list', async () => {
    await open();
    await call('DELETE', `/v1/channels/${shared.world.channel.channelId}`);
    const reads: string[] = [];
    shared.world.failing = ({ kind }) => {
      reads.push(kind);
      return false;
    };
    await run();

    expect(reads).toEqual(['QueryCommand']);
  });

  test.each([
    { name: 'switched off', act: () => call('PATCH', `/v1/channels/${shared.number.channelId}`, { enabled: false }) },
    { name: 'deleted', act: () => call('DELETE', `/v1/channels/${shared.number.channelId}`) },
  ])('none that is $name', async ({ act }) => {
    let asked = 0;
    const inspect = async (): Promise<Inspected> => {
      asked += 1;
      return { kind: 'listening' };
    };
    await open({ setup: { inspect } });
    await act();
    await run();

    expect(asked).toBe(0);
  });

  test('one that was connected before there was a list, from its next change on', async () => {
    let asked = 0;
    const inspect = async (): Promise<Inspected> => {
      asked += 1;
      return { kind: 'listening' };
    };
    await open({ setup: { inspect } });
    const Key = { p: 'tended', s: shared.number.channelId };
    shared.world.db.apply(new DeleteCommand({ TableName: 'accounts', Key }));
    await run();
    expect(asked).toBe(0);

    await call('PATCH', `/v1/channels/${shared.number.channelId}`, { name: 'Renamed' });
    await run();
    expect(asked).toBe(1);
  });

  test('all of them, also if one hangs and another breaks', async () => {
    const asked: string[] = [];
    const inspect = async ({ credentials }: { credentials: Record<string, string> }): Promise<Inspected> => {
      asked.push(credentials.identity ?? '');
      if (credentials.identity === 'number-1') throw new Error('broken adapter');
      return { kind: 'unknown', why: 'it hung' };
    };
    await open({ setup: { inspect } as Partial<Setup> });
    for (const name of ['number-2', 'number-3']) await shared.connect(name);
    await run();

    expect(asked.sort()).toEqual(['number-1', 'number-2', 'number-3']);
    expect(noted('tended')).toMatchObject([{ tended: 'failed', channelId: shared.number.channelId }]);
    await run();
    expect(asked).toHaveLength(4);
  });
});

test('a channel that always fails holds up no other: the one that was asked longest ago comes first', async () => {
  const asked: string[] = [];
  const recent: Inbound['recent'] = async ({ credentials }) => {
    asked.push(credentials.identity ?? '');
    if (credentials.identity === 'number-1') throw new MessengerUnreachableError('it hangs');
    return [];
  };
  await open({ inbound: { recent } });
  await shared.connect('number-2');
  await run();
  await afterHours(0.5);
  await afterHours(0.5);

  expect(asked.slice(2)).toEqual(['number-1', 'number-2', 'number-1']);
});

describe('a messenger that calls no more', () => {
  const deaf: Inspected = { kind: 'deaf', why: 'it had no address' };

  test('is registered again, at the same address and under the same secret', async () => {
    let answer: Inspected = deaf;
    const registered: { url: string; secret: string; takeOver: unknown }[] = [];
    await open({
      setup: {
        inspect: async () => answer,
        register: async ({ webhookSecret: secret }, url, options) => {
          registered.push({ url, secret, takeOver: options?.takeOver ?? false });
        },
      },
    });
    await run();

    expect(registered).toHaveLength(2);
    expect(registered[1]).toEqual({ ...registered[0], takeOver: false });
    expect(noted('inspected')).toMatchObject([{ inspected: 'deaf', why: 'it had no address', registered: 'again' }]);
    expect(await listed()).not.toHaveProperty('deaf');
    answer = { kind: 'listening' };
    await afterHours(1);
    expect(registered).toHaveLength(2);
  });

  test.each([
    {
      name: 'has other secrets since',
      act: (path: string) => call('PATCH', path, { credentials: { identity: 'number-1', appSecret: 'other' } }),
    },
    { name: 'was deleted since', act: (path: string) => call('DELETE', path) },
  ])('is not registered under old secrets if it $name', async ({ act }) => {
    const registered: string[] = [];
    await open({
      setup: {
        inspect: async () => {
          expect(await act(`/v1/channels/${shared.number.channelId}`)).toMatchObject({ status: 200 });
          registered.push('then');
          return deaf;
        },
        register: async ({ webhookSecret }) => {
          registered.push(webhookSecret);
        },
      },
    });
    await run();

    expect(registered.at(-1)).toBe('then');
    expect(noted('inspected')).toMatchObject([{ registered: 'changed meanwhile' }]);
  });

  test('and refuses to, is told in the list of channels and in health until it calls', async () => {
    let answer: Inspected = deaf;
    let isUp = true;
    await open({
      setup: {
        inspect: async () => answer,
        register: async () => {
          if (!isUp) throw new MessengerUnreachableError('down');
        },
      },
    });
    isUp = false;
    await run();
    const since = new Date(START).toISOString();

    const told = { since, why: expect.stringContaining('it had no address') };
    expect(await listed()).toMatchObject({ state: 'active', deaf: told });
    const { channelId } = shared.number;
    expect((await call('GET', '/v1/health')).body).toMatchObject({ deafChannels: [{ channelId, ...told }] });

    await afterHours(1);
    expect((await listed()).deaf).toMatchObject({ since });
    answer = { kind: 'listening' };
    await afterHours(1);
    expect(await listed()).not.toHaveProperty('deaf');
    expect((await call('GET', '/v1/health')).body).not.toHaveProperty('deafChannels');
  });

  test('because another program gets the messages, is not taken from it', async () => {
    let answer: Inspected = { kind: 'elsewhere', why: 'it leads to crm.example' };
    let registered = 0;
    await open({
      setup: {
        inspect: async () => answer,
        register: async () => {
          registered += 1;
        },
      },
    });
    await run();

    expect(registered).toBe(1);
    expect(await listed()).toMatchObject({ state: 'openelsewhere' });
    answer = { kind: 'listening' };
    await afterHours(1);
    expect(await listed()).toMatchObject({ state: 'active' });
  });

  test('and says only while it is registered that another program has it, is not taken either', async () => {
    let taken = false;
    await open({
      setup: {
        inspect: async () => deaf,
        register: async () => {
          if (taken) throw new ConnectedElsewhereError('It leads elsewhere');
        },
      },
    });
    taken = true;
    await run();

    expect(await listed()).toMatchObject({ state: 'openelsewhere', deaf: { why: expect.any(String) } });
  });

  test('because it refuses the credentials, is asked no more until there are others', async () => {
    let asked = 0;
    await open({
      setup: {
        inspect: async () => {
          asked += 1;
          return { kind: 'unauthorized' };
        },
      },
    });
    await run();
    await afterHours(1);

    expect(await listed()).toMatchObject({ state: 'unauthorized' });
    expect(asked).toBe(1);
  });

  test('and has an operator who sets its webhook, is left to them', async () => {
    let asked = 0;
    await open({
      setup: {
        inspect: async () => {
          asked += 1;
          return deaf;
        },
        typedIn: () => ({}),
      },
    });
    const body = {
      transport: 'shared',
      name: 'By hand',
      setWebhook: false,
      credentials: { identity: 'n9', appSecret: 'a' },
    };
    expect(await call('POST', '/v1/channels', body)).toMatchObject({ status: 201 });
    await run();

    expect(asked).toBe(1);
  });

  test('has the state that it reports besides', async () => {
    const report = { link: 'qridle', time: START } as const;
    await open({ setup: { inspect: async () => ({ kind: 'listening', report }) } });
    await run();

    expect(await listed()).toMatchObject({ state: 'qridle' });
  });
});

describe('credentials that end soon', () => {
  const secretsOf = async () => (await shared.world.store.channels.getNow(shared.number.channelId))!;

  test('are renewed once a day, and the webhook goes on under its secret', async () => {
    let renewals = 0;
    await open({
      setup: {
        renew: async (credentials) => {
          renewals += 1;
          return { ...credentials, token: `fresh-${renewals}` };
        },
      },
    });
    const { webhookSecret } = await secretsOf();
    for (let hour = 0; hour < 24; hour += 1) await afterHours(hour === 0 ? 0 : 1);

    expect(renewals).toBe(1);
    expect(await secretsOf()).toMatchObject({ webhookSecret, credentials: { token: 'fresh-1' } });
    // It could send all the time, so no wait begins anew.
    expect(await secretsOf()).not.toHaveProperty('upAt');
    expect(await shared.post([said('7900', 'm1')])).toMatchObject({ status: 200 });
    await afterHours(1);
    expect(await secretsOf()).toMatchObject({ credentials: { token: 'fresh-2' } });
    expect(JSON.stringify(shared.world.logs)).not.toContain('fresh-');
  });

  test('stay if somebody has given others meanwhile', async () => {
    await open({
      setup: {
        renew: async (credentials) => {
          const given = { ...credentials, appSecret: 'given-by-hand' };
          await call('PATCH', `/v1/channels/${shared.number.channelId}`, { credentials: given });
          return { ...credentials, token: 'too late' };
        },
      },
    });
    await run();

    expect((await secretsOf()).credentials).toEqual({ identity: 'number-1', appSecret: 'given-by-hand' });
    expect(noted('renewed')).toMatchObject([{ renewed: 'changed meanwhile' }]);
  });

  test('that cannot be renewed now are renewed in an hour', async () => {
    let isUp = false;
    await open({
      setup: {
        renew: async (credentials) => {
          if (!isUp) throw new MessengerUnreachableError('down');
          return { ...credentials, token: 'fresh' };
        },
      },
    });
    await run();
    expect(noted('renewed')).toMatchObject([{ renewed: 'failed' }]);
    isUp = true;
    await afterHours(1);

    expect(await secretsOf()).toMatchObject({ credentials: { token: 'fresh' } });
  });
});

describe('what was lost on the way', () => {
  const stored = () => shared.world.db.items('messages').length;

  test('comes in late, and nothing that is there is stored again', async () => {
    const posted: Received[] = [said('7900', 'm1'), said('7901', 'm2')];
    const froms: number[] = [];
    await open({
      inbound: {
        recent: async (_, from) => {
          froms.push(from);
          return posted.map((item) => ({ items: [item] }));
        },
      },
    });
    await shared.post([posted[0]!]);
    await run();
    await shared.world.drain();

    expect(stored()).toBe(2);
    expect((await shared.history('7901'))?.map(({ text }) => text)).toEqual(['text of m2']);
    await afterHours(1);
    await shared.post(posted);
    expect(stored()).toBe(2);
    expect(froms).toEqual([START - 2 * HOUR, expect.closeTo(START - HOUR, -4)]);
  });

  test('is asked for from the same time on if it could not be asked for', async () => {
    let isUp = true;
    const froms: number[] = [];
    await open({
      inbound: {
        recent: async (_, from) => {
          froms.push(from);
          if (!isUp) throw new MessengerUnreachableError('down');
          return [];
        },
      },
    });
    await run();
    isUp = false;
    await afterHours(1);
    await afterHours(1);
    isUp = true;
    await afterHours(1);

    const [, second, third, fourth] = froms;
    expect([third, fourth]).toEqual([second, second]);
  });

  test.each([50_000, 100])(
    'is stored although one body is nested %i deep and one has half a character',
    async (depth) => {
      let deep: unknown = 1;
      for (let level = 0; level < depth; level += 1) deep = [deep];
      await open({
        inbound: {
          recent: async () => [
            { items: [{ ...said('7900', 'm1'), content: { type: 'text', text: 'x', raw: deep } }] },
            { items: [{ ...said('7901', 'm2'), content: { type: 'text', text: 'half \ud83d' } }] },
            { items: [said('7902', 'm3')] },
          ],
        },
      });
      await run();
      await shared.world.drain();

      expect(stored()).toBe(2);
      expect((await shared.history('7901'))?.map(({ text }) => text)).toEqual(['half \ufffd']);
      expect(noted('heard')).toMatchObject([{ heard: 'unreadable' }, { heard: 2 }]);
    },
  );

  test('holds no body that cannot be read, and nothing of another account', async () => {
    await open({
      inbound: {
        recent: async () => [
          { strange: true },
          { items: [said('7900', 'm1', { account: 'number-2' })] },
          { items: [said('7901', 'm2', { account: 'number-1' })] },
        ],
      },
    });
    await run();

    expect(stored()).toBe(1);
    expect(noted('heard')).toMatchObject([{ heard: 'unreadable' }, { heard: 1 }]);
  });
});
