import { randomUUID } from 'node:crypto';
import { createCipher } from '#aws/cipher';
import { log } from '#aws/log';
import { createCallingMessengers } from '#aws/messengers';
import { createStoreDeps } from '#aws/store-deps';
import { createAccounts } from '#store/accounts/accounts';
import { createOpenChannels } from '#store/accounts/channels';
import { createConnections } from '#store/accounts/connections';
import { createHandler } from './handler.ts';

const deps = { ...createStoreDeps('settings'), newId: randomUUID };

export const handler = createHandler({
  ...deps,
  ...createCallingMessengers(),
  accounts: createAccounts(deps),
  connections: createConnections(deps),
  publicUrl: process.env.PUBLIC_URL,
  channels: createOpenChannels({ ...deps, cipher: createCipher() }),
  log,
});
