import { randomUUID } from 'node:crypto';
import { createTaskBells } from '#aws/bells';
import { createListener } from '#aws/listener';
import { log } from '#aws/log';
import { createStoreDeps } from '#aws/store-deps';
import { createAssign } from '#flows/assign';
import { createExplain } from '#flows/explain';
import { createAssignments } from '#store/clients/assignments';
import { createDispensers } from '#store/clients/dispensers';
import { createOwnership } from '#store/clients/ownership';
import { createHandler } from './handler.ts';

const deps = {
  ...createStoreDeps('addresses', 'assignments', 'chats', 'directory', 'dispensers', 'outbox', 'settings'),
  newId: randomUUID,
};
const ownership = createOwnership({ ...deps, explain: createExplain(createAssignments(deps)) });
const dispensers = createDispensers(deps);
const assign = createAssign({ ...deps, ...ownership, dispensers });

export const handler = createListener(createHandler({ ...ownership, ...createTaskBells(), assign, log }));
