import { log } from '#aws/log';
import { createStorePlatform } from '#aws/store-platform';
import { createMessengers } from '#channels/registry/messengers';
import { createDeps } from './deps.ts';
import { createHandler } from './handler.ts';

const platform = { ...createStorePlatform(), ...createMessengers(), publicUrl: process.env.PUBLIC_URL, log };
const deps = createDeps(platform);
export const handler = createHandler(deps);
