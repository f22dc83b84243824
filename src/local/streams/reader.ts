import type { StreamEvent } from '#store/dynamo/stream';

/** Reads records of a stream soon. Settles when they were read or reading them failed. */
export type Reader = (records: StreamEvent['Records']) => Promise<void>;

interface Reading {
  readonly records: StreamEvent['Records'];
  readonly done: () => void;
  readonly failed: (error: unknown) => void;
}

/** How many writes one batch holds at most. */
const BATCH = 100;

/**
 * Makes the reader of a stream. It reads one batch at a time, of everything that has come meanwhile. A batch that fails
 * is read again write by write, so that a bad write holds up no other. `track` is called with the promise of the work.
 */
export function createReader(
  handle: (event: StreamEvent) => Promise<void>,
  track: (work: Promise<unknown>) => void,
): Reader {
  let waiting: Reading[] = [];
  let reading = false;

  async function readAll(): Promise<void> {
    // Waits one turn of the event loop, so that what comes together is read together.
    await new Promise(setImmediate);
    while (waiting.length > 0) {
      const batch = waiting.slice(0, BATCH);
      waiting = waiting.slice(BATCH);
      await read(batch);
    }
    reading = false;
  }

  async function read(batch: readonly Reading[]): Promise<void> {
    try {
      await handle({ Records: batch.flatMap(({ records }) => records) });
      for (const { done } of batch) done();
    } catch (error) {
      if (batch.length === 1) batch[0]?.failed(error);
      else for (const one of batch) await read([one]);
    }
  }

  return (records) => {
    const read = new Promise<void>((done, failed) => {
      waiting.push({ records, done, failed });
    });
    if (!reading) {
      reading = true;
      track(readAll());
    }
    return read;
  };
}
