/** The address leads into a private network, and this deployment may not call there. */
export class PrivateAddressError extends Error {
  readonly code = 'PRIVATE_ADDRESS';

  constructor() {
    super('The address leads into a private network');
    this.name = 'PrivateAddressError';
  }
}

/**
 * Why a call got no answer: the error's code or class and nothing else. The message of a failed `fetch` may quote the
 * address, and the address may hold a token.
 */
export function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown';
  const word = codeOf(error.cause) ?? codeOf(error) ?? error.name;
  return /^\w{1,50}$/.test(word) ? word : 'unknown';
}

/** The code of a `DOMException`, such as that of a deadline, is a number that says nothing. */
function codeOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}
