import * as z from 'zod/mini';
import type { DescribedRoutes } from '#api/described-route';
import { count, text, time } from '#api/fields';
import { presentTime } from '#api/present-time';
import { CHECK_MODES, FAULT_KINDS } from '#domain/check';
import type { NoFields } from '#no-fields';
import type { Check } from '#store/accounts/checks';

/** The id of a check that was begun, or that was under way already. */
export const begunCheck = z.object({ checkId: text });

/** How often one kind of fault was found, and how often it is right by now. */
export const checkFault = z.object({ kind: z.enum(FAULT_KINDS), found: count, mended: count });

/** A check, as far as it has come. */
export const checkAnswer = z.object({
  checkId: text,
  mode: z.enum(CHECK_MODES),
  state: z.enum(['running', 'done']),
  startedAt: time,
  doneAt: z.nullable(time),
  chats: count,
  faults: z.array(checkFault),
});

/** A check for its operator. It tells nothing of the chats. */
export function presentCheck({
  id,
  mode,
  startedAt,
  doneAt,
  chats,
  found,
  mended,
  phase: _,
  after: _after,
  version: _version,
  ...rest
}: Check): z.infer<typeof checkAnswer> {
  rest satisfies NoFields;
  const kinds = FAULT_KINDS.filter((kind) => (found[kind] ?? 0) > 0);
  return {
    checkId: id,
    mode,
    state: doneAt === undefined ? 'running' : 'done',
    startedAt: presentTime(startedAt),
    doneAt: doneAt === undefined ? null : presentTime(doneAt),
    chats,
    faults: kinds.map((kind) => ({ kind, found: found[kind] ?? 0, mended: mended[kind] ?? 0 })),
  };
}

/** The routes of checks. */
export const describedCheckRoutes = {
  'POST /v1/checks': {
    operationId: 'beginCheck',
    tag: 'Accounts',
    summary: 'Prove that every chat follows from its messages, and mend those that do not',
    description:
      'All accounts are looked at, while everything goes on. If such a check is under way, its id is answered. A smaller one runs by itself once a day.',
    answer: begunCheck,
    status: 202,
    security: 'operatorKey',
    errors: [],
  },
  'GET /v1/checks/{checkId}': {
    operationId: 'getCheck',
    tag: 'Accounts',
    summary: 'How far a check has come, what it found and what it mended',
    description: 'What was found and could not be mended has a line in the log. A check is kept for 90 days.',
    answer: checkAnswer,
    status: 200,
    security: 'operatorKey',
    errors: ['CHECK_NOT_FOUND'],
  },
} satisfies DescribedRoutes;
