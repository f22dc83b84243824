import type * as z from 'zod/mini';
import type { Gateway } from '#local/server/gateway';

/** The answer of a route that the start calls itself. Throws unless it is 2xx. */
export async function ask<T extends z.ZodMiniType>(
  gateway: Gateway,
  method: string,
  target: string,
  key: string,
  schema: T,
  body?: unknown,
): Promise<z.infer<T>> {
  const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json' };
  const sent = Buffer.from(body === undefined ? '' : JSON.stringify(body));
  const answer = await gateway({ method, target, headers, body: sent });
  if (answer.status >= 300) throw new Error(`The demo account was refused: ${target} answered ${answer.status}`);
  return schema.parse(JSON.parse(String(answer.body))) as z.infer<T>;
}
