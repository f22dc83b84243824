import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createInstagram } from '#channels/instagram/index';
import { createMessagingOutbound } from '#channels/meta/messaging-send';
import type { Outgoing } from '#channels/outbound';
import type { Credentials } from '#channels/terms';
import { WEBHOOK_SECRET } from '#test/channels/contract-parts';
import { parserOf, textTo } from '#test/channels/messages';
import { APP_ID, APP_SECRET, bodies, CLIENT, no, signature, startMeta, TIME, TOKEN } from '#test/channels/meta/pages';
import { fileOf } from '#test/channels/wapi/outgoing';
import type { PagesOptions } from '#test/doubles/graph-pages';
import { PATIENCE_MS } from '#test/patience';

// The traps of section 5 of the design, in its order. Each was a fault of somebody's program.

const IG = '17840000000000777';
const HOUR = 3_600_000;
const instagram = createInstagram();
const parse = parserOf(instagram);
const { body, item, said, echoed, told } = bodies('instagram', IG);
const good: Credentials = { igId: IG, accessToken: TOKEN, appSecret: APP_SECRET };

describe('1. what the account itself sent is no client’s', () => {
  test.each([
    ['with the field for echoes', echoed({ text: 'Yes' })],
    ['without it', body('messaging', item({ message: { mid: 'mid2', text: 'Yes' } }, true))],
  ])('%s', (_, webhook) => {
    expect(parse(webhook, IG)).toMatchObject([{ kind: 'echo', account: IG, ids: [{ chatId: CLIENT }] }]);
  });

  test('a postback whose entry has the id of the client is the client’s', () => {
    const webhook = {
      object: 'instagram',
      entry: [{ id: CLIENT, messaging: [item({ postback: { mid: 'mid4', title: 'Prices' } })] }],
    };

    expect(parse(webhook, IG)).toMatchObject([{ kind: 'client', account: IG, ids: [{ chatId: CLIENT }] }]);
  });

  test('an entry that names another account than its item goes to the item’s', () => {
    const webhook = {
      object: 'instagram',
      entry: [{ id: '1', messaging: [item({ message: { mid: 'mid1', text: 'a' } })] }],
    };

    expect(parse(webhook)).toMatchObject([{ kind: 'client', account: IG }]);
  });
});

test('2. nothing is concluded from echoes of a phone: they say no word about the channel', () => {
  expect(parse(echoed({ text: 'Yes' })).map(({ kind }) => kind)).toEqual(['echo']);
});

test('3. our own sends come back as echoes, before or after the answer, and are told by their id', async () => {
  const meta = await startMeta(instagram, { object: 'instagram', tellsBeforeAnswer: true });
  meta.pages.meta.subscribed.set(IG, ['messages']);
  meta.pages.meta.callbacks.set('instagram', { url: 'http://127.0.0.1:9', fields: [] });

  const sent = await send(meta, textTo(CLIENT, 'Yes', {}, 'instagram'));

  const [update] = meta.pages.waiting;
  const [received] = parse({ object: 'instagram', entry: [{ id: IG, messaging: [update?.item] }] });
  expect(received).toMatchObject({ kind: 'echo', providerId: sent.kind === 'sent' && sent.providerId });
  expect(instagram.inbound.echoesOwn).toBe(true);
  await meta.stop();
});

test('4. an answer to a story says that it is one, and brings the story', () => {
  const url = 'https://lookaside.example/story';

  expect(parse(said({ text: 'Love this!', reply_to: { story: { id: '179', url } } }))).toMatchObject([
    { content: { text: 'Love this!', quoted: { kind: 'story' }, media: { fileId: url } } },
  ]);
});

test('5. a story is read at once, and after a day it is gone for good', async () => {
  const meta = await startMeta(instagram, { object: 'instagram' });
  const url = meta.pages.fileUrl(Buffer.from('story'), 'story.jpg', 24 * HOUR);
  const open = () =>
    instagram.inbound.openFile!({ ...good, apiBaseUrl: meta.baseUrl }, url, AbortSignal.timeout(PATIENCE_MS));

  expect(await open()).toMatchObject({ kind: 'file' });
  meta.pages.clock.pass(24 * HOUR);
  expect(await open()).toEqual({ kind: 'gone', why: 'The address of the file has ended' });
  await meta.stop();
});

test('6. a video that is not handed over makes the chat unanswered', () => {
  expect(parse(said({ is_unsupported: true }))).toMatchObject([{ opens: true, content: { type: 'unsupported' } }]);
});

test('7. what was read is named by its message, and there is no watermark', () => {
  expect(parse(told({ read: { mid: 'mid9' } }))).toMatchObject([{ of: { providerId: 'mid9' }, status: 'read' }]);
  expect(instagram.inbound.receiptsUpTo).toBeUndefined();
});

test('9. a message, its edit, its deletion and a reaction to it have one id and are four things', () => {
  const webhook = body(
    'messaging',
    item({ message: { mid: 'mid1', text: 'nice' } }),
    item({ message_edit: { mid: 'mid1', text: 'very nice', num_edit: 1 } }),
    item({ reaction: { mid: 'mid1', action: 'react', emoji: '👍' } }),
    item({ message: { mid: 'mid1', is_deleted: true } }),
  );

  expect(parse(webhook).map(({ kind }) => kind)).toEqual(['client', 'edit', 'reaction', 'deletion']);
});

describe('10. bytes, and the window', () => {
  let meta: Awaited<ReturnType<typeof startMeta>>;

  beforeEach(async () => {
    meta = await startMeta(instagram, { object: 'instagram' });
  });

  afterEach(() => meta.stop());

  test('1000 bytes are taken, and the double refuses one more, as Instagram does', async () => {
    expect(await send(meta, textTo(CLIENT, 'я'.repeat(500), {}, 'instagram'))).toMatchObject({ kind: 'sent' });
    expect(await send(meta, textTo(CLIENT, `${'я'.repeat(500)}.`, {}, 'instagram'))).toMatchObject({ kind: 'refused' });
  });

  test('after a day nothing may be sent', async () => {
    meta.pages.clock.pass(24 * HOUR);

    expect(await send(meta, textTo(CLIENT, 'Hi', {}, 'instagram'))).toMatchObject({
      kind: 'refused',
      refusal: { reason: '24_HOURS_EXCEEDED', code: '10/2534022' },
    });
    expect(meta.calls).toHaveLength(1);
  });

  test('with the human agent a person may answer for seven days', async () => {
    meta.pages.meta.humanAgents.add(IG);
    meta.pages.clock.pass(24 * HOUR);
    const message = textTo(CLIENT, 'Hi', {}, 'instagram');

    expect(await send(meta, message, { humanAgent: 'yes' })).toMatchObject({ kind: 'sent' });
    expect(meta.pages.taken.at(-1)?.body).toMatchObject({ messaging_type: 'MESSAGE_TAG', tag: 'HUMAN_AGENT' });
    meta.pages.clock.pass(6 * 24 * HOUR);
    expect(await send(meta, message, { humanAgent: 'yes' })).toMatchObject({ refusal: { reason: '7_DAYS_EXCEEDED' } });
  });

  test('the tag is sent at once if the client is known to have written long ago', async () => {
    meta.pages.meta.humanAgents.add(IG);
    meta.pages.clock.pass(24 * HOUR);

    await send(meta, textTo(CLIENT, 'Hi', { clientAt: Date.now() - 25 * HOUR }, 'instagram'), { humanAgent: 'yes' });

    expect(meta.calls).toHaveLength(1);
  });
});

describe('8. an app that is not live, or not subscribed', () => {
  const channel = { credentials: good, webhookSecret: WEBHOOK_SECRET };
  let meta: Awaited<ReturnType<typeof startMeta>>;

  beforeEach(async () => {
    meta = await startMeta(instagram, { object: 'instagram' });
  });

  afterEach(() => meta.stop());

  const with_ = (more: Credentials) => ({ ...channel, credentials: { ...good, apiBaseUrl: meta.baseUrl, ...more } });
  const inspect = (more: Credentials = {}, url = meta.callbackUrl!) =>
    instagram.setup.inspect!(with_(more), url, AbortSignal.timeout(PATIENCE_MS));

  test('nothing comes of anybody without a role in an app that is not live', async () => {
    await instagram.setup.register(with_({ appId: APP_ID }), meta.callbackUrl!);
    meta.pages.meta.isInDevelopment = true;
    meta.pages.writes(meta.pages.meta.writers[0]!, { text: 'Hi' });

    expect(meta.pages.waiting).toEqual([]);
  });

  test('inspect tells an app that is not subscribed from one that listens', async () => {
    expect(await inspect()).toEqual({ kind: 'deaf', why: 'the app is not subscribed to messages' });
    await instagram.setup.register(with_({}), meta.callbackUrl!);
    expect(await inspect()).toEqual({ kind: 'listening' });
  });

  test('inspect tells an app without an address, or with that of another program', async () => {
    await instagram.setup.register(with_({}), meta.callbackUrl!);
    expect(await inspect({ appId: APP_ID })).toMatchObject({ kind: 'deaf' });
    await instagram.setup.register(with_({ appId: APP_ID }), meta.callbackUrl!);
    expect(await inspect({ appId: APP_ID })).toEqual({ kind: 'listening' });
    expect(await inspect({ appId: APP_ID }, 'https://other.example/webhooks/1')).toMatchObject({ kind: 'elsewhere' });
  });

  test('inspect tells a token that has ended, and an answer that says nothing', async () => {
    meta.answerNext('GET subscribed_apps', { status: 500, body: {} });
    expect(await inspect()).toMatchObject({ kind: 'unknown' });
    meta.pages.meta.tokens.clear();
    expect(await inspect()).toEqual({ kind: 'unauthorized' });
    await meta.stop();
    expect(await inspect()).toMatchObject({ kind: 'unknown' });
  });

  test.each(['POST subscribed_apps', 'POST subscriptions'])(
    '%s: fields that Meta does not know are left out',
    async (method) => {
      meta.answerNext(method, no(100, '(#100) Param subscribed_fields[5] must be one of {messages, comments}'));

      await instagram.setup.register(with_({ appId: APP_ID }), meta.callbackUrl!);

      const sent = meta.calls
        .filter((call) => call.method === method)
        .map(({ body: json }) => json as Record<string, string>);
      expect(
        sent.map(({ subscribed_fields, fields }) => (subscribed_fields ?? fields ?? '').split(',').length > 1),
      ).toEqual([true, false]);
      expect(await inspect({ appId: APP_ID })).toEqual({ kind: 'listening' });
    },
  );

  test('an earlier address of the channel is its own', async () => {
    const url = meta.callbackUrl!;
    await instagram.setup.register(with_({}), url);
    const earlier = `https://old.example${new URL(url).pathname}`;
    meta.pages.meta.callbacks.set('instagram', { url: earlier, fields: [] });

    expect(await inspect({ appId: APP_ID })).toMatchObject({ kind: 'deaf' });
    await instagram.setup.register(with_({ appId: APP_ID }), url);
    expect(meta.pages.meta.callbacks.get('instagram')?.url).toBe(url);
  });

  test('an address of another program is not taken unasked', async () => {
    meta.pages.meta.callbacks.set('instagram', { url: 'https://other.example/hook', fields: [] });
    const register = (takeOver: boolean) =>
      instagram.setup.register(with_({ appId: APP_ID }), meta.callbackUrl!, { takeOver });

    await expect(register(false)).rejects.toMatchObject({ webhookHost: 'other.example' });
    await register(true);
    expect(meta.pages.meta.callbacks.get('instagram')?.url).toBe(meta.callbackUrl);
  });
});

describe('the field that is to blame', () => {
  const connect = async (more: Credentials, options: Partial<PagesOptions> = {}) => {
    const meta = await startMeta(instagram, { object: 'instagram', ...options });
    const error = await instagram.setup
      .connect({ ...good, apiBaseUrl: meta.baseUrl, ...more })
      .catch((refused: unknown) => refused);
    await meta.stop();
    return error;
  };

  test.each([
    ['a token', { accessToken: 'IGAAanother-token' }, 'credentials.accessToken'],
    ['a secret of another app', { appSecret: 'another-app-secret' }, 'credentials.appSecret'],
    ['the second secret', { igAppSecret: 'another-app-secret' }, 'credentials.igAppSecret'],
    ['an account of somebody else', { igId: '17840000000000001' }, 'credentials.igId'],
  ])('%s', async (_, more, field) => {
    expect(await connect(more)).toMatchObject({ name: 'CredentialsRefusedError', fields: [field] });
  });

  test('a token that may not read messages', async () => {
    const meta = await startMeta(instagram, { object: 'instagram' });
    meta.answerNext('GET conversations', {
      status: 403,
      body: { error: { code: 200, error_subcode: 2534041, message: 'Access to messages is off' } },
    });

    const connecting = instagram.setup.connect({ ...good, apiBaseUrl: meta.baseUrl });

    await expect(connecting).rejects.toMatchObject({ description: 'Access to messages is off' });
    await meta.stop();
  });

  test('either id of the account will do, and the one of webhooks is kept', async () => {
    expect(await connect({ igId: '26300000000777' })).toMatchObject({ id: IG, plainId: 'konvert' });
  });

  test('by a page: the account that is linked to it, or none', async () => {
    const { igId: _, ...others } = good;
    const page = { id: '660011223300', name: 'Konvert', instagram: IG, username: 'konvert' };
    const { instagram: _linked, ...lonely } = page;
    const connectPage = async (account: typeof page | typeof lonely) => {
      const meta = await startMeta(instagram, { object: 'page', accounts: [account] });
      const result = await instagram.setup
        .connect({ ...others, pageId: page.id, apiBaseUrl: meta.baseUrl })
        .catch((refused: unknown) => refused);
      await meta.stop();
      return result;
    };

    expect(await connectPage(page)).toEqual({ id: IG, plainId: 'konvert', name: 'Konvert' });
    expect(await connectPage(lonely)).toMatchObject({ fields: ['credentials.pageId'] });
  });
});

test.each([
  ['the secret of the app', APP_SECRET, true],
  ['the secret of Instagram Login', 'instagram-app-secret', true],
  ['any other', 'another-app-secret1', false],
])('a webhook that is signed with %s', (_, secret, isVerified) => {
  const bytes = Buffer.from(JSON.stringify(said({ text: 'Hi' })));
  const headers = { 'x-hub-signature-256': signature(bytes, secret) };
  const credentials = { ...good, igAppSecret: 'instagram-app-secret' };

  const verified = instagram.inbound.verify(
    { method: 'POST', query: {}, headers, body: bytes },
    { credentials, webhookSecret: WEBHOOK_SECRET },
  );
  expect(verified).toBe(isVerified);
});

describe('the token of Instagram Login', () => {
  const DAY = 24 * HOUR;
  let meta: Awaited<ReturnType<typeof startMeta>>;

  beforeEach(async () => {
    meta = await startMeta(instagram, { object: 'instagram' });
  });

  afterEach(() => meta.stop());

  const renew = (credentials: Credentials, now: number) =>
    instagram.setup.renew!({ apiBaseUrl: meta.baseUrl, ...credentials }, now, AbortSignal.timeout(PATIENCE_MS));

  test('is renewed when it is first seen, then 30 days before it ends', async () => {
    const renewed = await renew(good, 0);

    expect(renewed?.accessToken).not.toBe(TOKEN);
    expect(await instagram.setup.connect(renewed!)).toMatchObject({ id: IG });
    expect(await renew(renewed!, 29 * DAY)).toBeUndefined();
    expect((await renew(renewed!, 31 * DAY))?.accessToken).not.toBe(renewed?.accessToken);
  });

  test('is renewed at once if an operator gave another one', async () => {
    const renewed = await renew(good, 0);

    expect(await renew({ ...renewed, ...good }, 1)).toBeDefined();
  });

  test('stays as it is while it is too young, and is refused if it has ended', async () => {
    meta.answerNext('GET refresh_access_token', { status: 400, body: { error: { code: 100, message: 'Too young' } } });
    expect(await renew(good, 0)).toBeUndefined();
    meta.answerNext('GET refresh_access_token', { status: 400, body: { error: { code: 190, message: 'Ended' } } });
    await expect(renew(good, 0)).rejects.toMatchObject({ fields: ['credentials.accessToken'] });
  });

  test('of a page does not end', async () => {
    expect(await renew({ pageId: '660011223300', accessToken: TOKEN, appSecret: APP_SECRET }, 0)).toBeUndefined();
    expect(meta.calls).toEqual([]);
  });
});

describe('files', () => {
  let meta: Awaited<ReturnType<typeof startMeta>>;

  beforeEach(async () => {
    meta = await startMeta(instagram, { object: 'instagram' });
  });

  afterEach(() => meta.stop());

  const link = 'https://konvert.example/files/f1/act.pdf';
  const toFile = (file: Partial<ReturnType<typeof fileOf>>): Outgoing => ({
    ...textTo(CLIENT, '', {}, 'instagram'),
    content: { type: 'file', file: fileOf(file) },
  });

  test('go by a link, and quote', async () => {
    expect(await send(meta, { ...toFile({ link }), quotes: 'mid1' })).toMatchObject({ kind: 'sent' });
    expect(meta.pages.taken[0]?.body).toEqual({
      recipient: { id: CLIENT },
      message: { attachment: { type: 'file', payload: { url: link } } },
      reply_to: { mid: 'mid1' },
    });
  });

  test('without a link, or of a type that Instagram does not take, are refused', async () => {
    expect(await send(meta, toFile({}))).toMatchObject({ kind: 'refused', refusal: { reason: 'WRONG_CONTENT' } });
    expect(await send(meta, toFile({ link, mimeType: 'text/plain' }))).toMatchObject({ kind: 'refused' });
    expect(meta.calls).toEqual([]);
  });

  const MB = 1024 * 1024;

  test.each([
    ['a picture', { kind: 'image', mimeType: 'image/png', size: 8 * MB }, 'MESSAGES_CONTENT_SIZE_EXCEEDED'],
    ['a video', { kind: 'video', mimeType: 'video/mp4', size: 25 * MB }, 'MESSAGES_CONTENT_SIZE_EXCEEDED'],
    ['a voice message', { kind: 'voice', mimeType: 'audio/mp4', size: 25 * MB }, 'MESSAGES_CONTENT_SIZE_EXCEEDED'],
    ['a document', { kind: 'document', mimeType: 'application/pdf', size: 25 * MB }, 'MESSAGES_CONTENT_SIZE_EXCEEDED'],
  ] as const)('%s may have so many bytes', (_, file, code) => {
    const refuses = (size: number) =>
      instagram.outbound.refuses({ type: 'file', file: { ...fileOf(), ...file, size } });

    expect([refuses(file.size), refuses(file.size + 1), refuses(0)]).toEqual([
      undefined,
      code,
      'MESSAGES_CONTENT_CAN_NOT_BE_BLANK',
    ]);
    expect(instagram.outbound.refuses({ type: 'file', file: fileOf({ ...file, mimeType: 'text/plain' }) })).toBe(
      'MESSAGES_UNSUPPORTED_CONTENT_TYPE_INSTAPI',
    );
  });
});

test('no credential goes to the address of a file, and only to https ones, along a few redirects', async () => {
  const asked: { url: string; headers: unknown }[] = [];
  const to = (location: string) => new Response(null, { status: 302, headers: { location } });
  const answers = [to('/b'), to('https://cdn.example/c'), new Response('abc'), to('http://cdn.example/')];
  const { inbound } = createInstagram({
    async fetch(url, init) {
      asked.push({ url: String(url), headers: init?.headers });
      return answers.shift()!;
    },
  });
  const open = (url: string) => inbound.openFile!(good, url, AbortSignal.timeout(PATIENCE_MS));

  expect(await open('https://lookaside.example/a')).toMatchObject({ kind: 'file' });
  expect(await open('https://lookaside.example/a')).toMatchObject({ kind: 'later' });
  expect(await open('http://lookaside.example/a')).toMatchObject({ kind: 'gone' });
  expect(await open('no address')).toMatchObject({ kind: 'gone' });
  expect(asked.map(({ url }) => url)).toEqual([
    ...['https://lookaside.example/a', 'https://lookaside.example/b', 'https://cdn.example/c'],
    'https://lookaside.example/a',
  ]);
  expect(asked.every(({ headers }) => headers === undefined)).toBe(true);
});

async function send(meta: Awaited<ReturnType<typeof startMeta>>, message: Outgoing, more: Credentials = {}) {
  const credentials = { ...good, apiBaseUrl: meta.baseUrl, ...more };
  return instagram.outbound.send(credentials, message, AbortSignal.timeout(PATIENCE_MS));
}

test('nobody who has no id of Instagram is written to', async () => {
  const outbound = createMessagingOutbound({
    chatType: 'instagram',
    wayOf: () => expect.unreachable('nobody is called'),
    inWindow: {},
    place: () => expect.unreachable('nothing is placed'),
    refuses: () => undefined,
  });
  const message = { ...textTo('anna', 'Hi', {}, 'instagram'), clientAt: TIME };

  expect(await outbound.send(good, message, AbortSignal.timeout(PATIENCE_MS))).toMatchObject({
    kind: 'refused',
    refusal: { reason: 'BAD_CONTACT' },
  });
});
