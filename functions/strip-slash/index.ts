import { log } from '#aws/log';
import { createPass } from '#aws/pass';
import { compatibleFunctions } from '#lib/routes';
import { createDeps } from './deps.ts';
import { createHandler } from './handler.ts';

const platform = { pass: createPass(compatibleFunctions), log };
const deps = createDeps(platform);
export const handler = createHandler(deps);
