import { randomUUID } from 'node:crypto';
import { log } from '#aws/log';
import { createStoreDeps } from '#aws/store-deps';
import { createAssignments } from '#store/assignments';
import { createOwnership } from '#store/ownership';
import { createAssign, createHandler } from './handler.ts';

const deps = {
  ...createStoreDeps('addresses', 'assignments', 'chats', 'directory', 'outbox', 'settings'),
  newId: randomUUID,
};
const ownership = { ...createOwnership(deps), assignments: createAssignments(deps) };

export const handler = createHandler({ ...ownership, assign: createAssign(ownership), log });
