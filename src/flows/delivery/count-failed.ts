import type { Log } from '#log';
import { createMetrics } from '#metrics';
import type { StoreDeps } from '#store/dynamo/client';

/** The dependencies of a function that delivers. Each delivery that fails for good is counted, wherever it is noted. */
export function countingFailed<D extends StoreDeps & { readonly log: Log }>(deps: D): D {
  const metrics = createMetrics(deps.log, deps.clock);
  return { ...deps, noteFailed: () => metrics.count('FailedDeliveries') };
}
