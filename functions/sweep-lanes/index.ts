import { createLaneBells } from '#aws/bells';
import { createStoreDeps } from '#aws/store-deps';
import { createOutbox } from '#store/outbox';
import { createHandler } from './handler.ts';

export const handler = createHandler({
  ...createLaneBells(),
  outbox: createOutbox(createStoreDeps('outbox')),
});
