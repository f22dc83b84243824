import type { FunctionDefinition } from '#lib/function-definition';
import type { QueueName } from '#lib/listeners';

/** The variable that holds the id of the key that seals secrets. */
export const SECRETS_KEY_VARIABLE = 'SECRETS_KEY_ID';

/** The name in KMS's encryption context of what a secret was sealed for. */
export const SECRETS_CONTEXT = 'for';

/** The variable that holds the name of the bucket of files. */
export const FILES_BUCKET_VARIABLE = 'FILES_BUCKET';

/** The variable that holds the address of the doorbell. Without it there is none. */
export const DOORBELL_URL_VARIABLE = 'DOORBELL_URL';

/** The variable that holds the base of addresses that are told to others. */
export const PUBLIC_URL_VARIABLE = 'PUBLIC_URL';

/** The variable that holds the name of the stack, by which metrics of several stacks are kept apart. */
export const STACK_VARIABLE = 'STACK_NAME';

/** The variable that holds the name of a table, by the table's id. */
export function tableVariable(id: string): string {
  return `${id.toUpperCase()}_TABLE`;
}

/** The variable that holds the address of a queue. */
export function queueVariable(name: QueueName): string {
  return `${name.replaceAll(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase()}_QUEUE_URL`;
}

/** The variable that holds the name of a function. */
export function functionVariable(name: string): string {
  return `${name.replaceAll('-', '_').toUpperCase()}_FUNCTION`;
}

/** The variables that tell a function its tables, queues, key, files, addresses and other functions. */
export function variablesOf({
  tables,
  sendsTo = [],
  secrets = [],
  files,
  namesBucket = files !== undefined,
  tellsAddresses,
  doorbell,
  passesTo = [],
}: FunctionDefinition): string[] {
  const ids = Object.keys(tables).map((place) => place.split('/')[0] ?? '');
  return [
    ...new Set(ids.map(tableVariable)),
    ...sendsTo.map(queueVariable),
    ...(secrets.length > 0 ? [SECRETS_KEY_VARIABLE] : []),
    ...(namesBucket ? [FILES_BUCKET_VARIABLE] : []),
    ...(tellsAddresses ? [PUBLIC_URL_VARIABLE] : []),
    ...(doorbell ? [DOORBELL_URL_VARIABLE] : []),
    ...passesTo.map(functionVariable),
  ];
}
