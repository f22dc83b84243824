import { keysOfFunction } from '#aws/function-keys';
import { createS3Blobs } from '#aws/s3-blobs';
import { readVariables } from '#aws/variables';
import { FILES_BUCKET_VARIABLE } from '#lib/variable-names';
import type { BlobStore } from '#media/blob-store';

/** The bucket of this deployment, with the rights of the function. Throws at start if the environment does not name it. */
export function createBlobs(): BlobStore {
  const { AWS_REGION: region, [FILES_BUCKET_VARIABLE]: bucket } = readVariables(FILES_BUCKET_VARIABLE, 'AWS_REGION');
  const endpoint = process.env.AWS_ENDPOINT_URL_S3 ?? process.env.AWS_ENDPOINT_URL;
  return createS3Blobs({ bucket, region, endpoint, keys: keysOfFunction });
}
