import { log } from '#aws/log';
import { describeError } from '#log';

/**
 * A function that a stream, a queue or a timer starts. What it throws has it run again, and Lambda prints what is
 * thrown: so the error is logged as all are, and what is thrown on has no words of it.
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
