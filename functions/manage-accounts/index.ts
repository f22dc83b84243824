import { randomUUID } from 'node:crypto';
import { log } from '#aws/log';
import { createStoreDeps } from '#aws/store-deps';
import { createAccounts } from '#store/accounts/accounts';
import { createHandler } from './handler.ts';

export const handler = createHandler({
  accounts: createAccounts({ ...createStoreDeps('settings'), newId: randomUUID }),
  log,
});
