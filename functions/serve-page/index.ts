import { join } from 'node:path';
import { log } from '#aws/log';
import { createPlacesAt } from '#aws/page-places';
import { createStorePlatform } from '#aws/store-platform';
import { PAGE_FOLDER } from '#lib/page-manifest';
import { createDeps } from './deps.ts';
import { createHandler } from './handler.ts';
import { openPageFiles } from './page-files.ts';

const platform = {
  ...createStorePlatform(),
  page: openPageFiles(join(import.meta.dirname, PAGE_FOLDER)),
  placesAt: createPlacesAt(),
  log,
};
const deps = createDeps(platform);
export const handler = createHandler(deps);
