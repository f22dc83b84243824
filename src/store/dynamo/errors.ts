/** Other writers were faster too often. Trying again later helps. */
export class ContentionError extends Error {
  constructor(what: string) {
    super(`${what} changed under the hand too often`);
    this.name = 'ContentionError';
  }
}

/** A stored item is not as this version writes it: the table is damaged, or a newer version runs beside this one. */
export class UnreadableItemError extends Error {
  constructor(table: string, options?: ErrorOptions) {
    super(`An item of the table "${table}" cannot be read`, options);
    this.name = 'UnreadableItemError';
  }
}

/** Reasons for which a transaction is cancelled that pass by themselves. */
const THROTTLED = new Set(['ProvisionedThroughputExceeded', 'ThrottlingError']);

/** Whether a condition refused the write. The stored item is in `Item` if the write asked for it. */
export function isConditionFailure(error: unknown): error is Error & { Item?: Record<string, unknown> } {
  return error instanceof Error && error.name === 'ConditionalCheckFailedException';
}

/** Whether the write went through; false if its condition refused it. */
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

/** Whether another writer was faster: a condition refused the write, or it met another transaction on the same item. */
export function isOvertaken(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if (isConditionFailure(error) || error.name === 'TransactionConflictException') return true;
  if (error.name !== 'TransactionCanceledException') return false;
  return reasonsOf(error).some(({ Code }) => Code === 'ConditionalCheckFailed' || Code === 'TransactionConflict');
}

/**
 * For each action of a transaction, whether its condition refused it. Undefined if no condition did, and for any other
 * error.
 */
export function conditionReasons(error: unknown): boolean[] | undefined {
  if (!(error instanceof Error) || error.name !== 'TransactionCanceledException') return undefined;
  const refused = reasonsOf(error).map(({ Code }) => Code === 'ConditionalCheckFailed');
  return refused.some(Boolean) ? refused : undefined;
}

/**
 * Whether a transaction was cancelled for nothing but too much at once. The SDK tries again what is throttled, but no
 * transaction: https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_TransactWriteItems.html
 */
export function isThrottledTransaction(error: unknown): error is Error {
  if (!isCancelled(error)) return false;
  const codes = reasonsOf(error).map(({ Code = 'None' }) => Code);
  const causes = codes.filter((code) => code !== 'None');
  return causes.length > 0 && causes.every((code) => THROTTLED.has(code));
}

function reasonsOf(error: Error): { Code?: string }[] {
  return (error as Error & { CancellationReasons?: { Code?: string }[] }).CancellationReasons ?? [];
}
