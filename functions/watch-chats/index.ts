import { randomUUID } from 'node:crypto';
import { createLaneBells } from '#aws/bells';
import { createListener } from '#aws/listener';
import { log } from '#aws/log';
import { createStoreDeps } from '#aws/store-deps';
import { createFold } from '#flows/fold';
import { createChannels } from '#store/accounts/channels';
import { createRules } from '#store/accounts/settings';
import { createChats } from '#store/chats/chats';
import { createMessages } from '#store/chats/messages';
import { createWatch } from '#store/chats/watch';
import { createAddresses } from '#store/clients/addresses';
import { createOutbox } from '#store/outbox/outbox';
import { createTasks } from '#store/outbox/tasks';
import { createHandler } from './handler.ts';

const deps = createStoreDeps('messages', 'chats', 'addresses', 'settings', 'outbox');
const messages = createMessages(deps);
const channels = createChannels(deps);

export const handler = createListener(
  createHandler({
    ...deps,
    ...createLaneBells(),
    messages,
    channels,
    outbox: createOutbox(deps),
    tasks: createTasks({ ...deps, newId: randomUUID }),
    watch: createWatch(deps),
    foldChat: createFold({
      ...deps,
      messages,
      channels,
      chats: createChats(deps),
      addresses: createAddresses(deps),
      settings: createRules(deps),
    }),
    log,
  }),
);
