import { createLog } from '#log';

/** The log of a function. Lambda takes every line of its output, and a line of JSON unchanged. */
export const log = createLog((line) => process.stdout.write(`${line}\n`));
