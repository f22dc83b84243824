import { createHash, randomBytes } from 'node:crypto';
import { setImmediate as turn } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { type BlobStore, TooLargeError } from '#media/blob-store';
import { fileKey } from '#media/file-key';
import { newFileId } from '#media/new-file-id';

const MB = 1024 * 1024;
const AT = Date.UTC(2026, 10, 29);
const ABOUT = { type: 'image/png', disposition: 'inline', maxBytes: 20 * MB };

/** The key of a new file. */
export function newKey(name = 'photo.png'): string {
  return fileKey({ direction: 'in', account: 'account-1', at: AT, file: newFileId(), name });
}

/** The bytes in pieces, as a network brings them. */
export async function* inPieces(bytes: Uint8Array, length = 60_000): AsyncGenerator<Uint8Array> {
  for (let from = 0; from < bytes.length; from += length) {
    await turn();
    yield bytes.subarray(from, from + length);
  }
}

export async function bytesOf(body: AsyncIterable<Uint8Array> | undefined): Promise<Buffer | undefined> {
  return body && Buffer.concat(await Array.fromAsync(body));
}

export function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** What every store of files promises. `send` is the `PUT` of an upload; it answers with the status. */
export function blobContract(storeOf: () => BlobStore): void {
  test.each([0, 1, 5 * MB, 5 * MB + 1, 12 * MB])('%i bytes come back as they were', async (size) => {
    const [store, key, bytes] = [storeOf(), newKey(), randomBytes(size)];
    expect(await store.put(key, inPieces(bytes), ABOUT)).toEqual({ size, sha256: sha256(bytes) });
    const read = await store.get(key);
    expect(read).toMatchObject({ size, type: 'image/png' });
    expect((await bytesOf(read?.body))?.equals(bytes)).toBe(true);
  });

  test('names in any letters, and with the marks of addresses, are kept apart', async () => {
    const store = storeOf();
    const names = ['Счёт №5.pdf', 'a+b&c=d %41?.txt', '照片.jpg', '../../x.png', '👍.gif', '', '...', 'é.png'];
    const keys = names.map((name) => newKey(name));
    for (const [index, key] of keys.entries()) await store.put(key, inPieces(Buffer.from(names[index]!)), ABOUT);
    for (const [index, key] of keys.entries()) {
      expect(String(await bytesOf((await store.get(key))?.body)), key).toBe(names[index]);
    }
  });

  test('the same key again changes nothing, and tells what is there', async () => {
    const [store, key] = [storeOf(), newKey()];
    const first = await store.put(key, inPieces(Buffer.from('first')), ABOUT);
    expect(await store.put(key, inPieces(Buffer.from('another one')), { ...ABOUT, type: 'image/gif' })).toEqual(first);
    const read = await store.get(key);
    expect([String(await bytesOf(read?.body)), read?.type]).toEqual(['first', 'image/png']);
  });

  test('writers of one key at once leave one whole file', async () => {
    const [store, key] = [storeOf(), newKey()];
    const bytes = Array.from({ length: 4 }, () => randomBytes(300_000));
    const put = (one: Buffer) => store.put(key, inPieces(one), ABOUT).catch(() => undefined);
    await Promise.all(bytes.map(put));
    const there = (await bytesOf((await store.get(key))?.body))!;
    expect(bytes.some((one) => one.equals(there))).toBe(true);
  });

  test('what is too large, or breaks off, is not there at all', async () => {
    const store = storeOf();
    const [large, broken, fits] = [newKey(), newKey(), newKey()];
    const limit = { ...ABOUT, maxBytes: 6 * MB };
    await expect(store.put(large, inPieces(randomBytes(6 * MB + 1)), limit)).rejects.toThrow(TooLargeError);
    await store.put(fits, inPieces(randomBytes(6 * MB)), limit);
    const breaks = async function* () {
      yield* inPieces(randomBytes(6 * MB));
      throw new Error('The line is dead');
    };
    await expect(store.put(broken, breaks(), ABOUT)).rejects.toThrow('The line is dead');
    expect([await store.get(large), await store.get(broken)]).toEqual([undefined, undefined]);
    expect(await store.get(fits)).toMatchObject({ size: 6 * MB });
  });

  test('a part is read by its bytes', async () => {
    const [store, key] = [storeOf(), newKey()];
    await store.put(key, inPieces(Buffer.from('0123456789')), ABOUT);
    const part = async (from: number, to?: number) => {
      const read = await store.get(key, { from, to });
      return [String(await bytesOf(read?.body)), read?.size];
    };
    expect(await part(0, 0)).toEqual(['0', 10]);
    expect(await part(3, 5)).toEqual(['345', 10]);
    expect(await part(7)).toEqual(['789', 10]);
    expect(await part(8, 100)).toEqual(['89', 10]);
    await expect(store.get(key, { from: 10 })).rejects.toThrow(RangeError);
  });

  test('what was removed, or never was, is undefined', async () => {
    const [store, key] = [storeOf(), newKey()];
    expect(await store.get(key)).toBeUndefined();
    expect(await store.get(key, { from: 0, to: 0 })).toBeUndefined();
    await store.remove(key);
    await store.put(key, inPieces(Buffer.from('x')), ABOUT);
    await store.remove(key);
    expect(await store.get(key)).toBeUndefined();
  });

  test.each([
    'in/a/b/c/..',
    '../a/b/c/d',
    'in/a/b/c',
    'in/a/b/c/d/e',
    'x/a/b/c/d',
    'in//b/c/d',
    'in/a/b/c/d\0',
    'in/a/b/c/.part',
    'in/a\\b/c/d/e',
  ])('no key leads elsewhere: %j', async (key) => {
    const store = storeOf();
    await expect(store.put(key, inPieces(Buffer.from('x')), ABOUT)).rejects.toThrow(TypeError);
    await expect(store.get(key)).rejects.toThrow(TypeError);
    await expect(store.remove(key)).rejects.toThrow(TypeError);
  });

  test('an upload takes exactly what was said, and is then a file like others', async () => {
    const [store, key, bytes] = [storeOf(), newKey(), randomBytes(70_000)];
    const { url, headers } = await store.uploadTo(key, { type: 'image/png', size: bytes.length }, 60);
    const send = async (body: Uint8Array, more = {}) =>
      (await fetch(url, { method: 'PUT', headers: { ...headers, ...more }, body: body as Uint8Array<ArrayBuffer> }))
        .status;
    expect(await send(bytes.subarray(1))).toBeGreaterThanOrEqual(400);
    expect(await send(Buffer.concat([bytes, bytes]))).toBeGreaterThanOrEqual(400);
    expect(await send(bytes, { 'content-type': 'text/html' })).toBeGreaterThanOrEqual(400);
    expect(await store.get(key)).toBeUndefined();
    expect(await send(bytes)).toBe(200);
    const read = await store.get(key);
    expect(read).toMatchObject({ size: bytes.length, type: 'image/png' });
    expect((await bytesOf(read?.body))?.equals(bytes)).toBe(true);
  });

  test('a link reads the file, and its parts, without any key, and ends in the name', async () => {
    const [store, key, bytes] = [storeOf(), newKey('Счёт.png'), randomBytes(70_000)];
    await store.put(key, inPieces(bytes), ABOUT);
    const link = (await store.linkTo(key, 'Счёт.png', 60))!;
    expect(decodeURIComponent(new URL(link).pathname)).toMatch(/\/Счёт\.png$/);
    const whole = await fetch(link, { redirect: 'error' });
    expect([whole.status, whole.headers.get('content-type')]).toEqual([200, 'image/png']);
    expect(Buffer.from(await whole.arrayBuffer()).equals(bytes)).toBe(true);
    const part = await fetch(link, { headers: { range: 'bytes=10-19' } });
    expect([part.status, part.headers.get('content-range')]).toEqual([206, 'bytes 10-19/70000']);
    expect(Buffer.from(await part.arrayBuffer()).equals(bytes.subarray(10, 20))).toBe(true);
  });

  test('a link that was changed reads nothing', async () => {
    const [store, key] = [storeOf(), newKey()];
    await store.put(key, inPieces(Buffer.from('x')), ABOUT);
    const link = new URL((await store.linkTo(key, 'photo.png', 60))!);
    const changed = link.href.replace(/[A-Za-z0-9](?=[^A-Za-z0-9]*$)/, (last) => (last === '0' ? '1' : '0'));
    const other = link.search === '' ? link.href.replace(/\.[\w-]+\//, '.AAAA/') : changed;
    expect((await fetch(other)).status).toBe(403);
  });
}
