import { createLaneBells } from '#aws/bells';
import { createListener } from '#aws/listener';
import { createStoreDeps } from '#aws/store-deps';
import { createChannels } from '#store/accounts/channels';
import { createMessages } from '#store/chats/messages';
import { createOutbox } from '#store/outbox/outbox';
import { createHandler } from './handler.ts';

const deps = createStoreDeps('messages', 'settings', 'outbox');

export const handler = createListener(
  createHandler({
    ...createLaneBells(),
    messages: createMessages(deps),
    channels: createChannels(deps),
    outbox: createOutbox(deps),
  }),
);
