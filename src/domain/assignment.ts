/**
 * Why a user became responsible for a client (D9): it was their turn, they replied first, they took the request from
 * the CRM's inbox (D5), it was their turn after the client had waited in the pool (D6), the client was handed over to
 * them, or was returned from somebody who did not answer (T3).
 */
export const ASSIGNMENT_RULES = [
  'round-robin',
  'first-reply',
  'unsorted',
  'waiting',
  'handed-over',
  'returned',
] as const;

/** Why a user became responsible for a client. */
export type AssignmentRule = (typeof ASSIGNMENT_RULES)[number];

/** The rules by which Konvert itself decides. An address keeps one as the reason for its owner. */
export const DECISION_RULES = [
  'round-robin',
  'first-reply',
  'unsorted',
  'waiting',
] as const satisfies readonly AssignmentRule[];
