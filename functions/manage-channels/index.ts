import { randomUUID } from 'node:crypto';
import { createCipher } from '#aws/cipher';
import { log } from '#aws/log';
import { createStoreDeps } from '#aws/store-deps';
import { createMessengers } from '#channels/registry';
import { createAccounts } from '#store/accounts';
import { createOpenChannels } from '#store/channels';
import { createHandler } from './handler.ts';

const deps = { ...createStoreDeps('settings'), newId: randomUUID };

export const handler = createHandler({
  ...deps,
  ...createMessengers(),
  accounts: createAccounts(deps),
  channels: createOpenChannels({ ...deps, cipher: createCipher() }),
  log,
});
