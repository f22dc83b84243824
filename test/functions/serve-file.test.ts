import { createHash, randomBytes } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { fileKey } from '#media/file-key';
import { newFileId } from '#media/new-file-id';
import { createFiles } from '#store/files/files';
import { inPieces } from '#test/media/blob-contract';
import { type Answer, createWorld, messageOf, OPERATOR_KEY, type World } from '#test/world';

let world: World;

beforeEach(async () => {
  world = await createWorld();
});

afterEach(() => world.stop());

const BYTES = Buffer.from('0123456789');

/** Puts a file, as the function that stores files does. Answers with its address. */
async function put(bytes: Uint8Array, { type = 'image/png', name = 'a.png' }: { type?: string; name?: string } = {}) {
  const { accountId: account } = world.account;
  const file = newFileId();
  const key = fileKey({ direction: 'in', account, at: world.clock.now(), file, name });
  const facts = await world.blobs.put(key, inPieces(bytes), { type, disposition: '', maxBytes: bytes.length });
  const place = { account, chat: 'c', fact: 'k', part: 0 };
  await files().putStored({ file, name, ...place }, { ...facts, type, key });
  return { file, key, path: `/files/${file}/${encodeURIComponent(name)}` };
}

function files() {
  return createFiles(world.deps);
}

async function wanted(name = 'a.png') {
  const file = newFileId();
  const { accountId: account } = world.account;
  await files().putWanted({ file, name, account, chat: `${world.channel.channelId}#telegram#1`, fact: '0', part: 0 });
  return { file, path: `/files/${file}/${name}` };
}

function read(path: string, headers: Record<string, string> = {}, method = 'GET'): Promise<Answer> {
  return world.call(method, path, { headers });
}

describe('a part of a file', () => {
  const REFUSED = 'RANGE_NOT_SATISFIABLE';
  test.each([
    ['bytes=0-0', 206, '0', 'bytes 0-0/10'],
    ['bytes=2-4', 206, '234', 'bytes 2-4/10'],
    ['bytes=7-', 206, '789', 'bytes 7-9/10'],
    ['bytes=7-99999999999999999999', 206, '789', 'bytes 7-9/10'],
    ['bytes=-3', 206, '789', 'bytes 7-9/10'],
    ['bytes=-99', 206, '0123456789', 'bytes 0-9/10'],
    ['bytes = 1 - 2', 206, '12', 'bytes 1-2/10'],
    ['bytes=10-', 416, REFUSED, 'bytes */10'],
    ['bytes=-0', 416, REFUSED, 'bytes */10'],
    ['bytes=99999999999999999999-', 416, REFUSED, 'bytes */10'],
    ['bytes=4-2', 200, '0123456789', undefined],
    ['bytes=1-2,5-6', 200, '0123456789', undefined],
    ['bytes=-', 200, '0123456789', undefined],
    ['lines=1-2', 200, '0123456789', undefined],
    ['bytes=1e0-2', 200, '0123456789', undefined],
    ['', 200, '0123456789', undefined],
  ])('%j is answered with %i', async (range, status, text, contentRange) => {
    const { path } = await put(BYTES);
    const answer = await read(path, { range });
    expect(answer.status).toBe(status);
    expect(answer.text).toContain(text);
    expect(answer.headers['content-range']).toBe(contentRange);
  });

  test('of another file than the one that was read before is all of it', async () => {
    const { path } = await put(BYTES);
    const { etag } = (await read(path)).headers as { etag: string };
    expect((await read(path, { range: 'bytes=1-2', 'if-range': etag })).text).toBe('12');
    expect((await read(path, { range: 'bytes=1-2', 'if-range': '"other"' })).text).toBe('0123456789');
  });

  test('of an empty file is not there', async () => {
    const { path } = await put(Buffer.alloc(0));
    expect((await read(path, { range: 'bytes=0-' })).status).toBe(416);
    expect((await read(path)).bytes.length).toBe(0);
  });
});

describe('a file', () => {
  test('is told by HEAD as by GET, without its bytes', async () => {
    const { path } = await put(BYTES);
    const [head, get] = [await read(path, {}, 'HEAD'), await read(path)];
    expect(head.bytes.length).toBe(0);
    const { 'trace-id': _, ...headers } = get.headers;
    expect(head).toMatchObject({ status: 200, headers: { ...headers, 'content-length': '10' } });
  });

  test('that the caller has is not sent again', async () => {
    const { path } = await put(BYTES);
    const { etag } = (await read(path)).headers as { etag: string };
    expect(etag).toBe(`"${createHash('sha256').update(BYTES).digest('hex')}"`);
    const answer = await read(path, { 'if-none-match': etag });
    expect([answer.status, answer.bytes.length]).toEqual([304, 0]);
  });

  test('is found by its id, whatever name stands behind it', async () => {
    const { file } = await put(BYTES, { name: 'Счёт.png' });
    const answer = await read(`/files/${file}/other.html`);
    expect(answer.headers).toMatchObject({
      'content-type': 'image/png',
      'content-disposition': "inline; filename*=UTF-8''%D0%A1%D1%87%D1%91%D1%82.png",
    });
  });

  test.each([
    ['image/jpeg', 'inline'],
    ['image/gif', 'inline'],
    ['image/webp', 'inline'],
    ['audio/ogg; codecs=opus', 'inline'],
    ['audio/mpeg', 'inline'],
    ['video/mp4', 'inline'],
    ['video/webm', 'inline'],
    ['application/pdf', 'inline'],
    ['image/svg+xml', 'attachment'],
    ['image/tiff', 'attachment'],
    ['text/html', 'attachment'],
    ['text/plain', 'attachment'],
    ['application/xml', 'attachment'],
    ['video/quicktime', 'attachment'],
    ['application/zip', 'attachment'],
    ['image/png\r\nx: y', 'attachment'],
  ])('of type %j is %s', async (type, disposition) => {
    const { path } = await put(BYTES, { type });
    const { headers } = await read(path);
    expect(String(headers['content-disposition'])).toMatch(new RegExp(`^${disposition};`));
    expect(headers['content-type']).toBe(disposition === 'inline' ? type.split(';')[0] : 'application/octet-stream');
  });

  test.each(['a"b.png', "a'b(c)*.png", 'a\r\nset-cookie: x.png', '%00.png', 'a;b.png'])(
    'of the name %j writes no header of its own',
    async (name) => {
      const { file } = await put(BYTES, { name });
      const { headers } = await read(`/files/${file}/x`);
      expect(headers['content-disposition']).toMatch(/^inline; filename\*=UTF-8''[\w%.~!-]+$/);
    },
  );

  test('is kept by browsers for an hour, and by nothing on the way', async () => {
    const { path } = await put(BYTES);
    expect((await read(path)).headers).toMatchObject({ 'cache-control': 'private, max-age=3600, immutable' });
  });

  test('of up to 4 MB is answered whole; a larger one leads to where it lies, if that can be reached', async () => {
    const small = await put(randomBytes(4_000_000));
    expect((await read(small.path)).bytes.length).toBe(4_000_000);
    const bytes = randomBytes(4_000_001);
    const { path, key } = await put(bytes);
    // On a machine without a public address.
    expect((await read(path)).bytes.equals(bytes)).toBe(true);
    expect((await read(path, { range: 'bytes=4000000-' })).bytes.equals(bytes.subarray(-1))).toBe(true);
    const links: unknown[] = [];
    world.blobs.linkTo = async (...given) => {
      links.push(given);
      return 'https://bucket.example/signed';
    };
    const answer = await read(path, { range: 'bytes=1-2' });
    expect(answer).toMatchObject({ status: 302, headers: { location: 'https://bucket.example/signed' } });
    expect(answer.headers['cache-control']).toBe('no-store');
    expect(links).toEqual([[key, 'a.png', 900]]);
    await world.blobs.remove(key);
    expect(await read(path)).toMatchObject({ status: 410, body: { error: 'FILE_GONE' } });
  });

  test('whose bytes are not kept any more is gone', async () => {
    const { path, key } = await put(BYTES);
    await world.blobs.remove(key);
    expect(await read(path)).toMatchObject({ status: 410, body: { error: 'FILE_GONE' } });
  });

  test.each(['refused', 'gone'] as const)('that is %s is told in words', async (state) => {
    const { file, path } = await wanted();
    await files().setLost(file, state, 'It has more than 50000000 bytes');
    const body = { error: 'FILE_GONE', description: 'It has more than 50000000 bytes' };
    expect(await read(path)).toMatchObject({ status: 410, body });
  });

  test('that is on its way rings, and is asked for again in a moment', async () => {
    const { text: _text, ...message } = messageOf(1, '', 7, world.clock.now());
    const photo = [{ file_id: 'not-there', file_unique_id: 'u', width: 1, height: 1 }];
    await world.webhook({ update_id: 7, message: { ...message, photo } });
    await world.drain();
    const path = new URL((await world.history(1)).messages[0]!.contentUri!).pathname;
    const file = path.split('/')[2]!;
    const asked = () => world.bot.calls.filter(({ method }) => method === 'getFile').length;
    const before = asked();
    const answer = await read(path);
    expect(asked()).toBe(before + 1);
    expect(answer).toMatchObject({ status: 503, headers: { 'retry-after': '2', 'cache-control': 'no-store' } });
    expect(answer.body).toMatchObject({ error: 'FILE_NOT_READY' });
    expect(JSON.stringify(world.logs)).not.toContain(file);
  });
});

describe('nobody learns anything of', () => {
  test.each(['x', '', 'a'.repeat(26), 'a'.repeat(27), 'a'.repeat(28), '../../../../etc/passwd', 'ü'.repeat(27)])(
    'a file that is not there: %j',
    async (id) => {
      if (id === '') return;
      const answer = await read(`/files/${encodeURIComponent(id)}/a.png`);
      expect(answer).toMatchObject({ status: 404, body: { error: 'FILE_NOT_FOUND' } });
    },
  );

  test('the files of an account that is disabled', async () => {
    const { path } = await put(BYTES);
    expect((await read(path)).status).toBe(200);
    const enable = (enabled: boolean) =>
      world.call('PATCH', `/v1/accounts/${world.account.accountId}`, { key: OPERATOR_KEY, body: { enabled } });
    await enable(false);
    expect(await read(path)).toMatchObject({ status: 404, body: { error: 'FILE_NOT_FOUND' } });
    await enable(true);
    expect((await read(path)).status).toBe(200);
  });

  test('the files of an account that is no more', async () => {
    const file = newFileId();
    await files().putWanted({ file, name: 'a', account: 'nobody', chat: 'c', fact: 'k', part: 0 });
    expect(await read(`/files/${file}/a`)).toMatchObject({ status: 404, body: { error: 'FILE_NOT_FOUND' } });
  });
});
