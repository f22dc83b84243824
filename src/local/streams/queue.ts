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
  /** Told of the work. */
  readonly track: (work: Promise<unknown>) => void;
  /** Told of the bells of a body that was handled. */
  readonly done: (bells: readonly Bell[]) => void;
  /** Told of a body that could not be handled, and of its bells. */
  readonly failed: (body: string, bells: readonly Bell[], error: unknown) => void;
  readonly isStopped: () => boolean;
}

/** A queue in one process. */
export interface Queue {
  /** Hands the body over soon, with the bells whose rows stand for it. A body that waits already is handed over once. */
  ring(body: string, bells?: readonly Bell[]): void;
}

/** Bodies are handled in the order in which they rang, some at a time. */
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
