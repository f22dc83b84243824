import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createS3Blobs } from '#aws/s3-blobs';
import type { BlobStore } from '#media/blob-store';
import { type Engine, installEngine, startEngine } from '#test/deploy/engine';
import { blobContract, inPieces, newKey } from '#test/media/blob-contract';

const BUCKET = 'konvert-files';
/** MiniStack comes from PyPI. Without Python 3.10 the deploy test cannot run either. */
const installed = await installEngine().catch(() => undefined);

describe.skipIf(!installed)('a bucket', () => {
  let engine: Engine;
  let store: BlobStore;

  beforeAll(async () => {
    engine = await startEngine(installed!);
    await engine.call('s3', 'create_bucket', { Bucket: BUCKET });
    const keys = () => ({ accessKeyId: 'test', secretAccessKey: 'test' });
    store = createS3Blobs({ bucket: BUCKET, region: 'us-east-1', endpoint: engine.endpoint, keys });
  });

  afterAll(() => engine?.stop());

  blobContract(() => store);

  test('its objects say how they are shown', async () => {
    const key = newKey();
    const about = { type: 'image/png', disposition: "inline; filename*=UTF-8''a.png", maxBytes: 10 };
    const { sha256 } = await store.put(key, inPieces(Buffer.from('x')), about);
    const head = await engine.call('s3', 'head_object', { Bucket: BUCKET, Key: key });
    expect(head).toMatchObject({
      ContentType: 'image/png',
      ContentDisposition: "inline; filename*=UTF-8''a.png",
      Metadata: { sha256 },
    });
  });
});
