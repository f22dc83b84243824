/** How an error is written: as most of the API does, or as `POST /v3/message`, with `status` and `requestId`. */
export type ErrorShape = 'plain' | 'message';

/** A request that cannot be served; everything in it goes to the caller. */
export class RequestError extends Error {
  readonly status: number;
  readonly code: string;
  readonly data: unknown;
  /** Where it is not that of its route. */
  readonly shape: ErrorShape | undefined;

  constructor(status: number, code: string, description: string, data?: unknown, shape?: ErrorShape) {
    super(description);
    this.name = 'RequestError';
    this.status = status;
    this.code = code;
    this.data = data;
    this.shape = shape;
  }
}

/** The wrong or no key: 401 with a body, on every route. */
export function unauthorized(description = 'A valid API key is needed: Authorization: Bearer <key>'): RequestError {
  return new RequestError(401, 'UNAUTHORIZED', description);
}

/** No such path, or none with that method. */
export function notFound(): RequestError {
  return new RequestError(404, 'NOT_FOUND', 'There is no such route');
}

/** A chat that is not there, or that the caller may not see: one answer for both (R1). */
export function chatNotFound(): RequestError {
  return new RequestError(404, 'CHAT_NOT_FOUND', 'There is no such chat');
}

/** A channel that is not there any more, or never was in this account. */
export function channelNotFound(): RequestError {
  return new RequestError(404, 'CHANNEL_NOT_FOUND', 'There is no such channel');
}

/** A chat that may not be written in. */
export function noAccess(): RequestError {
  return new RequestError(403, 'CHAT_NO_ACCESS', 'You may not write in this chat');
}

/** Values that cannot be used, by the names of their fields. */
export function invalidRequest(fields: readonly string[], description?: string): RequestError {
  const named =
    fields.length > 0 ? `These fields are missing or wrong: ${fields.join(', ')}` : 'The body is not usable';
  return new RequestError(400, 'INVALID_REQUEST', description ?? named, { fields });
}
