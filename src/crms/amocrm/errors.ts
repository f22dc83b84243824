import type { Failed } from '#crms/crm';
import { cut } from '#domain/cut';
import { problemSchema } from './schema.ts';

/** The texts of refusals are shown and stored. */
const MAX_DESCRIPTION_LENGTH = 500;
/** Who goes on calling after a 429 is blocked, and so are all others behind the same address (K11). */
const LIMIT_SECONDS = 2;
const MAX_LIMIT_SECONDS = 600;
const BLOCKED_SECONDS = 900;

/**
 * What an answer that is no success means. `body` is undefined if it is no JSON: then amoCRM's gateway gave it and not
 * its API. https://www.amocrm.ru/developers/content/crm_platform/error-codes
 */
export function failureOf(status: number, body: unknown, retryAfter?: string | null): Failed {
  const problem = problemSchema.safeParse(body).data;
  const description = cut(problem?.detail || problem?.title || `status ${status}`, MAX_DESCRIPTION_LENGTH);
  if (status === 429) {
    const seconds = Number(retryAfter ?? problem?.retry_after);
    return {
      kind: 'throttled',
      retryAfterSeconds: seconds >= 1 ? Math.min(Math.ceil(seconds), MAX_LIMIT_SECONDS) : LIMIT_SECONDS,
      ...(problem && { description }),
    };
  }
  if (status === 403 && !problem) {
    return { kind: 'throttled', retryAfterSeconds: BLOCKED_SECONDS, problem: 'BLOCKED' };
  }
  if (status >= 500 || status < 400 || !problem) return { kind: 'unreachable', reason: `status ${status}` };
  if (status === 401) return { kind: 'unauthorized', code: cut(problem.hint || '401', 100), description };
  if (status === 402) return { kind: 'refused', code: 'PLAN', description };
  if (status === 403) return { kind: 'refused', code: 'NOT_ADMIN', description };
  if (status === 404) return { kind: 'gone' };
  return refusalOf(problem['validation-errors']?.flatMap(({ errors }) => errors) ?? [], description);
}

interface Violation {
  readonly code?: string | undefined;
  readonly path?: string | undefined;
  readonly detail?: string | undefined;
}

/** The field that an error is about stands at the end of its path: `0._embedded.contacts.0.responsible_user_id`. */
function refusalOf(errors: readonly Violation[], description: string): Failed {
  const [first] = errors;
  const said = first?.detail
    ? cut(`${description} ${first.path ?? ''}: ${first.detail}`, MAX_DESCRIPTION_LENGTH)
    : description;
  const paths = errors.map(({ path = '' }) => path);
  const about = paths.find((path) => path !== '');
  // The creator and the last editor count too: one who is gone is refused as the responsible user is (K14).
  if (paths.some((path) => /(?:^|\.)(?:responsible_user_id|user_id|created_by|updated_by)$/.test(path))) {
    return { kind: 'refused', code: 'USER_GONE', description: said };
  }
  if (paths.some((path) => /(?:^|\.)(?:status_id|pipeline_id)$/.test(path))) {
    return { kind: 'refused', code: 'STAGE_GONE', description: said };
  }
  if (paths.some((path) => /custom_fields_values.*field_(?:id|code)$/.test(path))) {
    return { kind: 'refused', code: 'FIELD_GONE', description: said };
  }
  // Its contact was deleted or merged meanwhile, or the entity itself.
  if (paths.some((path) => /(?:^|\.)(?:id|entity_id)$/.test(path))) return { kind: 'gone' };
  return { kind: 'refused', code: 'INVALID', description: said, ...(about && { about: cut(about, 200) }) };
}
