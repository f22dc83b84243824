import { bucketUrl } from '#aws/bucket-url';
import { doorbellUrl } from '#aws/doorbell-url';
import { readPublicUrl } from '#aws/public-url';
import { readVariables } from '#aws/variables';
import { FILES_BUCKET_VARIABLE } from '#lib/variable-names';

/**
 * Tells what the page may reach beside its own origin: the addresses of files, which may have another host than the page,
 * the bucket of the large ones, and the doorbell if there is one. Throws at start if the environment does not name them.
 */
export function createPlacesAt() {
  const { AWS_REGION: region, [FILES_BUCKET_VARIABLE]: bucket } = readVariables(FILES_BUCKET_VARIABLE, 'AWS_REGION');
  const endpoint = process.env.AWS_ENDPOINT_URL_S3 ?? process.env.AWS_ENDPOINT_URL;
  const doorbell = doorbellUrl();
  const places = {
    files: [new URL(readPublicUrl()).origin, new URL(bucketUrl({ bucket, region, endpoint })).origin],
    doorbell: doorbell ? [new URL(doorbell).origin] : [],
  };
  return () => places;
}
