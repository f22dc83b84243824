import { createBells } from '#aws/bells';
import { createCallingFetch } from '#aws/calling-fetch';
import { createCipher } from '#aws/cipher';
import { createListener } from '#aws/listener';
import { log } from '#aws/log';
import { readPublicUrl } from '#aws/public-url';
import { createStorePlatform } from '#aws/store-platform';
import { createDeps } from './deps.ts';
import { createHandler } from './handler.ts';

const platform = {
  ...createStorePlatform(),
  publicUrl: readPublicUrl(),
  fetch: createCallingFetch(),
  cipher: createCipher(),
  bells: createBells('lanes', 'slowLanes', 'events', 'slowEvents', 'crm', 'news', 'tasks'),
  log,
};
const deps = createDeps(platform);
export const handler = createListener(createHandler(deps));
