/** Somebody else was faster too often; trying again later helps. */
export class ContentionError extends Error {
  constructor(what: string) {
    super(`${what} changed under the hand too often`);
    this.name = 'ContentionError';
  }
}

/** A stored item is not what this version wrote: the table is damaged, or a newer version runs beside this one. */
export class UnreadableItemError extends Error {
  constructor(table: string, options?: ErrorOptions) {
    super(`An item of the table "${table}" cannot be read`, options);
    this.name = 'UnreadableItemError';
  }
}

/** Whether a condition refused the write; the item that stood in its way is in `Item` where it was asked for. */
export function isConditionFailure(error: unknown): error is Error & { Item?: Record<string, unknown> } {
  return error instanceof Error && error.name === 'ConditionalCheckFailedException';
}

/** Whether the write went through; false where its condition refused it. */
export async function unlessRefused(write: Promise<unknown>): Promise<boolean> {
  try {
    await write;
    return true;
  } catch (error) {
    if (isConditionFailure(error)) return false;
    throw error;
  }
}

/** Whether the transaction was cancelled, by a condition or because another one was under way on the same items. */
export function isCancelled(error: unknown): error is Error {
  return error instanceof Error && error.name === 'TransactionCanceledException';
}

/** Whether somebody else was faster: a condition refused the write, or it met another transaction on the same item. */
export function isOvertaken(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if (isConditionFailure(error) || error.name === 'TransactionConflictException') return true;
  if (error.name !== 'TransactionCanceledException') return false;
  return reasonsOf(error).some(({ Code }) => Code === 'ConditionalCheckFailed' || Code === 'TransactionConflict');
}

/** The reasons, one for each action, where a transaction was cancelled because of a condition; undefined for any other error. */
export function conditionReasons(error: unknown): boolean[] | undefined {
  if (!(error instanceof Error) || error.name !== 'TransactionCanceledException') return undefined;
  const refused = reasonsOf(error).map(({ Code }) => Code === 'ConditionalCheckFailed');
  return refused.some(Boolean) ? refused : undefined;
}

function reasonsOf(error: Error): { Code?: string }[] {
  return (error as Error & { CancellationReasons?: { Code?: string }[] }).CancellationReasons ?? [];
}
