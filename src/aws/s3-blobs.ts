import { setTimeout as sleep } from 'node:timers/promises';
import { AwsClient } from 'aws4fetch';
import { type BucketPlace, bucketUrl } from '#aws/bucket-url';
import type { BlobStore } from '#media/blob-store';
import { segmentsOfKey } from '#media/file-key';
import { shownAs } from '#media/shown-type';
import { spool } from '#media/spool';

/** What a bucket is reached with. */
export interface S3Options extends BucketPlace {
  /** The credentials. Asked for once, at the first call. */
  readonly keys: () => S3Keys;
}

/** Credentials of AWS. */
export interface S3Keys {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string | undefined;
}

const CALL_MS = 50_000;
const RETRIES = 2;
/** How often a put waits for another one of the same key, and how long at first. */
const MOST_CONFLICTS = 5;
const CONFLICT_MS = 100;
const SHA256 = 'x-amz-meta-sha256';

/**
 * Files in a bucket. A client of 7 KB does it, because the SDK's would add 0.2 s to each start (ADR 43).
 * https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutObject.html
 */
export function createS3Blobs({ bucket, region, keys, endpoint }: S3Options): BlobStore {
  const base = bucketUrl({ bucket, region, endpoint });
  const urlOf = (key: string) => new URL(`${base}/${segmentsOfKey(key).map(encodeURIComponent).join('/')}`);

  let made: AwsClient | undefined;
  function client(): AwsClient {
    const { sessionToken, ...pair } = keys();
    made ??= new AwsClient({ ...pair, region, service: 's3', retries: RETRIES, ...(sessionToken && { sessionToken }) });
    return made;
  }

  async function call(key: string, init: RequestInit, ...expected: readonly number[]): Promise<Response> {
    // Only the answer has to come in time: a large file is read for as long as its reader takes.
    const late = new AbortController();
    const timer = setTimeout(() => late.abort(new DOMException('No answer in time', 'TimeoutError')), CALL_MS);
    const response = await client()
      .fetch(urlOf(key), { ...init, signal: late.signal })
      .finally(() => clearTimeout(timer));
    if (expected.includes(response.status)) return response;
    await response.body?.cancel();
    // The code of S3 is in a body that may quote the key, so only the status is told.
    throw Object.assign(new Error('The bucket refused a call'), { code: `S3_${response.status}` });
  }

  /** 412: it is there. While another put of it is under way, S3 answers 409, which says nothing yet. */
  async function putOnce(key: string, init: RequestInit): Promise<number> {
    for (let conflicts = 0; conflicts < MOST_CONFLICTS; conflicts += 1) {
      const { status, body } = await call(key, init, 200, 409, 412);
      await body?.cancel();
      if (status !== 409) return status;
      await sleep(CONFLICT_MS * 2 ** conflicts);
    }
    return (await call(key, init, 200, 412)).status;
  }

  /** An address that needs no key. It is good for that long, with these headers. */
  async function presign(url: URL, seconds: number, init: { method: string; headers?: Record<string, string> }) {
    url.searchParams.set('X-Amz-Expires', String(seconds));
    const { url: signed } = await client().sign(url, { ...init, aws: { signQuery: true, allHeaders: true } });
    return signed;
  }

  return {
    async put(key, body, { type, disposition, maxBytes }) {
      const { blob, size, sha256, drop } = await spool(body, maxBytes);
      try {
        const headers = {
          'content-type': type,
          'content-disposition': disposition,
          'x-amz-content-sha256': sha256,
          [SHA256]: sha256,
          // https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-writes.html
          'if-none-match': '*',
        };
        if ((await putOnce(key, { method: 'PUT', headers, body: blob })) === 200) return { size, sha256 };
        const there = await call(key, { method: 'HEAD' }, 200);
        return { size: Number(there.headers.get('content-length')), sha256: there.headers.get(SHA256) ?? sha256 };
      } finally {
        await drop();
      }
    },

    async get(key, range) {
      const headers: Record<string, string> = range ? { range: `bytes=${range.from}-${range.to ?? ''}` } : {};
      const response = await call(key, { headers }, 200, 206, 404, 416);
      if (response.status === 416) throw new RangeError('The range lies behind the file');
      if (response.status === 404 || !response.body) return undefined;
      const whole = /\/(\d+)$/.exec(response.headers.get('content-range') ?? '')?.[1];
      return {
        body: response.body,
        size: Number(whole ?? response.headers.get('content-length')),
        type: response.headers.get('content-type') ?? '',
      };
    },

    async linkTo(key, _name, seconds) {
      return presign(urlOf(key), seconds, { method: 'GET' });
    },

    async uploadTo(key, { type, size }, seconds) {
      // What the uploader says of it is stored with it, and a browser that reads it from the bucket would believe it.
      const shown = shownAs(type, segmentsOfKey(key).at(-1) ?? '');
      const headers = { 'content-type': shown.type, 'content-disposition': shown.disposition };
      const signed = { ...headers, 'content-length': String(size) };
      return { url: await presign(urlOf(key), seconds, { method: 'PUT', headers: signed }), headers };
    },

    async remove(key) {
      await call(key, { method: 'DELETE' }, 204, 404);
    },
  };
}
