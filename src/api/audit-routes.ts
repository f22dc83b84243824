import * as z from 'zod/mini';
import type { DescribedRoutes } from '#api/described-route';
import { optionalText, text, time } from '#api/fields';
import { presentTime } from '#api/present-time';
import { ACTS, type AuditEntry } from '#domain/audit';
import type { NoFields } from '#no-fields';

/** A page of the audit, after `cursor`, which is the `nextCursor` of the page before. */
export const auditQuery = z.object({ cursor: optionalText });

/** An administrative act. `actor` is the id of an API key, or `operator`; `subject` the id of what it was done to. */
export const auditEntry = z.object({ at: time, actor: text, act: z.enum(ACTS), subject: text });

/** Administrative acts, the newest first, at most 50. The last page has no `nextCursor`. */
export const auditPage = z.object({ entries: z.array(auditEntry), nextCursor: optionalText });

/** An entry of the audit. */
export function presentAuditEntry({ at, actor, act, subject, ...rest }: AuditEntry): z.infer<typeof auditEntry> {
  rest satisfies NoFields;
  return { at: presentTime(at), actor, act, subject };
}

/** The routes of the audit. */
export const describedAuditRoutes = {
  'GET /v1/audit': {
    operationId: 'listAudit',
    tag: 'Accounts',
    summary: 'Administrative acts of the account; with the operator key, those of the operator',
    description: 'Work in chats and what a CRM pushes are no administrative acts.',
    query: auditQuery,
    answer: auditPage,
    status: 200,
    security: 'anyKey',
    errors: ['INVALID_REQUEST'],
  },
} satisfies DescribedRoutes;
