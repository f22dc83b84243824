import * as z from 'zod/mini';
import type { Holding } from './holding.ts';

const schema = z.object({
  notReady: z.catch(z.optional(z.object({ event: z.string(), since: z.number() })), undefined),
});

/**
 * For how long the messenger has said that it is not ready for this message, in milliseconds. The lane remembers it for its
 * next holder.
 */
export function notReadyFor(holding: Holding, event: string, now: number): number {
  const { notReady } = schema.parse(holding.state.kept ?? {});
  if (notReady?.event === event) return now - notReady.since;
  holding.state = { ...holding.state, kept: { ...holding.state.kept, notReady: { event, since: now } } };
  return 0;
}
