import { randomUUID } from 'node:crypto';
import { createTaskBells } from '#aws/bells';
import { log } from '#aws/log';
import { createStoreDeps } from '#aws/store-deps';
import { createAssign } from '#functions/assign-contact/handler';
import { createAssignments } from '#store/assignments';
import { createOwnership } from '#store/ownership';
import { createHandler } from './handler.ts';

const deps = {
  ...createStoreDeps('addresses', 'assignments', 'chats', 'directory', 'outbox', 'settings'),
  newId: randomUUID,
};
const ownership = { ...createOwnership(deps), assignments: createAssignments(deps) };

export const handler = createHandler({ ...ownership, ...createTaskBells(), assign: createAssign(ownership), log });
