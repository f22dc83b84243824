import type { Refused } from '#channels/result-of';

/** The result of a call to the bridge. Nothing in it contains the key. */
export type BridgeAnswer =
  | { readonly kind: 'ok'; readonly result: unknown }
  | Refused
  | { readonly kind: 'throttled'; readonly retryAfterSeconds: number }
  | { readonly kind: 'unreachable'; readonly reason: string };
