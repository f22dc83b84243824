import type * as z from 'zod/mini';
import type { connectedCrm, crmConnection, crmNoAccess, crmProblem, crmTodo } from '#api/crm-connection-routes';
import { presentTime } from '#api/present-time';
import type { CrmConnection, CrmProblem, CrmTodo } from '#domain/crm';
import { PROBLEM_WORDS } from '#domain/crm-problem-words';
import { crmProblemsOf, crmStateOf } from '#domain/crm-state';
import type { NoFields } from '#no-fields';
import type { DeliveryError } from '#store/outbox/row-item';

/** The addresses of a connection that the CRM calls. */
export interface CrmUrls {
  readonly hooksUrl: string;
  readonly frameUrl: string;
}

/** What was connected. */
export function presentConnected(
  connection: CrmConnection,
  { hooksUrl, frameUrl }: CrmUrls,
  now: number,
  authorizeUrl?: string,
): z.infer<typeof connectedCrm> {
  const { connectionId, crm, todo } = connection;
  return {
    connectionId,
    crm,
    state: crmStateOf(connection, now),
    ...(authorizeUrl !== undefined && { authorizeUrl }),
    hooksUrl,
    frameUrl,
    todo: todo.map(presentTodo),
  };
}

/** What is under way with a CRM. `waiting` and `failed` are what has to leave for it. */
export interface CrmUnderWay {
  readonly waiting: number;
  readonly clientsWaiting: number;
  readonly failed: number;
  /** There may be more than was counted. */
  readonly atLeast: boolean;
  /** Until when the lane of the CRM waits (epoch ms), and why. */
  readonly held?: { readonly until: number; readonly because: DeliveryError } | undefined;
  /** Users and pipelines are to be loaded, and are not yet. */
  readonly refreshing: boolean;
}

/** How the connection of an account stands. */
export function presentConnection(
  connection: CrmConnection,
  { hooksUrl, frameUrl }: CrmUrls,
  { waiting, clientsWaiting, failed, atLeast, held, refreshing }: CrmUnderWay,
  now: number,
): z.infer<typeof crmConnection> {
  const { connectionId, crm, portal, madeAt, todo, lastNewsAt, lastProofAt } = connection;
  return {
    connectionId,
    crm,
    state: crmStateOf(connection, now),
    portal: portal ? { name: portal.name, host: portal.host } : null,
    connectedAs: portal?.connectedAs ?? null,
    since: presentTime(madeAt),
    ...presentNoAccess(connection, now),
    waiting,
    clientsWaiting,
    failed,
    ...(atLeast && { atLeast }),
    ...(held && {
      held: { until: presentTime(held.until), code: held.because.code, description: held.because.description },
    }),
    refreshing,
    lastNewsAt: lastNewsAt === undefined ? null : presentTime(lastNewsAt),
    lastProofAt: lastProofAt === undefined ? null : presentTime(lastProofAt),
    problems: presentProblems(connection, now),
    todo: todo.map(presentTodo),
    hooksUrl,
    frameUrl,
  };
}

function presentNoAccess(connection: CrmConnection, now: number): { noAccess?: z.infer<typeof crmNoAccess> } {
  if (crmStateOf(connection, now) !== 'unauthorized') return {};
  const { endedAt, endedBecause, expiresAt = now } = connection;
  if (endedAt === undefined) return { noAccess: { since: presentTime(expiresAt), because: 'The token has expired' } };
  return { noAccess: { since: presentTime(endedAt), because: endedBecause || 'The CRM took its grant away' } };
}

/** What stands in the way of a connection at that time, in words. */
export function presentProblems(connection: CrmConnection, now: number): z.infer<typeof crmProblem>[] {
  return crmProblemsOf(connection, now).map(presentProblem);
}

function presentProblem({ code, about, since, ...rest }: CrmProblem): z.infer<typeof crmProblem> {
  rest satisfies NoFields;
  return { code, ...(about !== undefined && { about }), since: presentTime(since), text: PROBLEM_WORDS[code] };
}

function presentTodo({ code, values, ...rest }: CrmTodo): z.infer<typeof crmTodo> {
  rest satisfies NoFields;
  return { code, ...(values && { values: { ...values } }) };
}
