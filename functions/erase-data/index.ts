import { createBells } from '#aws/bells';
import { createBlobs } from '#aws/blobs';
import { createCipher } from '#aws/cipher';
import { createCallingCrms } from '#aws/crms';
import { createListener } from '#aws/listener';
import { log } from '#aws/log';
import { createCallingMessengers } from '#aws/messengers';
import { createStorePlatform } from '#aws/store-platform';
import { createDeps } from './deps.ts';
import { createHandler } from './handler.ts';

const platform = {
  ...createStorePlatform(),
  ...createCallingMessengers(),
  ...createCallingCrms(),
  bells: createBells('erasures', 'tasks', 'failedChats'),
  cipher: createCipher(),
  blobs: createBlobs(),
  log,
};
const deps = createDeps(platform);
export const handler = createListener(createHandler(deps));
