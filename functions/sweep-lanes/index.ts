import { randomUUID } from 'node:crypto';
import { createLaneBells, createTaskBells } from '#aws/bells';
import { createListener } from '#aws/listener';
import { createStoreDeps } from '#aws/store-deps';
import { createOutbox } from '#store/outbox/outbox';
import { createTasks } from '#store/outbox/tasks';
import { createHandler } from './handler.ts';

const deps = { ...createStoreDeps('outbox'), newId: randomUUID };

export const handler = createListener(
  createHandler({
    ...createLaneBells(),
    ...createTaskBells(),
    outbox: createOutbox(deps),
    tasks: createTasks(deps),
  }),
);
