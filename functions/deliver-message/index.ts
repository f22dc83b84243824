import { randomUUID } from 'node:crypto';
import { createLaneBells } from '#aws/bells';
import { createCipher } from '#aws/cipher';
import { log } from '#aws/log';
import { createStoreDeps } from '#aws/store-deps';
import { createMessengers } from '#channels/registry';
import { createOpenChannels } from '#store/channels';
import { createMessages } from '#store/messages';
import { createOutbox } from '#store/outbox';
import { createHandler } from './handler.ts';

const deps = createStoreDeps('messages', 'settings', 'outbox');

export const handler = createHandler({
  ...deps,
  ...createMessengers(),
  ...createLaneBells(),
  outbox: createOutbox(deps),
  messages: createMessages(deps),
  channels: createOpenChannels({ ...deps, cipher: createCipher() }),
  newId: randomUUID,
  log,
});
