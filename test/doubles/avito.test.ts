import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createAvito } from '#channels/avito/index';
import { textTo } from '#test/channels/messages';
import { startReceiver } from '#test/channels/receiver';
import { type AvitoDouble, startAvito } from '#test/doubles/avito';
import { answers, MESSAGE_TYPES, refusal, requests, webhook } from '#test/doubles/avito/schema';
import { startWebhook } from '#test/doubles/webhook';
import { PATIENCE_MS } from '#test/patience';

const ajv = addFormats.default(new Ajv2020({ allErrors: true }));
const SECRET = 'a1b2c3d4e5f60718'.repeat(4);
const signal = () => AbortSignal.timeout(PATIENCE_MS);

/** What Avito's description has against a body; nothing if it is as described. */
function against(validate: ValidateFunction, body: unknown): unknown {
  return validate(body) ? undefined : validate.errors;
}

/** A content of each kind, in Avito's words. */
const CONTENTS: Readonly<Record<(typeof MESSAGE_TYPES)[number], object>> = {
  text: { text: 'Здравствуйте' },
  image: { image: { sizes: { '1280x960': 'https://img.example/5.jpg' } } },
  link: { link: { text: 'habr.com', url: 'https://habr.com', preview: null } },
  item: { item: { title: 'a', item_url: 'https://a.example', image_url: 'https://a.example/i', price_string: null } },
  location: { location: { lat: 55.5, lon: 37.6, title: 'a', text: 'b', kind: 'street' } },
  call: { call: { status: 'missed', target_user_id: 88001 } },
  voice: { voice: { voice_id: 'v1' } },
  system: { text: 'a', flow_id: 'seller_audience_discount' },
  deleted: {},
  appCall: {},
  file: {},
  video: {},
};

let avito: AvitoDouble;

beforeEach(async () => {
  avito = await startAvito({ deadlineMs: 1_000 });
});

afterEach(() => avito.stop());

const credentialsOf = () => ({
  clientId: avito.clientId,
  clientSecret: avito.clientSecret,
  userId: String(avito.userId),
  apiBaseUrl: avito.baseUrl,
});

test('every webhook of the double is as Avito’s description has it', () => {
  const validate = ajv.compile(webhook);
  (avito.subscriptions as string[]).push('http://127.0.0.1:1/');
  const chats = [avito.chat(99002), avito.chat(99003, null)];
  for (const chat of chats) {
    for (const type of MESSAGE_TYPES) avito.writes(chat, type, CONTENTS[type]);
    avito.writesAtAvito(chat, 'text', CONTENTS.text);
    avito.deletes(chat, avito.sendsFile(chat, 'voice', Buffer.from('a')));
  }

  expect(avito.waiting).toHaveLength(2 * (MESSAGE_TYPES.length + 3));
  expect(avito.waiting.map((body) => against(validate, body)).filter(Boolean)).toEqual([]);
});

test('every call of the adapter, and every answer of the double, is as Avito’s description has it', async () => {
  const seen: { method: string; answer: unknown; sent: unknown; status: number }[] = [];
  const messenger = createAvito({
    async fetch(...asked) {
      const response = await fetch(...asked);
      const { method, body } = avito.calls.at(-1)!;
      seen.push({ method, sent: body, answer: await response.clone().json(), status: response.status });
      return response;
    },
  });
  const receiver = await startReceiver(messenger, { credentials: {}, webhookSecret: SECRET });
  const credentials = credentialsOf();
  const chat = avito.chat(99002);
  const picture = { type: 'file', file: { ...file, open: async () => bytes() } } as const;
  await messenger.setup.connect(credentials);
  await messenger.setup.register({ credentials, webhookSecret: SECRET }, receiver.url);
  const sent = await messenger.outbound.send(credentials, textTo(chat.id, 'Да', {}, 'avito'), signal());
  await messenger.outbound.send(credentials, { ...textTo(chat.id, '', {}, 'avito'), content: picture }, signal());
  const providerId = sent.kind === 'sent' ? sent.providerId : '';
  await messenger.outbound.remove!(credentials, textTo(chat.id, ''), providerId, signal());
  await messenger.outbound.send(credentials, textTo('u2i-nobody~1', 'Да', {}, 'avito'), signal());
  avito.sendsFile(chat, 'voice', Buffer.from('opus'));
  await messenger.setup.unregister(credentials, receiver.url);
  await receiver.stop();

  const wrong = seen.flatMap(({ method, sent: body, answer, status }) => [
    against(ajv.compile(requests[method] ?? {}), body),
    against(ajv.compile(status === 200 ? (answers[method] ?? {}) : refusal), answer),
  ]);
  expect(wrong.filter(Boolean)).toEqual([]);
  expect(new Set(seen.map(({ method }) => method))).toEqual(
    new Set([...Object.keys(answers).filter((method) => method !== 'GET voices'), 'GET self']),
  );
});

const file = { kind: 'image', mimeType: 'image/png', name: 'a.png', size: 3 } as const;

async function* bytes() {
  yield Buffer.from('png');
}

describe('the double enforces', () => {
  const call = async (path: string, body: unknown, token?: string) => {
    const headers = { 'content-type': 'application/json', ...(token && { authorization: `Bearer ${token}` }) };
    const response = await fetch(avito.baseUrl + path, { method: 'POST', headers, body: JSON.stringify(body) });
    return { status: response.status, body: (await response.json()) as Record<string, unknown> };
  };
  const tokenOf = async (form: object = {}) => {
    const { clientId, clientSecret } = avito;
    const given = { grant_type: 'client_credentials', client_id: clientId, client_secret: clientSecret, ...form };
    const response = await fetch(`${avito.baseUrl}/token`, {
      method: 'POST',
      body: new URLSearchParams(given as never),
    });
    return { status: response.status, token: ((await response.json()) as { access_token: string }).access_token };
  };

  test('keys, and the day that a token is good for', async () => {
    expect((await tokenOf({ client_secret: 'another' })).status).toBe(400);
    const { token } = await tokenOf();
    expect((await call('/messenger/v1/subscriptions', {}, token)).status).toBe(200);
    expect((await call('/messenger/v1/subscriptions', {})).status).toBe(401);
    avito.clock.pass(86_400_000);
    expect((await call('/messenger/v1/subscriptions', {}, token)).status).toBe(401);
  });

  test('an answer within its deadline, to the look and to messages: what is late waits', async () => {
    const slow = await startWebhook();
    const { token } = await tokenOf();

    expect((await call('/messenger/v3/webhook', { url: slow.baseUrl }, token)).status).toBe(200);
    avito.writes(avito.chat(99002), 'text', CONTENTS.text);
    slow.answerNext('POST', { status: 200, body: '', hang: true });
    expect(await avito.deliver()).toEqual([0]);
    expect(await avito.deliver()).toEqual([200]);
    expect(avito.waiting).toEqual([]);
    await slow.stop();
  });

  test('the ids of accounts, chats and pictures, and the length of a text', async () => {
    const { token } = await tokenOf();
    const chat = avito.chat(99002);
    const path = (user: number, id: string) =>
      `/messenger/v1/accounts/${user}/chats/${encodeURIComponent(id)}/messages`;
    const text = (length: number) => ({ type: 'text', message: { text: 'я'.repeat(length) } });

    const asked = [
      await call(path(77, chat.id), text(1), token),
      await call(path(avito.userId, 'u2i-x'), text(1), token),
      await call(path(avito.userId, chat.id), text(1001), token),
      await call(`${path(avito.userId, chat.id)}/image`, { image_id: 'x' }, token),
      await call(path(avito.userId, chat.id), text(1000), token),
    ];
    expect(asked.map(({ status }) => status)).toEqual([403, 404, 400, 400, 200]);
  });
});
