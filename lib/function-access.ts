import type { QueueName } from '#lib/listeners';
import type { TableAccess } from '#lib/tables';

/** The queues of lanes. A lane tells in which of them it rings. */
export const laneQueues = [
  'lanes',
  'slowLanes',
  'events',
  'slowEvents',
  'crm',
  'news',
] as const satisfies readonly QueueName[];

/** The access that the flows in `src/flows/sight` need. */
export const follows = {
  accounts: ['BatchGetItem'],
  directory: ['GetItem', 'PutItem', 'UpdateItem', 'DeleteItem', 'ConditionCheckItem'],
  addresses: ['GetItem', 'BatchGetItem', 'UpdateItem', 'ConditionCheckItem'],
  chats: ['BatchGetItem', 'PutItem', 'UpdateItem', 'DeleteItem', 'ConditionCheckItem'],
  outbox: ['PutItem', 'UpdateItem', 'DeleteItem'],
} as const satisfies TableAccess;

/** The access that `createAssign` needs. */
export const assigns = {
  ...follows,
  dispensers: ['GetItem', 'UpdateItem'],
  assignments: ['PutItem'],
} as const satisfies TableAccess;

/** The access that `createFold` needs: a fold may find that two people are one, or who of the CRM's contacts writes. */
export const folds = {
  ...follows,
  accounts: ['GetItem', 'BatchGetItem'],
  directory: [...follows.directory, 'BatchGetItem'],
  messages: ['Query', 'BatchGetItem', 'PutItem', 'UpdateItem'],
  chats: ['GetItem', ...follows.chats],
  dispensers: ['UpdateItem'],
  assignments: ['PutItem'],
  waits: ['PutItem'],
} as const satisfies TableAccess;
