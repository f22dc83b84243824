import { createCallingFetch } from '#aws/calling-fetch';
import { createCipher } from '#aws/cipher';
import { log } from '#aws/log';
import { createStorePlatform } from '#aws/store-platform';
import { createDeps } from './deps.ts';
import { createHandler } from './handler.ts';

const platform = { ...createStorePlatform(), cipher: createCipher(), fetch: createCallingFetch(), log };
const deps = createDeps(platform);
export const handler = createHandler(deps);
