import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createPublicFetch, isPrivateAddress } from '#calls/public-fetch';
import { CALL_MS, FILE_CALL_MS } from '#domain/delivery';
import { uploadKeys } from '#media/uploads';
import { type ContentHost, startContentHost } from '#test/functions/content-host';
import { inPieces } from '#test/media/blob-contract';
import { type Account, type Answer, createWorld, messageOf, type World } from '#test/world';

const CHAT = 5;
const MIB = 1024 * 1024;
const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);
const OK = '200 OK';

let world: World;
let host: ContentHost;

beforeEach(async () => {
  host = await startContentHost({
    '/photo': { head: [OK, 'content-type: text/html'], body: PNG },
    '/named?key=1': {
      head: [OK, "content-disposition: attachment; filename*=UTF-8''%D0%A1%D1%87%D1%91%D1%82.csv"],
      body: 'a;b',
    },
    '/moved': { head: ['302 Found', `location: /photo`] },
    '/to-private': { head: ['302 Found', 'location: http://10.0.0.1/'] },
    '/slow': { head: [OK, 'content-length: 100'], body: 'begin', open: true },
    '/large': { head: [OK], body: Buffer.alloc(11 * MIB, 'x') },
    '/ten': { head: [OK, 'content-type: text/plain'], body: Buffer.alloc(10 * MIB, 'x') },
    '/huge': { head: [OK, 'content-length: 2147483648', 'content-type: video/mp4'], body: 'tiny' },
    '/short': { head: [OK, 'content-length: 100'], body: PNG },
    '/page': { head: [OK, 'content-type: image/png'], body: '<!doctype html><html><body>Sign in</body></html>' },
    '/drawing': { head: [OK, 'content-type: image/svg+xml'], body: '<svg xmlns="http://www.w3.org/2000/svg"/>' },
    '/empty': { head: [OK, 'content-length: 0'] },
    '/packed': { head: [OK, 'content-encoding: gzip'], body: 'x' },
    '/broken': { head: ['500 Oops'], body: 'oops' },
  });
  const refuses = (address: string) => isPrivateAddress(address) && address !== '127.0.0.1';
  world = await createWorld({ fetch: createPublicFetch({ refuses }) });
  await world.say(CHAT, 'hello');
});

afterEach(async () => {
  await world.stop();
  await host.stop();
});

function send(path: string, fields: Record<string, unknown> = {}): Promise<Answer> {
  return world.reply(CHAT, { text: undefined, contentUri: `${host.baseUrl}${path}`, ...fields });
}

async function newest() {
  return (await world.history(CHAT)).messages.at(-1)!;
}

/** The bytes behind an address of ours. */
async function bytesAt(contentUri: string | undefined): Promise<Buffer> {
  const answer = await world.call('GET', new URL(contentUri ?? '').pathname);
  expect(answer.status).toBe(200);
  return answer.bytes;
}

describe('a file from an address', () => {
  test('is stored before the 201, and is what its bytes say', async () => {
    expect(await send('/photo', { text: '' })).toMatchObject({ status: 201 });

    const shown = await newest();
    expect(shown).toMatchObject({
      type: 'image',
      media: { name: 'photo.png', mimeType: 'image/png', size: PNG.length },
    });
    expect(shown.text).toBeUndefined();
  });

  test('leaves for the messenger as it came, and is read for years', async () => {
    await send('/photo');
    await host.stop();
    await world.drain();

    const { method, file } = world.bot.calls.at(-1)!;
    expect({ method, bytes: file?.bytes }).toEqual({ method: 'sendPhoto', bytes: PNG });
    const shown = await newest();
    expect(shown).toMatchObject({
      status: 'sent',
      contentUri: expect.stringMatching(/^https:.*\/files\/.*\/photo.png$/),
    });
    expect(await bytesAt(shown.contentUri)).toEqual(PNG);
  });

  test('that is gone when it has to leave fails, and gives the chat back', async () => {
    await send('/photo');
    world.db.clear('files');
    await world.drain();

    expect(await newest()).toMatchObject({ status: 'error', error: { error: 'FILE_GONE' } });
    expect(await world.chat(CHAT)).toMatchObject({ unanswered: true });
  });

  test('keeps the name that its server gives it', async () => {
    expect(await send('/named?key=1')).toMatchObject({ status: 201 });

    expect(await newest()).toMatchObject({
      type: 'document',
      media: { name: 'Счёт.csv', mimeType: 'text/csv', size: 3 },
    });
  });

  test('may have ten megabytes', async () => {
    expect(await send('/ten')).toMatchObject({ status: 201 });
  });

  test('that is a drawing is sent as a document', async () => {
    expect(await send('/drawing')).toMatchObject({ status: 201 });

    expect(await newest()).toMatchObject({ type: 'document', media: { mimeType: 'image/svg+xml' } });
  });

  test('answers what its sender had seen, and not what came while it was fetched', async () => {
    const answer = send('/slow');
    await expect.poll(() => host.asked).toEqual(['/slow']);
    await world.say(CHAT, 'one more');
    world.clock.advance(10_000);

    expect(await answer).toMatchObject({ status: 400 });
    expect(await world.chat(CHAT)).toMatchObject({ unanswered: true, unansweredCount: 2 });
  });

  test.each([
    { path: '/moved', error: 'MESSAGE_DOWNLOAD_CONTENT_ERROR', words: 'a redirect is not followed' },
    { path: '/to-private', error: 'MESSAGE_DOWNLOAD_CONTENT_ERROR', words: 'a redirect is not followed' },
    { path: '/missing', error: 'MESSAGE_DOWNLOAD_CONTENT_ERROR', words: 'it answers 404' },
    { path: '/broken', error: 'MESSAGE_DOWNLOAD_CONTENT_ERROR', words: 'it answers 500' },
    { path: '/short', error: 'MESSAGE_DOWNLOAD_CONTENT_ERROR', words: 'no answer' },
    { path: '/packed', error: 'MESSAGE_DOWNLOAD_CONTENT_ERROR', words: 'it is packed' },
    { path: '/large', error: 'MESSAGES_CONTENT_SIZE_EXCEEDED', words: 'larger than 10 MB' },
    { path: '/huge', error: 'MESSAGES_CONTENT_SIZE_EXCEEDED', words: 'larger than 10 MB' },
    { path: '/page', error: 'MESSAGE_WRONG_CONTENT_TYPE', words: 'leads to a page' },
    { path: '/empty', error: 'MESSAGES_CONTENT_CAN_NOT_BE_BLANK', words: 'is empty' },
  ])('is refused with its code: $path', async ({ path, error, words }) => {
    const answer = await send(path);

    expect(answer).toMatchObject({ status: 400, body: { error, data: { fields: ['contentUri'] } } });
    expect((answer.body as { description: string }).description).toContain(words);
    expect(answer.text).not.toContain(host.baseUrl);
    expect((await world.history(CHAT)).messages).toHaveLength(1);
  });

  test('is given up after ten seconds', async () => {
    const answer = send('/slow');
    await expect.poll(() => host.asked).toEqual(['/slow']);
    world.clock.advance(10_000);

    expect(await answer).toMatchObject({
      status: 400,
      body: { error: 'MESSAGE_DOWNLOAD_CONTENT_ERROR', description: expect.stringContaining('takes too long') },
    });
  });

  test.each(['http://10.0.0.1/a.png', 'http://169.254.169.254/latest/meta-data/', 'http://[::1]/a.png'])(
    'in a private network is not asked for: %s',
    async (contentUri) => {
      expect(await send('', { contentUri })).toMatchObject({
        status: 400,
        body: { error: 'MESSAGE_DOWNLOAD_CONTENT_ERROR', description: expect.stringContaining('PRIVATE_ADDRESS') },
      });
    },
  );

  test.each(['ftp://files.example/a.png', 'a.png', 'http://', `https://files.example/${'x'.repeat(4_100)}`])(
    'of another kind is no address: %s',
    async (contentUri) => {
      expect(await send('', { contentUri })).toMatchObject({
        status: 400,
        body: { error: 'INVALID_MESSAGE_DATA', data: { fields: ['contentUri'] } },
      });
    },
  );

  test('goes with no text and no buttons', async () => {
    expect(await send('/photo', { text: 'look' })).toMatchObject({
      body: { error: 'MESSAGE_ONLY_TEXT_OR_CONTENT', data: { fields: ['text', 'contentUri'] } },
    });
    expect(await send('/photo', { buttonsObject: [{ text: 'Yes' }] })).toMatchObject({
      body: { error: 'INVALID_MESSAGE_DATA', data: { fields: ['buttonsObject'] } },
    });
    expect(host.asked).toEqual([]);
  });
});

describe('a file of ours', () => {
  test('is sent again without a download', async () => {
    await send('/photo');
    await world.drain();
    const { contentUri } = await newest();

    expect(await send('', { contentUri })).toMatchObject({ status: 201 });
    await world.drain();

    expect(world.bot.calls.filter(({ method }) => method === 'sendPhoto').map(({ file }) => file?.bytes)).toEqual([
      PNG,
      PNG,
    ]);
    expect(host.asked).toEqual(['/photo']);
    expect(world.db.items('files')).toHaveLength(1);
  });

  test('that a client has sent is passed on to another', async () => {
    world.bot.files.set('file-1', PNG);
    const photo = [{ file_id: 'file-1', file_unique_id: 'u', width: 1, height: 1, file_size: PNG.length }];
    const { text: _text, ...message } = messageOf(6, '', 9, world.clock.now());
    await world.webhook({ update_id: 9, message: { ...message, photo } });
    await world.drain();
    const { contentUri } = (await world.history(6)).messages.at(-1)!;

    expect(await send('', { contentUri })).toMatchObject({ status: 201 });
    await world.drain();

    expect(world.bot.calls.at(-1)).toMatchObject({ method: 'sendPhoto', file: { bytes: PNG } });
  });

  test('has the type that its name says where its bytes say none', async () => {
    world.bot.files.set('file-2', Buffer.from('a;b'));
    const document = { file_id: 'file-2', file_unique_id: 'u', file_name: 'Prices.csv', file_size: 3 };
    const { text: _text, ...message } = messageOf(6, '', 9, world.clock.now());
    await world.webhook({ update_id: 9, message: { ...message, document } });
    await world.drain();
    const { contentUri } = (await world.history(6)).messages.at(-1)!;

    expect(await send('', { contentUri })).toMatchObject({ status: 201 });

    expect(await newest()).toMatchObject({ type: 'document', media: { name: 'Prices.csv', mimeType: 'text/csv' } });
  });

  test('is not there for another account', async () => {
    await send('/photo');
    const { contentUri } = await newest();
    const account = await world.addAccount();
    const { channelId } = await world.addChannel(account);

    const body = { channelId, chatType: 'telegram', chatId: '7', contentUri };
    const answer = await world.call('POST', '/v3/message', { key: account.apiKey, body });

    const refused = { status: 400, body: { error: 'MESSAGE_DOWNLOAD_CONTENT_ERROR' } };
    expect(answer).toMatchObject(refused);
    const unknown = contentUri!.replace(/files\/.../, 'files/AAA');
    expect(await send('', { contentUri: unknown })).toMatchObject(refused);
  });
});

describe('an uploaded file', () => {
  async function takeUpload(body: unknown, key = world.account.apiKey) {
    const answer = await world.call('POST', '/v1/files', { key, body });
    return { ...answer, body: answer.body as { contentUri: string; upload: { url: string; headers: object } } };
  }

  function keysOf(contentUri: string, { accountId }: Account): string[] {
    const [, file = '', name = ''] = /files\/([^/]+)\/(.+)$/.exec(contentUri) ?? [];
    return uploadKeys({ account: accountId, file, name: decodeURIComponent(name) }, world.clock.now());
  }

  /** Does what a `PUT` to the address of an upload does. */
  async function upload(bytes: Uint8Array, account: Account, contentUri: string) {
    const [key = ''] = keysOf(contentUri, account);
    const about = { type: 'application/octet-stream', disposition: '', maxBytes: bytes.length };
    await world.blobs.put(key, inPieces(bytes), about);
  }

  test('is sent once it is whole, and is what its bytes say', async () => {
    const { status, body } = await takeUpload({ name: 'Фото 1.bin', type: 'application/x-thing', size: PNG.length });
    expect(status).toBe(201);
    expect(await send('', { contentUri: body.contentUri })).toMatchObject({
      status: 400,
      body: { error: 'MESSAGE_DOWNLOAD_CONTENT_ERROR' },
    });
    await upload(PNG, world.account, body.contentUri);

    expect(await send('', { contentUri: body.contentUri })).toMatchObject({ status: 201 });
    await world.drain();

    const shown = await newest();
    expect(shown).toMatchObject({ type: 'image', contentUri: body.contentUri, media: { name: 'Фото 1.bin' } });
    expect(await bytesAt(body.contentUri)).toEqual(PNG);
    expect(world.bot.calls.at(-1)).toMatchObject({ method: 'sendPhoto', file: { bytes: PNG, name: 'Фото 1.bin' } });
  });

  test('stays what was sent, whatever is uploaded to the same address afterwards', async () => {
    const { body } = await takeUpload({ name: 'a.txt', size: 3 });
    await upload(Buffer.from('one'), world.account, body.contentUri);
    await send('', { contentUri: body.contentUri });
    const [key = ''] = keysOf(body.contentUri, world.account);
    await world.blobs.remove(key);
    await upload(Buffer.from('two'), world.account, body.contentUri);
    await world.drain();

    expect(String(world.bot.calls.at(-1)?.file?.bytes)).toBe('one');
    expect(String(await bytesAt(body.contentUri))).toBe('one');
  });

  test('may be sent in the month after', () => {
    const lastOfMonth = Date.UTC(2026, 9, 31, 23, 50);
    expect(uploadKeys({ account: 'a', file: 'f', name: 'n' }, lastOfMonth + 3_600_000)).toEqual([
      'up/a/2026-11/f/n',
      'up/a/2026-10/f/n',
    ]);
  });

  test('belongs to its account', async () => {
    const other = await world.addAccount();
    const { body } = await takeUpload({ name: 'a.txt', size: 3 }, other.apiKey);
    await upload(Buffer.from('one'), other, body.contentUri);

    expect(await send('', { contentUri: body.contentUri })).toMatchObject({ status: 400 });
  });

  test.each([
    { name: 'no name', body: { name: '', size: 1 }, field: 'name' },
    { name: 'a long name', body: { name: 'x'.repeat(256), size: 1 }, field: 'name' },
    { name: 'no size', body: { name: 'a' }, field: 'size' },
    { name: 'nothing in it', body: { name: 'a', size: 0 }, field: 'size' },
    { name: 'half a byte', body: { name: 'a', size: 1.5 }, field: 'size' },
    { name: 'more than 50 MB', body: { name: 'a', size: 50 * MIB + 1 }, field: 'size' },
    { name: 'a type that is none', body: { name: 'a', size: 1, type: 'picture' }, field: 'type' },
    { name: 'a type that breaks a header', body: { name: 'a', size: 1, type: 'a/b;\r\nx: y' }, field: 'type' },
  ])('is refused with $name', async ({ body, field }) => {
    const refused = { error: 'INVALID_REQUEST', data: { fields: [field] } };
    expect(await takeUpload(body)).toMatchObject({ status: 400, body: refused });
  });
});

test('an upload may take longer than another call', async () => {
  await send('/photo');
  world.bot.answerNext('sendPhoto', { status: 200, body: {}, hang: true });
  const before = world.bot.calls.length;
  const drained = world.drain();
  while (world.bot.calls.length === before) await new Promise((resolve) => setTimeout(resolve, 1));

  world.clock.advance(CALL_MS);
  const first = await Promise.race([
    drained.then(() => 'ended'),
    new Promise((resolve) => setTimeout(resolve, 50, 'goes on')),
  ]);
  world.clock.advance(FILE_CALL_MS - CALL_MS);
  await drained;

  expect(first).toBe('goes on');
  expect(await newest()).toEqual(expect.not.objectContaining({ status: 'sent' }));
  expect(world.later).toHaveLength(1);
});
