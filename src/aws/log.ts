import { createLog } from '#log';

/** The log of a function: Lambda takes every line of its output, and a line of JSON as it is. */
export const log = createLog((line) => process.stdout.write(`${line}\n`));
