import type { FunctionDefinition } from '#lib/functions';

/** Holds the id of the key that seals the secrets of channels. */
export const SECRETS_KEY_VARIABLE = 'SECRETS_KEY_ID';

const queueVariables = {
  lanes: 'LANES_QUEUE_URL',
  tasks: 'TASKS_QUEUE_URL',
  failedChats: 'FAILED_CHATS_QUEUE_URL',
} as const;

/** A queue that functions send to. */
export type QueueName = keyof typeof queueVariables;

/** The variable that holds the name of a table, by the table's id. */
export function tableVariable(id: string): string {
  return `${id.toUpperCase()}_TABLE`;
}

/** The variable that holds the address of a queue. */
export function queueVariable(name: QueueName): string {
  return queueVariables[name];
}

/** The variables in which a function is told where its tables, queues and key are. */
export function variablesOf({ tables, sendsTo = [], secrets = [] }: FunctionDefinition): string[] {
  const ids = Object.keys(tables).map((place) => place.split('/')[0] ?? '');
  return [
    ...new Set(ids.map(tableVariable)),
    ...sendsTo.map(queueVariable),
    ...(secrets.length > 0 ? [SECRETS_KEY_VARIABLE] : []),
  ];
}
