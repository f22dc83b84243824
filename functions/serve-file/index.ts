import { createBells } from '#aws/bells';
import { createBlobs } from '#aws/blobs';
import { log } from '#aws/log';
import { createStorePlatform } from '#aws/store-platform';
import { createDeps } from './deps.ts';
import { createHandler } from './handler.ts';

const platform = { ...createStorePlatform(), blobs: createBlobs(), bells: createBells('files'), log };
const deps = createDeps(platform);
export const handler = createHandler(deps);
