import { join } from 'node:path';
import { log } from '#aws/log';
import { openPageFiles } from '#functions/serve-page/page-files';
import { DOCS_FOLDER } from '#lib/page-manifest';
import { createDeps } from './deps.ts';
import { createHandler } from './handler.ts';

const platform = { docs: openPageFiles(join(import.meta.dirname, DOCS_FOLDER)), log };
const deps = createDeps(platform);
export const handler = createHandler(deps);
