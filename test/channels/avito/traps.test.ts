import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createAvitoApi } from '#channels/avito/client';
import { createAvito } from '#channels/avito/index';
import { createAvitoOutbound } from '#channels/avito/send';
import { WEBHOOK_SECRET } from '#test/channels/contract-parts';
import { textTo } from '#test/channels/messages';
import { startReceiver } from '#test/channels/receiver';
import { type AvitoDouble, startAvito } from '#test/doubles/avito';
import { PATIENCE_MS } from '#test/patience';

const DANA = 99_002;
const HOUR_MS = 3_600_000;
const signal = () => AbortSignal.timeout(PATIENCE_MS);

let avito: AvitoDouble;

beforeEach(async () => {
  avito = await startAvito();
});

afterEach(() => avito.stop());

function credentials(more: object = {}): Record<string, string> {
  const { clientId, clientSecret, userId, baseUrl } = avito;
  return { clientId, clientSecret, userId: String(userId), apiBaseUrl: baseUrl, ...more };
}

const callsOf = (method: string) => avito.calls.filter((call) => call.method === method);

describe('the token (24 h, in memory)', () => {
  const chat = 'u2i-abc~1';
  const outbound = () => createAvitoOutbound(createAvitoApi(fetch, avito.baseUrl, avito.clock));
  const message = textTo(chat, 'Hi', {}, 'avito');

  beforeEach(() => {
    avito.chat(DANA, 1, chat);
  });

  test('is asked for once, and used until it ends', async () => {
    const { send } = outbound();
    for (let n = 0; n < 3; n += 1) expect(await send(credentials(), message, signal())).toMatchObject({ kind: 'sent' });
    expect(callsOf('POST token')).toHaveLength(1);

    avito.clock.pass(24 * HOUR_MS);
    expect(await send(credentials(), message, signal())).toMatchObject({ kind: 'sent' });
    expect(callsOf('POST token')).toHaveLength(2);
    // It was renewed before Avito had to refuse it.
    expect(callsOf('POST messages')).toHaveLength(4);
  });

  test('that Avito takes no longer is renewed once, and the message is sent', async () => {
    const { send } = outbound();
    await send(credentials(), message, signal());
    avito.endTokens();

    expect(await send(credentials(), message, signal())).toMatchObject({ kind: 'sent' });
    expect(avito.calls.map(({ method }) => method)).toEqual([
      ...['POST token', 'POST messages'],
      ...['POST messages', 'POST token', 'POST messages'],
    ]);
  });

  test('that is refused anew is the end of it', async () => {
    const unauthorized = { status: 401, body: { error: { code: 401, message: 'Unauthorized' } } };
    avito.answerNext('POST messages', unauthorized);
    avito.answerNext('POST messages', unauthorized);

    expect(await outbound().send(credentials(), message, signal())).toEqual({
      kind: 'unauthorized',
      refusal: { reason: 'CHANNEL_REJECTED', code: '401', description: 'Unauthorized' },
    });
    expect(callsOf('POST messages')).toHaveLength(2);
  });

  test('that ended under several calls at once stops none of them, and each has one more try', async () => {
    const { send } = outbound();
    await send(credentials(), message, signal());
    avito.endTokens();

    const sent = await Promise.all([1, 2, 3].map(() => send(credentials(), message, signal())));

    expect(sent.map(({ kind }) => kind)).toEqual(['sent', 'sent', 'sent']);
    expect(callsOf('POST messages')).toHaveLength(1 + 2 * 3);
  });

  test('that another call has renewed meanwhile is used, and no third one is asked for', async () => {
    const { send } = outbound();
    await send(credentials(), message, signal());
    const ended = { status: 401, body: { error: { code: 401, message: 'Unauthorized' } } };
    avito.answerNext('POST messages', ended);
    avito.answerNext('POST messages', { ...ended, delayMs: 150 });

    const sent = await Promise.all([1, 2].map(() => send(credentials(), message, signal())));

    expect(sent.map(({ kind }) => kind)).toEqual(['sent', 'sent']);
    expect(callsOf('POST token')).toHaveLength(2);
  });

  test('of one account is not used for another', async () => {
    const { send } = outbound();
    await send(credentials(), message, signal());

    expect(await send(credentials({ clientSecret: 'another-secret' }), message, signal())).toMatchObject({
      kind: 'unauthorized',
      refusal: { code: 'invalid_client', reason: 'CHANNEL_REJECTED' },
    });
  });

  test.each([
    ['a word of OAuth', { status: 400, body: { error: 'invalid_client', error_description: 'no' } }, 'unauthorized'],
    ['a word with 200', { status: 200, body: { error: 'invalid_client', error_description: 'no' } }, 'unauthorized'],
    ['a refusal of its server', { status: 403, body: { result: { status: false, message: 'no' } } }, 'unauthorized'],
    ['a limit', { status: 429, body: {}, headers: { 'retry-after': '7' } }, 'throttled'],
    ['a fault', { status: 503, body: { error: { code: 503, message: 'no' } } }, 'unreachable'],
    ['no token', { status: 200, body: { token_type: 'Bearer' } }, 'unreachable'],
  ])('that is not given out for %s', async (_, answer, kind) => {
    avito.answerNext('POST token', answer);

    expect(await outbound().send(credentials(), message, signal())).toMatchObject({ kind });
    expect(callsOf('POST messages')).toEqual([]);
  });
});

describe('connecting', () => {
  const { setup } = createAvito();

  test('is refused with the keys of another profile, and names the field', async () => {
    await expect(setup.connect(credentials({ userId: '77' }))).rejects.toMatchObject({
      name: 'CredentialsRefusedError',
      fields: ['credentials.userId'],
    });
  });

  test('is refused with wrong keys, and names both', async () => {
    await expect(setup.connect(credentials({ clientSecret: 'another-secret' }))).rejects.toMatchObject({
      fields: ['credentials.clientId', 'credentials.clientSecret'],
    });
  });

  test('is refused if the account’s level is without the messenger', async () => {
    avito.answerNext('POST subscriptions', {
      status: 402,
      body: { error: { code: 402, message: 'Payment required' } },
    });

    await expect(setup.connect(credentials())).rejects.toMatchObject({ description: 'Payment required' });
  });
});

describe('the address with the secret', () => {
  const messenger = createAvito();
  const { setup } = messenger;
  const OTHER = 'f'.repeat(64);

  async function withReceiver(run: (url: string) => Promise<void>, webhookSecret = WEBHOOK_SECRET) {
    const receiver = await startReceiver(messenger, { credentials: {}, webhookSecret });
    await run(receiver.url).finally(() => receiver.stop());
  }

  const known = (webhookSecret = WEBHOOK_SECRET) => ({ credentials: credentials(), webhookSecret });

  test('is looked at while it is registered, and answers 200 to an empty body', async () => {
    await withReceiver(async (url) => {
      await setup.register(known(), url);

      expect(avito.subscriptions).toEqual([`${url}?token=${WEBHOOK_SECRET}`]);
    });
  });

  test('of a receiver with another secret is refused', async () => {
    await withReceiver(async (url) => {
      await expect(setup.register(known(OTHER), url)).rejects.toMatchObject({ name: 'CredentialsRefusedError' });
    });
  });

  test('is turned: the new one is there before the old ones of the channel go, and those of others stay', async () => {
    await withReceiver(async (url) => {
      await setup.register(known(), url);
    });
    const others = 'https://crm.example/avito?token=1';
    (avito.subscriptions as string[]).push(others, `http://old-host.example/webhooks/avito/c1?token=${OTHER}`);

    await withReceiver(async (url) => {
      await setup.register(known(OTHER), url);

      expect(avito.subscriptions).toEqual([others, `${url}?token=${OTHER}`]);
    }, OTHER);
    const [first, second] = avito.calls.filter(({ method }) => /webhook|unsubscribe/.test(method)).slice(-3);
    expect([first?.method, second?.method]).toEqual(['POST webhook', 'POST unsubscribe']);
  });

  test('of the channel alone is taken away when it is deleted', async () => {
    await withReceiver(async (url) => {
      await setup.register(known(), url);
      (avito.subscriptions as string[]).push('https://crm.example/avito');

      await setup.unregister(credentials(), url);
    });

    expect(avito.subscriptions).toEqual(['https://crm.example/avito']);
  });

  test('stands in no error', async () => {
    avito.answerNext('POST webhook', {
      status: 400,
      body: {
        error: { code: 400, message: `bad url https://konvert.example/webhooks/avito/c1?token=${WEBHOOK_SECRET}` },
      },
    });

    const error = await setup.register(known(), 'https://konvert.example/webhooks/avito/c1').catch((thrown) => thrown);

    expect(error.description).toBe('bad url https://konvert.example/webhooks/avito/c1?token=<token>');
  });

  test('is told to listen, to be gone, or to be unknown', async () => {
    const inspect = (url: string, secret = WEBHOOK_SECRET) => setup.inspect!(known(secret), url, signal());
    await withReceiver(async (url) => {
      await setup.register(known(), url);

      expect(await inspect(url)).toEqual({ kind: 'listening' });
      expect(await inspect(url, OTHER)).toMatchObject({ kind: 'deaf' });
      await setup.unregister(credentials(), url);
      expect(await inspect(url)).toMatchObject({ kind: 'deaf' });
    });
    for (const [answer, kind] of [
      [{ status: 402, body: { error: { code: 402, message: 'Payment required' } } }, 'unauthorized'],
      [{ status: 404, body: { error: { code: 404, message: 'Not found' } } }, 'unknown'],
      [{ status: 500, body: {} }, 'unknown'],
      [{ status: 200, body: { subscriptions: 'none' } }, 'unknown'],
      [{ status: 429, body: {} }, 'unknown'],
    ] as const) {
      avito.answerNext('POST subscriptions', answer);
      expect(await inspect('https://konvert.example/webhooks/avito/c1')).toMatchObject({ kind });
    }
  });
});

describe('greet', () => {
  const { inbound } = createAvito();
  const ask = (body: string, more: object = {}) =>
    inbound.greet!(
      { method: 'POST', query: { token: WEBHOOK_SECRET }, headers: {}, body: Buffer.from(body), ...more },
      { credentials: {}, webhookSecret: WEBHOOK_SECRET },
    );

  test.each(['{}', '', ' {\n} ', '{ }\n'])('%j is a look, and gets 200', async (body) => {
    expect(await ask(body)).toEqual({ status: 200, text: 'ok' });
  });

  test.each(['{"id":1}', '[]', '{}{}', 'null', '"{}"'])('%j is none', async (body) => {
    expect(await ask(body)).toBeUndefined();
  });

  test('by GET there is none', async () => {
    expect(await ask('', { method: 'GET' })).toBeUndefined();
  });
});
