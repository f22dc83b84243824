import { log } from '#aws/log';
import { createDeps } from './deps.ts';
import { createHandler } from './handler.ts';

const platform = { log };
const deps = createDeps(platform);
export const handler = createHandler(deps);
