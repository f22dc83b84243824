import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { createS3Blobs } from '#aws/s3-blobs';
import { inPieces, newKey, sha256 } from '#test/media/blob-contract';

/** A bucket that answers puts with these statuses, one after the other, and then says that `there` is there. */
async function bucketThatAnswers(statuses: number[], there: Buffer) {
  const server = createServer((request, response) => {
    request.resume();
    const headers = { 'content-length': there.length, 'x-amz-meta-sha256': sha256(there) };
    if (request.method === 'HEAD') response.writeHead(200, headers).end();
    else request.on('end', () => response.writeHead(statuses.shift() ?? 500).end());
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const keys = () => ({ accessKeyId: 'test', secretAccessKey: 'test' });
  return createS3Blobs({ bucket: 'files', region: 'us-east-1', endpoint, keys });
}

const ABOUT = { type: 'image/png', disposition: 'inline', maxBytes: 100 };

test.each([
  { name: 'has won', statuses: [409, 409, 412], kept: 'the other' },
  { name: 'has failed', statuses: [409, 200], kept: 'ours' },
])('a put waits for another one of the same key, which $name', async ({ statuses, kept }) => {
  const store = await bucketThatAnswers(statuses, Buffer.from('the other'));

  const facts = await store.put(newKey(), inPieces(Buffer.from('ours')), ABOUT);

  expect(facts).toEqual({ size: kept.length, sha256: sha256(Buffer.from(kept)) });
});

test('a put that the bucket refuses tells the status and not the key', async () => {
  const store = await bucketThatAnswers([403], Buffer.from('x'));
  const key = newKey();
  const error = await store.put(key, inPieces(Buffer.from('ours')), ABOUT).catch((thrown) => thrown);
  expect(error).toMatchObject({ code: 'S3_403' });
  expect(String(error)).not.toContain(key);
});
