/** How often a write is tried that meets other transactions on its items. */
export const TRIES = 20;

/**
 * Sends a write of one item, again if it meets a transaction on that item: then nothing was written. A holder must not die of
 * that between a call and its record.
 */
export async function pastTransactions<T>(send: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await send();
    } catch (error) {
      const meets = error instanceof Error && error.name === 'TransactionConflictException';
      if (!meets || attempt === TRIES) throw error;
    }
  }
}
