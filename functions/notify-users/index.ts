import { createBells } from '#aws/bells';
import { createListener } from '#aws/listener';
import { createStorePlatform } from '#aws/store-platform';
import { createDeps } from './deps.ts';
import { createHandler } from './handler.ts';

const platform = { ...createStorePlatform(), bells: createBells('pushes') };
const deps = createDeps(platform);
export const handler = createListener(createHandler(deps));
