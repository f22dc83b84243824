import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { decodeBody } from '#http/sent-body';

const JSON_TEXT = '{"name":"Анна 👋"}';
const BYTES = Buffer.from(JSON_TEXT);
const MIB = 1024 * 1024;

function decode(bytes: Uint8Array, encoding?: string, { type = 'application/json', asText = false } = {}): string {
  const body = Buffer.from(bytes);
  // A gateway that hands on a text loses what is no UTF-8.
  const sent = asText ? Buffer.from(body.toString()) : body;
  return decodeBody({
    bytes: sent,
    headers: { 'content-encoding': encoding, 'content-type': type },
    asText,
  }).toString();
}

test.each<[encoding: string | undefined, what: string, bytes: Uint8Array]>([
  [undefined, 'plain', BYTES],
  ['', 'plain', BYTES],
  ['identity', 'plain', BYTES],
  ['utf-8', 'plain: a charset in the wrong header', BYTES],
  ['UTF8', 'plain: a charset in the wrong header', BYTES],
  ['none', 'plain', BYTES],
  ['gzip', 'gzip', gzipSync(BYTES)],
  ['GZip', 'gzip', gzipSync(BYTES)],
  [' x-gzip ', 'gzip', gzipSync(BYTES)],
  ['gzip, identity', 'gzip', gzipSync(BYTES)],
  ['identity,gzip', 'gzip', gzipSync(BYTES)],
  ['gzip', 'gzip in two members', Buffer.concat([gzipSync(BYTES.subarray(0, 5)), gzipSync(BYTES.subarray(5))])],
  ['deflate', 'zlib', deflateSync(BYTES)],
  ['deflate', 'deflate without the header of zlib', deflateRawSync(BYTES)],
  ['br', 'brotli', brotliCompressSync(BYTES)],
  ['gzip, br', 'gzip, then brotli', brotliCompressSync(gzipSync(BYTES))],
  ['gzip', 'plain: a gateway has decoded it', BYTES],
  ['deflate', 'plain: a gateway has decoded it', BYTES],
  ['br', 'plain: a gateway has decoded it', BYTES],
  ['gzip, br', 'gzip: a gateway has decoded half of it', brotliCompressSync(BYTES)],
])('Content-Encoding: %s and a body that is %s', (encoding, _, bytes) => {
  expect(decode(bytes, encoding)).toBe(JSON_TEXT);
});

test('nothing is decoded if nothing was sent', () => {
  expect(decode(Buffer.alloc(0), 'gzip')).toBe('');
  expect(decode(Buffer.alloc(0), 'compress', { type: 'text/plain; charset=koi8-r' })).toBe('');
});

test('an empty body may be coded', () => {
  expect(decode(gzipSync(Buffer.alloc(0)), 'gzip')).toBe('');
});

const bomb = gzipSync(Buffer.alloc(64 * MIB, ' '));
const damaged = gzipSync(BYTES);
damaged[damaged.length - 6]! ^= 1;

test.each<[name: string, status: number, encoding: string, bytes: Uint8Array]>([
  ['a coding that nobody knows', 415, 'compress', BYTES],
  ['zstd', 415, 'zstd', BYTES],
  ['a list with an unknown coding', 415, 'gzip, aws-chunked', gzipSync(BYTES)],
  ['no coding at all', 415, '__proto__', BYTES],
  ['a name that is too long', 415, 'x'.repeat(8_000), BYTES],
  ['three codings', 415, 'gzip, gzip, gzip', gzipSync(gzipSync(gzipSync(BYTES)))],
  ['a thousand codings', 415, Array(1_000).fill('gzip').join(), gzipSync(BYTES)],
  ['a gzip bomb', 413, 'gzip', bomb],
  ['a gzip bomb in a gzip', 413, 'gzip, gzip', gzipSync(bomb)],
  ['a deflate bomb', 413, 'deflate', deflateSync(Buffer.alloc(64 * MIB, '['))],
  ['a bomb of raw deflate', 413, 'deflate', deflateRawSync(Buffer.alloc(64 * MIB, '['))],
  ['a brotli bomb', 413, 'br', brotliCompressSync(Buffer.alloc(64 * MIB, '['))],
  ['one byte too much', 413, 'gzip', gzipSync(Buffer.alloc(10 * MIB + 1, ' '))],
  ['a gzip that was cut', 400, 'gzip', gzipSync(BYTES).subarray(0, -9)],
  ['a gzip with a wrong checksum', 400, 'gzip', damaged],
  ['a gzip that is called brotli', 400, 'br', gzipSync(BYTES)],
  ['a deflate that is called gzip', 400, 'gzip', deflateSync(BYTES)],
  ['gzip coded once and named twice', 400, 'gzip, gzip', gzipSync(Buffer.from('x'))],
  ['noise', 400, 'gzip', Buffer.from('1f8b08ffffffff', 'hex')],
])('%s is a %i', (_, status, encoding, bytes) => {
  expect(() => decode(bytes, encoding)).toThrow(expect.objectContaining({ status }));
});

test('the longest body is read', () => {
  expect(decode(gzipSync(Buffer.alloc(10 * MIB, ' ')), 'gzip')).toHaveLength(10 * MIB);
});

test('a gzip that a gateway made a text of is a 415, because its bytes are lost', () => {
  expect(() => decode(gzipSync(BYTES), 'gzip', { asText: true })).toThrow(expect.objectContaining({ status: 415 }));
  expect(decode(BYTES, 'gzip', { asText: true })).toBe(JSON_TEXT);
});

const windows1251 = Buffer.from('7b226e616d65223a22c0edede0227d', 'hex');

test.each<[type: string, bytes: Uint8Array, asText: boolean, status?: number]>([
  ['application/json; charset=utf-8', BYTES, false],
  ['application/json;charset="UTF-8"', BYTES, true],
  ['application/json; charset=us-ascii', BYTES, false],
  ['application/json; charset=windows-1251', BYTES, false],
  ['application/json; charset=utf-16', BYTES, true],
  ['text/plain', BYTES, false],
  ['', BYTES, false],
  ['application/json; charset=windows-1251', windows1251, false, 415],
  ['application/json; charset=windows-1251', windows1251, true, 415],
  ['application/json; Charset=ISO-8859-1', windows1251, false, 415],
  ['application/json; charset=utf-16le', Buffer.from(JSON_TEXT, 'utf16le'), false, 415],
])('Content-Type: %s', (type, bytes, asText, status) => {
  const read = () => decode(bytes, undefined, { type, asText });

  if (status === undefined) expect(read()).toBe(JSON_TEXT);
  else expect(read).toThrow(expect.objectContaining({ status }));
});
