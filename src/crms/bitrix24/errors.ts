import type { Failed } from '#crms/crm';
import { cut } from '#domain/cut';

/** An error as Bitrix24 says it. `resetSeconds`: how long the budget of the method is used up, by Bitrix24's clock. */
export interface Said {
  /** The status of the answer. A command of a batch has none of its own. */
  readonly status?: number;
  readonly code: string;
  readonly description: string;
  readonly resetSeconds?: number | undefined;
}

/** The texts of refusals are shown and stored. */
const MAX_DESCRIPTION_LENGTH = 500;
/** A portal drains two requests a second. https://apidocs.bitrix24.com/limits.html */
const LIMIT_SECONDS = 2;
/** The budget is counted over ten minutes. What is said beyond that is a mistake. */
const MAX_BUDGET_SECONDS = 600;
const BUDGET_SECONDS = 60;
/** A block by hand, which only Bitrix24's support takes away. */
const OVERLOAD_SECONDS = 900;

const UNAUTHORIZED: readonly string[] = [
  'expired_token',
  'invalid_token',
  'no_auth_found',
  'invalid_credentials',
  'portal_deleted',
  'application_not_found',
  'invalid_grant',
  'invalid_client',
  'wrong_client',
];
const GONE: readonly string[] = ['not_found', 'error_not_found', 'owner_not_found'];
const RIGHTS: readonly string[] = [
  'insufficient_scope',
  'user_access_error',
  'allowed_only_intranet_user',
  'wrong_auth_type',
  'error_method_not_found',
];

function throttled(retryAfterSeconds: number, description: string) {
  return { kind: 'throttled', retryAfterSeconds, description } as const;
}

/** What an error means. https://apidocs.bitrix24.com/error-codes.html; older methods say it by the text alone. */
export function failureOf({ status, code, description, resetSeconds }: Said): Failed {
  const word = code.toLowerCase();
  const said = cut(description || code || `status ${status}`, MAX_DESCRIPTION_LENGTH);
  if (word === 'query_limit_exceeded') return throttled(LIMIT_SECONDS, said);
  if (word === 'operation_time_limit') return throttled(waitOf(resetSeconds), said);
  if (word === 'overload_limit') {
    return { ...throttled(OVERLOAD_SECONDS, said), problem: 'BLOCKED' };
  }
  if (UNAUTHORIZED.includes(word)) return { kind: 'unauthorized', code, description: said };
  if (word === 'payment_required') return { kind: 'refused', code: 'PLAN', description: said };
  if (isDenied(word, description)) {
    return { kind: 'refused', code: isOfPlan(status, description) ? 'PLAN' : 'NOT_ADMIN', description: said };
  }
  if (RIGHTS.includes(word)) return { kind: 'refused', code: 'NOT_ADMIN', description: said };
  if (GONE.includes(word) || (word === '' && /not found/i.test(description))) return { kind: 'gone' };
  if (word === 'crm_field_error_required') {
    return { kind: 'refused', code: 'VALIDATION_RULE', description: said, about: fieldOf(description) };
  }
  if (status === 429) return throttled(waitOf(resetSeconds), said);
  const isNo = status === undefined ? !isOfServer(word) : status < 500 && !isOfServer(word);
  return isNo
    ? { kind: 'refused', code: 'INVALID', description: said }
    : { kind: 'unreachable', reason: cut(code || `status ${status}`, 100) };
}

function waitOf(resetSeconds = BUDGET_SECONDS): number {
  return Math.min(Math.max(1, Math.ceil(resetSeconds)), MAX_BUDGET_SECONDS);
}

/** A refusal of the server itself may come after the work was done. */
function isOfServer(word: string): boolean {
  return word === 'internal_server_error' || word === 'error_unexpected_answer';
}

function isDenied(word: string, description: string): boolean {
  return word === 'access_denied' || (word === '' && /access denied/i.test(description));
}

/**
 * The same code says that the plan has no REST, and that the user may not do something. The first has the status 401.
 * https://apidocs.bitrix24.com/error-codes.html
 */
function isOfPlan(status: number | undefined, description: string): boolean {
  return status === 401 || /plan|subscription|тариф|подписк/i.test(description);
}

/** Bitrix24 names the field by its title, between quotes. */
function fieldOf(description: string): string {
  return cut(/["«']([^"»']+)["»']/.exec(description)?.[1] ?? description, 100);
}
