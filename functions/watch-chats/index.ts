import { randomUUID } from 'node:crypto';
import { createLaneBells } from '#aws/bells';
import { createListener } from '#aws/listener';
import { log } from '#aws/log';
import { createStoreDeps } from '#aws/store-deps';
import { createAddresses } from '#store/addresses';
import { createChannels } from '#store/channels';
import { createChats } from '#store/chats';
import { createFold } from '#store/fold';
import { createMessages } from '#store/messages';
import { createOutbox } from '#store/outbox';
import { createRules } from '#store/settings';
import { createTasks } from '#store/tasks';
import { createWatch } from '#store/watch';
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
