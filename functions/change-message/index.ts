import { createBlobs } from '#aws/blobs';
import { createCallingFetch } from '#aws/calling-fetch';
import { createCipher } from '#aws/cipher';
import { log } from '#aws/log';
import { createCallingMessengers } from '#aws/messengers';
import { readPublicUrl } from '#aws/public-url';
import { createStorePlatform } from '#aws/store-platform';
import { createDeps } from './deps.ts';
import { createHandler } from './handler.ts';

const platform = {
  ...createStorePlatform(),
  ...createCallingMessengers(),
  cipher: createCipher(),
  fetch: createCallingFetch(),
  blobs: createBlobs(),
  publicUrl: readPublicUrl(),
  log,
};
const deps = createDeps(platform);
export const handler = createHandler(deps);
