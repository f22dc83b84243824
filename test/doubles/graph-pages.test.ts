import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createGraph, type GraphRequest } from '#channels/meta/client';
import { PATIENCE_MS } from '#test/patience';
import { signatureOf } from './graph/webhooks.ts';
import { type PagesDouble, type PagesOptions, startPages } from './graph-pages.ts';
import type { HttpDouble } from './http.ts';
import { type Heard, startWebhook } from './webhook.ts';

const HOUR = 3_600_000;
const CLIENT = '5500112233445566';

let webhook: HttpDouble<Heard>;
let pages: PagesDouble;

beforeEach(async () => {
  webhook = await startWebhook();
  await restart({ object: 'page' });
});

afterEach(async () => {
  await pages.stop();
  await webhook.stop();
});

async function restart(options: PagesOptions): Promise<void> {
  await pages?.stop();
  pages = await startPages({ callbackUrl: webhook.baseUrl, ...options });
  pages.meta.subscribed.set(pages.account.id, ['messages', 'message_echoes', 'standby']);
  pages.writer(CLIENT);
}

const client = () => pages.meta.writers[0]!;
const call = (request: GraphRequest) =>
  createGraph(fetch)(
    { accessToken: pages.token, appSecret: pages.meta.appSecret, apiBaseUrl: pages.baseUrl },
    request,
    AbortSignal.timeout(PATIENCE_MS),
  );
const send = (body: object) =>
  call({ method: 'POST', path: `${pages.account.id}/messages`, json: { recipient: { id: CLIENT }, ...body } });

describe('what it tells', () => {
  test('is signed over the bytes with everything escaped, and batched by account', async () => {
    pages.writes(client(), { text: 'Café / 😀' });
    pages.writes(client(), { text: 'again' });
    await pages.deliver();

    const [{ headers, bytes }] = webhook.calls as unknown as [Heard];
    expect(webhook.calls).toHaveLength(1);
    expect(headers['x-hub-signature-256']).toBe(signatureOf(pages.meta.appSecret, bytes));
    expect(bytes.toString()).toContain('Caf\\u00e9 \\/ \\ud83d\\ude00');
    const { object, entry } = JSON.parse(bytes.toString());
    expect([object, entry.length, entry[0].messaging.length]).toEqual(['page', 1, 2]);
  });

  test('is told again until it is taken, and no more after an hour', async () => {
    pages.writes(client(), { text: 'Hi' });
    webhook.answerNext('POST', { status: 500, body: '' });
    expect(await pages.deliver()).toMatchObject([{ status: 500 }]);
    expect(await pages.deliver()).toEqual([]);
    pages.clock.pass(HOUR);
    webhook.answerNext('POST', { status: 500, body: '' });
    await pages.deliver();

    expect([pages.waiting, pages.meta.callbacks.size]).toEqual([[], 0]);
  });

  test('are the fields that are subscribed, and nothing while the app is in development', () => {
    pages.tell(client(), { reaction: { mid: 'm', action: 'react', emoji: '👍' } }, 'message_reactions');
    pages.meta.isInDevelopment = true;
    pages.writes(client(), { text: 'Hi' });

    expect(pages.waiting).toEqual([]);
  });

  test('is on standby while another app holds the conversation', () => {
    client().heldBy = '517793';
    pages.writes(client(), { text: 'Hi' });

    expect(pages.waiting).toMatchObject([{ list: 'standby' }]);
  });

  test('is an echo of each send, before the answer if that is wanted', async () => {
    await restart({ object: 'page', tellsBeforeAnswer: true });
    pages.writes(client(), { text: 'Hi' });
    await send({ message: { text: 'Yes' } });

    const bodies = webhook.calls.map(({ bytes }) => bytes.toString());
    expect(bodies.some((body) => body.includes('"is_echo":true'))).toBe(true);
  });
});

describe('what it refuses', () => {
  beforeEach(() => {
    pages.writes(client(), { text: 'Hi' });
  });

  test.each([
    ['a text and an attachment', { message: { text: 'a', attachment: { type: 'image' } } }, '100', undefined],
    ['no text', { message: { text: '' } }, '100', undefined],
    ['a message and an action', { message: { text: 'a' }, sender_action: 'typing_on' }, '100', '2018034'],
    [
      'an attachment of nobody',
      { message: { attachment: { type: 'image', payload: { attachment_id: '1' } } } },
      '100',
      '2018074',
    ],
    ['an attachment without an address', { message: { attachment: { type: 'image', payload: {} } } }, '100', '2018008'],
    [
      'a quick reply that has ended',
      { message: { text: 'a', quick_replies: [{ content_type: 'user_email' }] } },
      '100',
      undefined,
    ],
    [
      'a tag that has ended',
      { message: { text: 'a' }, messaging_type: 'MESSAGE_TAG', tag: 'ACCOUNT_UPDATE' },
      '100',
      undefined,
    ],
    ['a tag without its type', { message: { text: 'a' }, tag: 'HUMAN_AGENT' }, '100', undefined],
    [
      'a person without approval',
      { message: { text: 'a' }, messaging_type: 'MESSAGE_TAG', tag: 'HUMAN_AGENT' },
      '10',
      undefined,
    ],
    ['an answer to nothing', { message: { text: 'a' }, reply_to: {} }, '100', undefined],
    ['somebody who is not there', { recipient: { id: '1' }, message: { text: 'a' } }, '100', '2018001'],
  ])('%s', async (_, body, code, subcode) => {
    expect(await send(body)).toMatchObject({ kind: 'refused', code, subcode });
    expect(pages.taken).toEqual([]);
  });

  test('more than 300 messages in a second', async () => {
    pages.meta.recent.set(pages.account.id, Array(300).fill(pages.clock.now()));

    expect(await send({ message: { text: 'a' } })).toMatchObject({ kind: 'throttled' });
    pages.clock.pass(1000);
    expect(await send({ message: { text: 'a' } })).toMatchObject({ kind: 'ok' });
  });

  test('somebody who has blocked the page', async () => {
    client().hasBlocked = true;

    expect(await send({ message: { text: 'a' } })).toMatchObject({ code: '551', subcode: '1545041' });
  });

  test('an upload of another page, and a file that is too large', async () => {
    const upload = (size: number) => {
      const file = { field: 'filedata', name: 'a', mimeType: 'image/png', size, open: async () => one(size) };
      const form = { texts: { message: '{"attachment":{"type":"image"}}' }, file };
      return call({ method: 'POST', path: `${pages.account.id}/message_attachments`, form });
    };

    expect(await upload(3)).toMatchObject({ kind: 'ok' });
    expect(await upload(25 * 1024 * 1024 + 1)).toMatchObject({ code: '100', subcode: '2018109' });
    const [id, stored] = [...pages.meta.attachments][0]!;
    pages.meta.attachments.set(id, { ...stored, accountId: '990' });
    const attachment = { type: 'image', payload: { attachment_id: id } };
    expect(await send({ message: { attachment } })).toMatchObject({ subcode: '2018074' });
  });

  test('a subscription to no field', async () => {
    const subscribe = { method: 'POST', path: `${pages.account.id}/subscribed_apps`, json: {} } as const;

    expect(await call(subscribe)).toMatchObject({ kind: 'refused', code: '100' });
  });
});

async function* one(size: number): AsyncGenerator<Uint8Array> {
  yield new Uint8Array(size);
}
