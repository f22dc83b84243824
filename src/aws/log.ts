import { STACK_VARIABLE } from '#lib/variable-names';
import { createLog } from '#log';
import { namingStack } from '#metrics';

/**
 * The log of a function. Lambda takes every line of its output, and a line of JSON unchanged: only what `console` writes
 * is wrapped, and a metric in it would not be found.
 * https://docs.aws.amazon.com/lambda/latest/dg/monitoring-cloudwatchlogs-logformat.html
 */
export const log = namingStack(
  createLog((line) => process.stdout.write(`${line}\n`)),
  process.env[STACK_VARIABLE] ?? '-',
);
