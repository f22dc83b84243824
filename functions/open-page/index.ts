import { createCipher } from '#aws/cipher';
import { createDoorbells } from '#aws/doorbells';
import { log } from '#aws/log';
import { readPublicUrl } from '#aws/public-url';
import { createStorePlatform } from '#aws/store-platform';
import { createDeps } from './deps.ts';
import { createHandler } from './handler.ts';

const platform = {
  ...createStorePlatform(),
  cipher: createCipher(),
  publicUrl: readPublicUrl(),
  doorbells: createDoorbells(),
  log,
};
const deps = createDeps(platform);
export const handler = createHandler(deps);
