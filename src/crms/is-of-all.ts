import type { Asked, Failed } from '#crms/crm';

/** A failure that says nothing of what was asked. Nothing more is asked in the same call: it would fare no better. */
export type FailedAll = Extract<Failed, { readonly kind: 'unauthorized' | 'throttled' | 'unreachable' }>;

/** Whether it is such a failure. */
export function isOfAll(asked: Asked<unknown>): asked is FailedAll {
  return asked.kind === 'unauthorized' || asked.kind === 'throttled' || asked.kind === 'unreachable';
}
