import { createCipherLater } from '#aws/cipher-later';
import { createListener } from '#aws/listener';
import { log } from '#aws/log';
import { createStorePlatform } from '#aws/store-platform';
import { createDeps } from './deps.ts';
import { createHandler } from './handler.ts';

const platform = { ...createStorePlatform(), cipher: createCipherLater(), log };
const deps = createDeps(platform);
export const handler = createListener(createHandler(deps));
