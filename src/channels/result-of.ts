import type { PrivateAddressError } from '#calls/errors';
import type { Inspected } from './channel.ts';
import { CredentialsRefusedError, MessengerUnreachableError } from './errors.ts';

/** A refusal. `fields` are the credentials that are to blame, if that is known. */
export interface Refused {
  readonly kind: 'refused';
  readonly code: string;
  readonly subcode?: string | undefined;
  readonly description: string;
  readonly fields?: readonly string[];
}

/** The answer of a messenger's API to a call. */
export type Answer<Result = unknown> =
  | { readonly kind: 'ok'; readonly result: Result }
  | Refused
  | { readonly kind: 'throttled'; readonly retryAfterSeconds: number }
  | { readonly kind: 'unreachable'; readonly reason: string };

/**
 * The result of a call. Throws as `Setup.connect` does if there is none. `blame` names the credentials if the answer
 * does not.
 */
export function resultOf(answer: Answer, blame?: (refused: Refused) => readonly string[]): unknown {
  switch (answer.kind) {
    case 'ok':
      return answer.result;
    case 'refused':
      throw new CredentialsRefusedError(answer.description, answer.fields ?? blame?.(answer));
    case 'throttled':
      throw new MessengerUnreachableError(`it asks to wait ${answer.retryAfterSeconds} s`);
    case 'unreachable':
      throw new MessengerUnreachableError(answer.reason);
    default:
      return answer satisfies never;
  }
}

/**
 * What is known of a webhook if the messenger does not tell of it. `isUnauthorized` says whether a refusal is one of the
 * credentials. The messenger's own words may name people, so they are left out: the result is logged.
 */
export function notInspected(
  answer: Exclude<Answer, { kind: 'ok' }>,
  isUnauthorized: (refused: Refused) => boolean,
): Inspected {
  switch (answer.kind) {
    case 'refused':
      return isUnauthorized(answer)
        ? { kind: 'unauthorized' }
        : { kind: 'unknown', why: `refused with ${answer.code}` };
    case 'throttled':
      return { kind: 'unknown', why: `it asks to wait ${answer.retryAfterSeconds} s` };
    case 'unreachable':
      return { kind: 'unknown', why: answer.reason };
    default:
      return answer satisfies never;
  }
}

/** A refusal by this deployment, not by the messenger. A retry does not help. */
export function privateAddress({ code }: PrivateAddressError): Refused {
  const description = 'credentials.apiBaseUrl leads into a private network, where this deployment does not call';
  return { kind: 'refused', code, description, fields: ['credentials.apiBaseUrl'] };
}
