import { createHmac } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createViber } from '#channels/viber/index';
import { startReceiver } from '#test/channels/receiver';
import { startViber, type ViberDouble } from '#test/doubles/viber';
import { startWebhook } from '#test/doubles/webhook';
import { PATIENCE_MS } from '#test/patience';
import { OLENA, said } from './callbacks.ts';

const HOUR_MS = 3_600_000;
const signal = () => AbortSignal.timeout(PATIENCE_MS);
const messenger = createViber();
const { setup, inbound } = messenger;

let viber: ViberDouble;

beforeEach(async () => {
  viber = await startViber();
  viber.person(OLENA).isSubscribed = true;
  viber.webhook = 'https://konvert.example/webhooks/viber/c1';
});

afterEach(() => viber.stop());

const credentials = (more: object = {}): Record<string, string> => ({
  authToken: viber.authToken,
  senderName: 'Konvert',
  apiBaseUrl: viber.baseUrl,
  ...more,
});

describe('the webhook', () => {
  const channel = { credentials: {}, webhookSecret: 'a'.repeat(64) };
  const register = (url: string, options = {}) =>
    setup.register({ ...channel, credentials: credentials() }, url, options);

  test('is called during set_webhook, unsigned, and answers 200', async () => {
    viber.webhook = '';
    const receiver = await startReceiver(messenger, channel);

    await register(receiver.url);

    expect(setup.callsDuringRegister).toBe(true);
    expect(viber.webhook).toBe(receiver.url);
    await receiver.stop();
  });

  test('that answers anything else is refused', async () => {
    viber.webhook = '';
    const deaf = await startWebhook();
    deaf.answerNext('POST', { status: 419, body: '' });

    await expect(register(deaf.baseUrl)).rejects.toMatchObject({
      name: 'CredentialsRefusedError',
      description: expect.stringContaining('invalidUrl'),
    });
    await deaf.stop();
  });

  test('of another program is not taken unasked', async () => {
    viber.webhook = 'https://crm.example/viber';
    const receiver = await startReceiver(messenger, channel);

    await expect(register(receiver.url)).rejects.toMatchObject({
      name: 'ConnectedElsewhereError',
      webhookHost: 'crm.example',
    });
    expect(viber.webhook).toBe('https://crm.example/viber');
    await register(receiver.url, { takeOver: true });
    expect(viber.webhook).toBe(receiver.url);
    await receiver.stop();
  });

  test('is taken away when the channel is deleted, unless it leads elsewhere by then', async () => {
    await setup.unregister(credentials(), 'https://konvert.example/webhooks/viber/c1');
    expect(viber.webhook).toBe('');

    viber.webhook = 'https://crm.example/viber';
    await setup.unregister(credentials(), 'https://konvert.example/webhooks/viber/c1');
    expect(viber.webhook).toBe('https://crm.example/viber');
  });

  test.each([
    ['https://konvert.example/webhooks/viber/c1', { kind: 'listening' }],
    ['', { kind: 'deaf' }],
    ['https://old.example/webhooks/viber/c1', { kind: 'deaf' }],
    ['https://crm.example/viber', { kind: 'elsewhere', why: expect.stringContaining('crm.example') }],
  ])('%j is inspected', async (url, expected) => {
    viber.webhook = url;
    const known = { ...channel, credentials: credentials() };

    expect(await setup.inspect!(known, 'https://konvert.example/webhooks/viber/c1', signal())).toMatchObject(expected);
  });

  test.each([
    [{ status: 200, body: { status: 7, status_message: 'publicAccountBlocked' } }, 'unauthorized'],
    [{ status: 200, body: { status: 3, status_message: 'badData' } }, 'unknown'],
    [{ status: 200, body: { status: 12, status_message: 'tooManyRequests' } }, 'unknown'],
    [{ status: 200, body: { status: 0 } }, 'unknown'],
    [{ status: 502, body: '' }, 'unknown'],
  ])('of a bot that answers %j is inspected', async (answer, kind) => {
    viber.answerNext('get_account_info', answer);

    expect(
      await setup.inspect!({ ...channel, credentials: credentials() }, 'https://k.example', signal()),
    ).toMatchObject({
      kind,
    });
  });
});

describe('the handshake', () => {
  const greet = (body: string, more: object = {}) =>
    inbound.greet!(
      { method: 'POST', query: {}, headers: {}, body: Buffer.from(body), ...more },
      { credentials: {}, webhookSecret: '' },
    );

  test('gets 200 without a signature, and nothing else does', async () => {
    expect(await greet('{"event":"webhook","timestamp":1,"message_token":1}')).toEqual({ status: 200, text: 'ok' });
    for (const body of [
      JSON.stringify(said({ type: 'text', text: 'webhook' })),
      '{"event":["webhook"]}',
      'webhook',
      'null',
      '',
    ]) {
      expect(await greet(body)).toBeUndefined();
    }
    expect(await greet('{"event":"webhook"}', { method: 'GET' })).toBeUndefined();
    expect(await greet(`{"event":"webhook"}${' '.repeat(2000)}`)).toBeUndefined();
  });
});

describe('the signature', () => {
  const body = Buffer.from(JSON.stringify(said({ type: 'text', text: 'Дякую' })));
  const sign = (bytes: Uint8Array, token = viber.authToken) => createHmac('sha256', token).update(bytes).digest('hex');
  const verifies = (headers: object, bytes: Uint8Array = body, query = {}) =>
    inbound.verify(
      { method: 'POST', query, headers: headers as Record<string, string>, body: bytes },
      { credentials: credentials(), webhookSecret: '' },
    );

  test('is over the bytes as they came', () => {
    expect(verifies({ 'x-viber-content-signature': sign(body) })).toBe(true);
    expect(verifies({ 'x-viber-content-signature': sign(body) }, Buffer.from(`${body} `))).toBe(false);
    expect(verifies({ 'x-viber-content-signature': sign(body) }, Buffer.alloc(0))).toBe(false);
  });

  test('has no prefix, and may stand in the address', () => {
    expect(verifies({ 'x-viber-content-signature': `sha256=${sign(body)}` })).toBe(false);
    expect(verifies({}, body, { sig: sign(body) })).toBe(true);
    expect(verifies({ 'x-viber-content-signature': 'wrong' }, body, { sig: sign(body) })).toBe(false);
  });
});

describe('the double enforces', () => {
  const call = async (method: string, body: object, token: string | undefined = viber.authToken) => {
    const headers = { 'content-type': 'application/json', ...(token && { 'x-viber-auth-token': token }) };
    const response = await fetch(`${viber.baseUrl}/pa/${method}`, {
      method: 'POST',
      headers,
      body: JSON.stringify(body),
    });
    return { http: response.status, ...((await response.json()) as { status: number }) };
  };
  const text = { receiver: OLENA, sender: { name: 'Konvert' }, type: 'text', text: 'Hi' };

  test('HTTP’s 200 with a status of its own, the token, 30 KB, the sender', async () => {
    const asked = [
      await call('send_message', text, 'another'),
      await call('send_message', { ...text, tracking_data: 'x'.repeat(4001) }),
      await call('send_message', { ...text, padding: 'x'.repeat(30 * 1024) }),
      await call('send_message', { ...text, sender: { name: 'x'.repeat(29) } }),
      await call('send_message', { ...text, receiver: undefined }),
      await call('send_message', { ...text, type: 'picture', media: 'https://a.example/p' }),
      await call('send_message', text),
    ];

    expect(asked.map(({ http, status }) => [http, status])).toEqual(
      [2, 3, 3, 3, 4, 3, 0].map((status) => [200, status]),
    );
    viber.webhook = '';
    expect(await call('send_message', text)).toMatchObject({ status: 10 });
  });

  test('callbacks are signed over bytes with tokens of 64 bits, and given up after an hour', async () => {
    const heard = await startWebhook();
    viber.webhook = heard.baseUrl;
    const token = viber.writes(viber.person(OLENA), { type: 'text', text: 'Дякую' });
    await viber.deliver(undefined, { twice: true });

    const [first, second] = heard.calls;
    expect(heard.calls).toHaveLength(2);
    expect(first?.bytes.equals(second!.bytes)).toBe(true);
    expect(first?.bytes.toString()).toContain(`"message_token":${token}`);
    const request = { method: 'POST', query: {}, headers: first!.headers, body: first!.bytes };
    expect(inbound.verify(request, { credentials: credentials(), webhookSecret: '' })).toBe(true);

    await heard.stop();
    viber.writes(viber.person(OLENA), { type: 'text', text: 'a' });
    expect(await viber.deliver()).toEqual([0]);
    viber.clock.pass(HOUR_MS);
    expect(await viber.deliver()).toEqual([]);
  });
});
