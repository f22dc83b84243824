import { log } from '#aws/log';
import { systemClock } from '#clock';
import { describeError } from '#log';
import { createMetrics } from '#metrics';
import { ageOf, type StreamEvent } from '#store/dynamo/stream';

/** A reader that is behind for less is on its way. */
const LATE_SECONDS = 60;

const metrics = createMetrics(log, systemClock);

/**
 * A function that a stream, a queue or a timer starts. Lambda runs it again after an error, and prints the error. So
 * the error is logged like all others, and the one that is thrown on quotes none of its words. How far a late reader of
 * a stream is behind is measured, also if it fails.
 */
export function createListener<E, R>(handle: (event: E) => Promise<R>): (event: E) => Promise<R> {
  return async (event) => {
    const seconds = ageOf((event ?? {}) as Partial<StreamEvent>, systemClock.now());
    if (seconds >= LATE_SECONDS) metrics.gauge('StreamAgeSeconds', seconds, 'Seconds');
    try {
      return await handle(event);
    } catch (error) {
      log({ outcome: 'failed', ...describeError(error) });
      throw new Error('It failed: the line before says how');
    }
  };
}
