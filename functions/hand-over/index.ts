import { createBells } from '#aws/bells';
import { createCipher } from '#aws/cipher';
import { log } from '#aws/log';
import { createStorePlatform } from '#aws/store-platform';
import { createDeps } from './deps.ts';
import { createHandler } from './handler.ts';

const platform = { ...createStorePlatform(), bells: createBells('crm', 'events'), cipher: createCipher(), log };
const deps = createDeps(platform);
export const handler = createHandler(deps);
