import { afterEach, expect, test, vi } from 'vitest';
import { createPlacesAt } from '#aws/page-places';
import { createS3Blobs } from '#aws/s3-blobs';
import { contentPolicy } from '#functions/serve-page/policy';
import { FILES_BUCKET_VARIABLE, PUBLIC_URL_VARIABLE } from '#lib/variable-names';
import { newKey } from '#test/media/blob-contract';

afterEach(() => vi.unstubAllEnvs());

test('the page may put files into the bucket, and show those that are answered from there', async () => {
  vi.stubEnv(FILES_BUCKET_VARIABLE, 'files');
  vi.stubEnv('AWS_REGION', 'eu-central-1');
  vi.stubEnv(PUBLIC_URL_VARIABLE, 'https://chats.example.com');
  const keys = () => ({ accessKeyId: 'test', secretAccessKey: 'test' });
  const blobs = createS3Blobs({ bucket: 'files', region: 'eu-central-1', keys });
  const about = { type: 'image/png', size: 5_000_000 };

  const { url, headers } = await blobs.uploadTo(newKey(), about, 60);
  const policy = contentPolicy(createPlacesAt()(), []);

  for (const directive of ['connect-src', 'img-src', 'media-src']) {
    const [, places] = new RegExp(`${directive} ([^;]*)`).exec(policy) ?? [];
    expect(places?.split(' '), directive).toContain(new URL(url).origin);
    expect(places?.split(' '), directive).toContain('https://chats.example.com');
  }
  // lib/konvert-files.ts: the bucket takes `content-*` from pages, and tells nobody of other headers.
  for (const name of Object.keys(headers)) expect(name).toMatch(/^content-/);
});
