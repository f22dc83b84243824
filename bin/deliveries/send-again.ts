import type * as z from 'zod/mini';
import type { sentAgain } from '#api/delivery-routes';
import type { Access } from '../terminal/printed-calls.ts';
import { ask } from './ask.ts';
import type { Options } from './options.ts';

/** Sends again what failed for a target. */
export async function retry(access: Access, target: string): Promise<void> {
  console.log(`${await send(access, '/v1/deliveries/retry', { target })} What waited already is tried now.`);
}

/** Sends events once more that were taken between two times. */
export async function replay(access: Access, { from, to }: Options, target: string): Promise<void> {
  console.log(await send(access, '/v1/deliveries/replay', { target, from, to }));
}

async function send(access: Access, path: string, body: Readonly<Record<string, unknown>>): Promise<string> {
  const { count, more } = await ask<z.infer<typeof sentAgain>>(access, { method: 'POST', path, body });
  const line = count === 1 ? '1 delivery waits to leave again.' : `${count} deliveries wait to leave again.`;
  return more ? `${line} More follow by themselves.` : line;
}
