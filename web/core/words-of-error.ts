/** What an error says. */
export function wordsOfError(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
