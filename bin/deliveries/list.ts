import type * as z from 'zod/mini';
import type { delivery, deliveryList } from '#api/delivery-routes';
import { type Access, StepError } from '../terminal/printed-calls.ts';
import { tableOf } from '../terminal/table.ts';
import { ask } from './ask.ts';
import type { Options } from './options.ts';

const HEAD = ['CREATED', 'KIND', 'TARGET', 'TRIES', 'NEXT TRY', 'ERROR', 'ID'];
const MOST = 50;
const COLUMN = 60;

/** Prints what failed or waits, one line each. A page may be empty and not the last, so it asks until it has enough. */
export async function list(access: Access, options: Options): Promise<void> {
  const { state = 'failed', limit = MOST } = options;
  const most = Number(limit);
  if (!Number.isSafeInteger(most) || most < 1) throw new StepError('--limit has to be a number from 1');
  const asked = { state, kind: options.kind, target: options.target };
  const found: z.infer<typeof delivery>[] = [];
  let cursor: string | undefined;
  do {
    const query = Object.entries({ ...asked, cursor }).filter(([, value]) => value !== undefined);
    const path = `/v1/deliveries?${new URLSearchParams(query as [string, string][])}`;
    const page = await ask<z.infer<typeof deliveryList>>(access, { method: 'GET', path });
    found.push(...page.deliveries);
    cursor = page.nextCursor;
  } while (cursor !== undefined && found.length < most);
  const isMore = cursor !== undefined || found.length > most;
  if (found.length === 0) console.log(`Nothing ${state === 'failed' ? 'failed' : 'waits'}.`);
  else console.log(tableOf([HEAD, ...found.slice(0, most).map(cellsOf)]));
  if (isMore) console.log(`There is more: --limit ${most * 10}`);
}

function cellsOf(one: z.infer<typeof delivery>): string[] {
  const { createdAt, kind, target, attempts, nextAttemptAt = '-', lastError, deliveryId } = one;
  const error = lastError ? `${lastError.code}: ${lastError.description}` : '-';
  return [createdAt, kind, target, String(attempts), nextAttemptAt, oneLine(error), deliveryId];
}

/** The words are a stranger's: what a terminal would obey is shown as a dot. */
function oneLine(words: string): string {
  const plain = words.replaceAll(/\p{C}/gu, '·');
  return plain.length > COLUMN ? `${plain.slice(0, COLUMN - 1)}…` : plain;
}
