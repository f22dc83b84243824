import { afterEach, describe, expect, test } from 'vitest';
import type { Inbound, Received } from '#channels/inbound';
import type { Outgoing } from '#channels/outbound';
import { START } from '#test/world';
import { createSharedWorld, type Plays, type SharedWorld, said } from './shared-address.ts';

// What messengers may want in another way than Telegram and WhatsApp do, shown with a messenger that wants just that.

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

let shared: SharedWorld | undefined;

afterEach(() => shared?.world.stop());

async function open(plays: Plays = {}): Promise<SharedWorld> {
  shared = await createSharedWorld(plays);
  return shared;
}

function stored({ world }: SharedWorld): number {
  return world.db.items('messages').length;
}

describe('the answer to a webhook', () => {
  const inbound: Partial<Inbound> = { taken: { status: 200, text: 'OK!' } };

  test.each([
    { name: 'that is stored', items: [said('7900', 'm1')] },
    { name: 'that is ignored', items: [{ kind: 'ignored', reason: 'nothing' } as Received] },
    { name: 'that holds nothing', items: [] },
    { name: 'for an account that is not there', items: [said('7900', 'm1', { account: 'other' })] },
  ])('$name is in the words of the messenger, also the second time', async ({ items }) => {
    const { post } = await open({ inbound });

    expect(await post(items)).toMatchObject({ status: 200, text: 'OK!' });
    expect(await post(items)).toMatchObject({ status: 200, text: 'OK!' });
  });

  test('is ok where the messenger wants no words', async () => {
    expect(await (await open()).post([said('7900', 'm1')])).toMatchObject({ status: 200, text: 'ok' });
  });

  test('is no such word if the sender or the body is wrong', async () => {
    const { post } = await open({ inbound });

    expect(await post([said('7900', 'm1')], { signedWith: 'forged' })).toMatchObject({ status: 401 });
    expect(await post({})).toMatchObject({ status: 400 });
  });
});

describe('a messenger that repeats nothing after 4xx', () => {
  const inbound: Partial<Inbound> = { repeatsOnlyAfter5xx: true, maxBodyBytes: 1000 };

  test('repeats what has a wrong secret, and it is taken when the secret is right', async () => {
    const at = await open({ inbound });

    expect(await at.post([said('7900', 'm1')], { signedWith: 'not yet' })).toMatchObject({ status: 503 });
    expect(stored(at)).toBe(0);
    expect(await at.post([said('7900', 'm1')])).toMatchObject({ status: 200 });
    expect(stored(at)).toBe(1);
  });

  test.each([
    { name: 'is too large', body: { items: [], padding: 'x'.repeat(1000) }, lost: 'TOO_LARGE' },
    { name: 'cannot be read', body: { other: true }, lost: 'UNREADABLE_WEBHOOK' },
    { name: 'is nested too deep', body: JSON.parse(`${'['.repeat(70)}${']'.repeat(70)}`), lost: 'INVALID_JSON' },
  ])('does not repeat what $name: the log says that it is lost', async ({ body, lost }) => {
    const { post, world, number } = await open({ inbound });

    expect(await post(Array.isArray(body) ? { deep: body } : body)).toMatchObject({ status: 200, text: 'ok' });
    expect(world.logs.at(-1)).toMatchObject({
      status: 200,
      channelId: number.channelId,
      lost,
      bytes: expect.any(Number),
    });
  });

  test('is told of a failure of ours, so that it comes again', async () => {
    const { post, world } = await open({ inbound });
    world.failing = ({ kind, input }) => kind === 'PutCommand' && input.TableName === 'messages';

    expect(await post([said('7900', 'm1')])).toMatchObject({ status: 500 });
  });
});

describe('a messenger that is not ready for a file', () => {
  async function reply(at: SharedWorld): Promise<void> {
    await at.post([said('7900', 'm1')]);
    await at.world.drain();
    const body = { channelId: at.number.channelId, chatType: 'whatsapp', chatId: '7900', text: 'look' };
    expect(await at.world.call('POST', '/v3/message', { key: at.world.account.apiKey, body })).toMatchObject({
      status: 201,
    });
    await at.world.drain();
  }

  const statusOf = async (at: SharedWorld) => (await at.history('7900'))?.at(-1);

  test('is asked again when it says so, and nothing is counted', async () => {
    const at = await open();
    let asked = 0;
    at.sends(() => {
      asked += 1;
      return asked < 4 ? { kind: 'notReady', retryAfterSeconds: 2 } : { kind: 'sent', providerId: 'p1' };
    });
    await reply(at);

    expect(asked).toBe(1);
    expect(at.world.db.items('outbox').find(({ e }) => e === '-')).toMatchObject({ attempts: 0, calls: 0 });
    for (const times of [2, 3, 4]) {
      await at.world.pass(2_000);
      expect(asked).toBe(times);
    }
    expect(await statusOf(at)).toMatchObject({ status: 'sent' });
  });

  test('is given up after ten minutes from the first time, not from when the reply was written', async () => {
    const at = await open();
    let asked = 0;
    at.sends(() => {
      asked += 1;
      return asked === 1
        ? { kind: 'throttled', retryAfterSeconds: 1200, scope: 'chat' }
        : { kind: 'notReady', retryAfterSeconds: 60 };
    });
    await reply(at);
    await at.world.pass(20 * MINUTE);
    for (let minute = 0; minute < 10; minute += 1) await at.world.pass(MINUTE);

    expect(await statusOf(at)).not.toMatchObject({ status: 'error' });

    await at.world.pass(MINUTE);

    expect(await statusOf(at)).toMatchObject({ status: 'error', error: { error: 'NOT_READY' } });
    expect(await at.world.deliveries('state=failed')).toMatchObject([{ lastError: { code: 'NOT_READY' } }]);
    const before = asked;
    await at.world.pass(DAY);
    expect(asked).toBe(before);
  });
});

describe('a window after which only a person may write', () => {
  const outbound = { window: { hours: 24, then: 'human-agent' } } as const;

  /** What the messenger was asked to send, so long after the client wrote. */
  async function afterDays(days: number, plays: Plays = { outbound }) {
    const at = await open(plays);
    const heard: Outgoing[] = [];
    at.sends((message) => {
      heard.push(message);
      return { kind: 'sent', providerId: 'p1' };
    });
    await at.post([said('7900', 'm1')]);
    await at.world.drain();
    await at.world.pass(days * DAY);
    const body = { channelId: at.number.channelId, chatType: 'whatsapp', chatId: '7900', text: 'still there' };
    await at.world.call('POST', '/v3/message', { key: at.world.account.apiKey, body });
    await at.world.drain();
    return { heard, last: (await at.history('7900'))?.at(-1) };
  }

  test.each([0.5, 1.5, 6.9])('is told when the client wrote, %d days ago', async (days) => {
    const { heard, last } = await afterDays(days);

    expect(heard).toMatchObject([{ clientAt: START }]);
    expect(last).toMatchObject({ status: 'sent' });
  });

  test('is over after seven days, in the words of the compatible API', async () => {
    const { heard, last } = await afterDays(7.1);

    expect(heard).toEqual([]);
    expect(last).toMatchObject({ status: 'error', error: { error: '7_DAYS_EXCEEDED' } });
  });

  test('is not asked for by a messenger that has none', async () => {
    const { heard } = await afterDays(30, {});

    expect(heard).toMatchObject([{ clientAt: undefined }]);
  });
});

describe('the phone behind a channel', () => {
  const report = (link: string, time: number) => [{ kind: 'channel', link, time } as Received];

  async function stateOf({ world, number }: SharedWorld): Promise<unknown> {
    const { body } = await world.call('GET', '/v3/channels', { key: world.account.apiKey });
    return (body as { channelId: string; state: string }[]).find(({ channelId }) => channelId === number.channelId)
      ?.state;
  }

  const send = ({ world, number }: SharedWorld) => {
    const body = { channelId: number.channelId, chatType: 'whatsapp', chatId: '7900', text: 'hello' };
    return world.call('POST', '/v3/message', { key: world.account.apiKey, body });
  };

  test.each(['init', 'qridle', 'phoneUnavailable'])(
    'that is %s is the state of it, and nothing is taken',
    async (link) => {
      const at = await open();
      await at.post(report(link, START + 1));

      expect(await stateOf(at)).toBe(link);
      expect(await send(at)).toMatchObject({ status: 400, body: { error: 'MESSAGE_CHANNEL_UNAVAILABLE' } });

      await at.post(report('active', START + 2));
      expect(await stateOf(at)).toBe('active');
      expect(await send(at)).toMatchObject({ status: 201 });
    },
  );

  test('is as the latest report says, in whatever order they come', async () => {
    const at = await open();
    await at.post([...report('active', START + 3), ...report('qridle', START + 2)]);
    await at.post(report('init', START + 1));

    expect(await stateOf(at)).toBe('active');
  });
});
