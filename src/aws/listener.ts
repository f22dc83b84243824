import { log } from '#aws/log';
import { describeError } from '#log';

/**
 * A function that a stream, a queue or a timer starts. Lambda runs it again after an error, and prints the error. So
 * the error is logged like all others, and the one that is thrown on quotes none of its words.
 */
export function createListener<E, R>(handle: (event: E) => Promise<R>): (event: E) => Promise<R> {
  return async (event) => {
    try {
      return await handle(event);
    } catch (error) {
      log({ outcome: 'failed', ...describeError(error) });
      throw new Error('It failed: the line before says how');
    }
  };
}
