import type { FunctionName } from '#lib/functions';

/**
 * The functions for which concurrency is reserved, and their parts of it. A message must be stored whatever else is busy,
 * then come into its chat; a reply must be taken while somebody waits. Everything else may come later.
 */
const reservedShares = { 'receive-message': 0.5, 'fold-chat': 0.25, 'record-reply': 0.25 } as const satisfies {
  readonly [Name in FunctionName]?: number;
};

/** So many calls at once are the least that a share is good for: it is a ceiling too. */
const LEAST = 5;

/**
 * The concurrency of a function of all that is reserved, or undefined for one that takes what is left. Throws if a
 * share would be too small.
 */
export function reservedFor(name: FunctionName, reserve: number | undefined): number | undefined {
  const share = (reservedShares as Readonly<Record<string, number>>)[name];
  if (reserve === undefined || share === undefined) return undefined;
  const most = Math.floor(reserve * share);
  if (most < LEAST) throw new Error(`${reserve} is too little for ${name}: -c reserve=20 or more`);
  return most;
}
