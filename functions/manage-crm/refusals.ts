import type { Failed } from '#crms/crm';
import { RequestError } from '#http/errors';

/** The answer of Konvert to a caller, when the CRM did not do what it was asked. */
export function refusalOf(failed: Failed): RequestError {
  switch (failed.kind) {
    case 'refused':
    case 'unauthorized':
      return new RequestError(400, 'CRM_REFUSED', failed.description, { code: failed.code });
    case 'throttled':
      return unreachable(`The CRM asks to wait ${failed.retryAfterSeconds} s`);
    case 'unreachable':
      return unreachable(`The CRM did not answer: ${failed.reason}`);
    default:
      return new RequestError(400, 'CRM_REFUSED', 'The CRM does not have what was asked for', { code: failed.kind });
  }
}

function unreachable(description: string): RequestError {
  return new RequestError(503, 'CRM_UNREACHABLE', `${description}. Nothing was changed; try again`);
}

/** The account has a CRM already. */
export function crmConnected(): RequestError {
  return new RequestError(409, 'CRM_CONNECTED', 'A CRM is connected already: DELETE /v1/crm ends that');
}

/** The credentials are of another account of the CRM. */
export function otherAccount(): RequestError {
  const description = 'These credentials are of another account of the CRM, which has other clients: disconnect first';
  return new RequestError(409, 'CRM_CONNECTED', description);
}

/** Some credentials are missing or wrong. */
export function invalidCredentials(names: readonly string[]): RequestError {
  const fields = names.map((name) => `credentials.${name}`);
  const description = `These credentials are missing or wrong: ${names.join(', ')}`;
  return new RequestError(400, 'INVALID_CREDENTIALS', description, { fields });
}
