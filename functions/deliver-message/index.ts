import { randomUUID } from 'node:crypto';
import { createLaneBells } from '#aws/bells';
import { createCipher } from '#aws/cipher';
import { createListener } from '#aws/listener';
import { log } from '#aws/log';
import { createCallingMessengers } from '#aws/messengers';
import { createStoreDeps } from '#aws/store-deps';
import { createOpenChannels } from '#store/accounts/channels';
import { createConnections } from '#store/accounts/connections';
import { createMessages } from '#store/chats/messages';
import { createOutbox } from '#store/outbox/outbox';
import { createHandler } from './handler.ts';

const deps = createStoreDeps('messages', 'settings', 'outbox');

export const handler = createListener(
  createHandler({
    ...deps,
    ...createCallingMessengers(),
    ...createLaneBells(),
    outbox: createOutbox(deps),
    messages: createMessages(deps),
    channels: createOpenChannels({ ...deps, cipher: createCipher() }),
    connections: createConnections(deps),
    newId: randomUUID,
    log,
  }),
);
