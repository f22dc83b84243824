/**
 * The headers of every answer. A browser takes it for what its type says and for nothing else, and nothing on the way
 * keeps it: answers hold messages, names and keys.
 */
export const SAFE_HEADERS = { 'x-content-type-options': 'nosniff', 'cache-control': 'no-store' } as const;

/** The headers of every answer in JSON. */
export const JSON_HEADERS = { ...SAFE_HEADERS, 'content-type': 'application/json; charset=utf-8' } as const;
