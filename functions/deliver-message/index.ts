import { createBells } from '#aws/bells';
import { createBlobs } from '#aws/blobs';
import { createCipher } from '#aws/cipher';
import { createListener } from '#aws/listener';
import { log } from '#aws/log';
import { createCallingMessengers } from '#aws/messengers';
import { createStorePlatform } from '#aws/store-platform';
import { createDeps } from './deps.ts';
import { createHandler } from './handler.ts';

const platform = {
  ...createStorePlatform(),
  ...createCallingMessengers(),
  cipher: createCipher(),
  blobs: createBlobs(),
  bells: createBells('lanes', 'slowLanes', 'events', 'slowEvents', 'crm', 'news'),
  log,
};
const deps = createDeps(platform);
export const handler = createListener(createHandler(deps));
