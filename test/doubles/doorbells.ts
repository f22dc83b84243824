import type { Doorbells } from '#bells';

/** What a page was told. */
// biome-ignore lint/suspicious/noExplicitAny: a test says what it expects
type Said = any;

/** The sockets of pages, in memory. */
export interface DoorbellsDouble extends Doorbells {
  /** What was said to the socket since it was last asked. */
  said(socketId: string): Said[];
  /** What is said to the socket while that is done. */
  answerOf(socketId: string, act: () => Promise<unknown>): Promise<Said>;
  /** The sockets that are open. A post to any other is `gone`. */
  readonly open: Set<string>;
  /** Makes every post fail, as long as it is set. */
  failing: boolean;
}

/** Makes sockets of which none is open yet. */
export function createDoorbellsDouble(): DoorbellsDouble {
  const posted: { readonly socketId: string; readonly message: string }[] = [];
  const double: DoorbellsDouble = {
    open: new Set(),
    failing: false,
    addressFor: (ticket) => `wss://doorbell.example/stage?ticket=${ticket}`,
    async post(socketId, message) {
      if (double.failing) throw new Error('The gateway did not answer');
      if (!double.open.has(socketId)) return 'gone';
      posted.push({ socketId, message });
      return 'sent';
    },
    async answerOf(socketId, act) {
      const before = double.said(socketId);
      await act();
      const answers = double.said(socketId);
      posted.push(...before.map((one) => ({ socketId, message: JSON.stringify(one) })));
      return answers[0];
    },
    said(socketId) {
      const own = posted.filter((one) => one.socketId === socketId);
      posted.splice(0, posted.length, ...posted.filter((one) => one.socketId !== socketId));
      return own.map(({ message }) => JSON.parse(message));
    },
  };
  return double;
}
