import type { ErrorCode, ErrorShape } from '#http/error-codes';

/** A request that cannot be served. Everything in the error goes to the caller. */
export class RequestError extends Error {
  readonly status: number;
  readonly code: ErrorCode;
  readonly data: unknown;
  /** Set if it is not the shape of the route. */
  readonly shape: ErrorShape | undefined;
  /** Whether somebody was not let in. */
  readonly refusesSignIn: boolean;

  constructor(status: number, code: ErrorCode, description: string, data?: unknown, shape?: ErrorShape) {
    super(description);
    this.name = 'RequestError';
    this.status = status;
    this.code = code;
    this.data = data;
    this.shape = shape;
    this.refusesSignIn = status === 401 || code === 'LINK_USED';
  }
}

/** The key is wrong or missing: 401 with a body, on every route. */
export function unauthorized(description = 'A valid API key is needed: Authorization: Bearer <key>'): RequestError {
  return new RequestError(401, 'UNAUTHORIZED', description);
}

/** The answer to a failure of ours. It tells nothing of it; the log does. */
export function internalError(): RequestError {
  return new RequestError(500, 'INTERNAL_ERROR', 'Something broke on our side; sending the same again is safe');
}

/** No route has that path and method. */
export function notFound(): RequestError {
  return new RequestError(404, 'NOT_FOUND', 'There is no such route');
}

/** The chat does not exist, or the caller may not see it: one answer for both (R1). */
export function chatNotFound(): RequestError {
  return new RequestError(404, 'CHAT_NOT_FOUND', 'There is no such chat');
}

/** The operator has made no account of that id. */
export function accountNotFound(): RequestError {
  return new RequestError(404, 'ACCOUNT_NOT_FOUND', 'There is no such account');
}

/** The channel was deleted, or this account never had it. */
export function channelNotFound(): RequestError {
  return new RequestError(404, 'CHANNEL_NOT_FOUND', 'There is no such channel');
}

/** The account has no CRM connected by a connector. */
export function crmNotConnected(): RequestError {
  return new RequestError(404, 'CRM_NOT_CONNECTED', 'No CRM is connected: POST /v1/crm connects one');
}

/** The connected CRM keeps users, contacts, deals and pipelines. */
export function directoryKept(): RequestError {
  const description = 'The connected CRM keeps this: change it there, or end the connection with DELETE /v1/crm';
  return new RequestError(409, 'DIRECTORY_KEPT_BY_CONNECTOR', description);
}

/** The caller may not write in the chat. */
export function noAccess(): RequestError {
  return new RequestError(403, 'CHAT_NO_ACCESS', 'You may not write in this chat');
}

/** The account has switched the channel off, so nothing leaves by it. */
export function channelSwitchedOff(channelId: string): RequestError {
  return new RequestError(400, 'CHANNEL_BLOCKED', 'The channel is switched off', { channelId });
}

/** No phone is linked to the channel, or it does not answer, so nothing leaves by it now. */
export function phoneUnavailable(channelId: string): RequestError {
  const description = 'No phone is linked to the channel, or it does not answer: link it, then send again';
  return new RequestError(400, 'MESSAGE_CHANNEL_UNAVAILABLE', description, { channelId });
}

/** The channel has to be connected anew before anything leaves by it. */
export function channelUnavailable(channelId: string): RequestError {
  const description = 'The messenger no longer takes the credentials of the channel: it needs new ones';
  return new RequestError(400, 'MESSAGE_CHANNEL_UNAVAILABLE', description, { channelId });
}

/** Some values of a message cannot be used. The answer names their fields. */
export function invalidMessage(fields: readonly string[]): RequestError {
  return new RequestError(400, 'INVALID_MESSAGE_DATA', 'Message data is invalid', { fields });
}

/** Some values cannot be used. The answer names their fields. */
export function invalidRequest(fields: readonly string[], description?: string): RequestError {
  const named =
    fields.length > 0 ? `These fields are missing or wrong: ${fields.join(', ')}` : 'The body is not usable';
  return new RequestError(400, 'INVALID_REQUEST', description ?? named, { fields });
}
