import { randomUUID } from 'node:crypto';
import { createLaneBells } from '#aws/bells';
import { log } from '#aws/log';
import { createStoreDeps } from '#aws/store-deps';
import { createAccounts } from '#store/accounts/accounts';
import { createMessages } from '#store/chats/messages';
import { createOutbox } from '#store/outbox/outbox';
import { createHandler } from './handler.ts';

const deps = { ...createStoreDeps('messages', 'settings', 'outbox'), newId: randomUUID };

export const handler = createHandler({
  ...createLaneBells(),
  accounts: createAccounts(deps),
  outbox: createOutbox(deps),
  messages: createMessages(deps),
  log,
});
