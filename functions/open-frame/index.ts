import { createCipher } from '#aws/cipher';
import { createCallingCrms } from '#aws/crms';
import { log } from '#aws/log';
import { createStorePlatform } from '#aws/store-platform';
import { createDeps } from './deps.ts';
import { createHandler } from './handler.ts';

const platform = {
  ...createStorePlatform(),
  ...createCallingCrms(),
  cipher: createCipher(),
  publicUrl: process.env.PUBLIC_URL,
  log,
};
const deps = createDeps(platform);
export const handler = createHandler(deps);
