import type { Bell } from './bell-rows.ts';

/** A batch of a queue, in the form in which SQS brings it. */
export interface QueueEvent {
  readonly Records: readonly { readonly body: string }[];
}

/** What a queue is made with. */
export interface QueueDeps {
  readonly handle: (event: QueueEvent) => Promise<void>;
  /** How many bodies are handled at the same time. */
  readonly atOnce: number;
  /** Called with the promise of each piece of work. */
  readonly track: (work: Promise<unknown>) => void;
  /** Called with the bells of a body that was handled. */
  readonly done: (bells: readonly Bell[]) => void;
  /** Called with a body that could not be handled, and with its bells. */
  readonly failed: (body: string, bells: readonly Bell[], error: unknown) => void;
  readonly isStopped: () => boolean;
}

/** A queue in one process. */
export interface Queue {
  /**
   * Hands the body over soon. `bells` are the bells that are answered with it. A body that already waits is handed over
   * once.
   */
  ring(body: string, bells?: readonly Bell[]): void;
}

/** Handles bodies in the order in which they rang, at most `atOnce` at a time. */
export function createQueue({ handle, atOnce, track, done, failed, isStopped }: QueueDeps): Queue {
  const waiting = new Map<string, readonly Bell[]>();
  let running = 0;

  function start(): void {
    for (const [body, bells] of waiting) {
      if (isStopped() || running >= atOnce) return;
      waiting.delete(body);
      running += 1;
      track(run(body, bells));
    }
  }

  async function run(body: string, bells: readonly Bell[]): Promise<void> {
    try {
      await handle({ Records: [{ body }] });
      done(bells);
    } catch (error) {
      failed(body, bells, error);
    }
    running -= 1;
    start();
  }

  return {
    ring(body, bells = []) {
      waiting.set(body, [...(waiting.get(body) ?? []), ...bells]);
      start();
    },
  };
}
