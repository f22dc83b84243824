import { createBells } from '#aws/bells';
import { createCipher } from '#aws/cipher';
import { log } from '#aws/log';
import { createCallingMessengers } from '#aws/messengers';
import { createStorePlatform } from '#aws/store-platform';
import { createDeps } from './deps.ts';
import { createHandler } from './handler.ts';

const platform = {
  ...createStorePlatform(),
  ...createCallingMessengers(),
  bells: createBells('events'),
  cipher: createCipher(),
  publicUrl: process.env.PUBLIC_URL,
  log,
};
const deps = createDeps(platform);
export const handler = createHandler(deps);
