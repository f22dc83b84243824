import { randomUUID } from 'node:crypto';
import middy from '@middy/core';
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { type Clock, systemClock } from '#clock';
import type { ErrorShape } from '#http/error-codes';
import { internalError, notFound, RequestError } from '#http/errors';
import { type GatewayEvent, toFormat2 } from '#http/rest-event';
import { JSON_HEADERS, SAFE_HEADERS } from '#http/safe-headers';
import { decodeBody } from '#http/sent-body';
import { describeError, type Log } from '#log';
import { createMetrics } from '#metrics';

/** A request as handlers read it, with header names in lower case. */
export interface HttpRequest {
  readonly method: string;
  /**
   * The template of the path, as in `lib/routes.ts`. It is logged in place of the path, which may hold a phone number.
   */
  readonly route: string;
  /** Whether a slash ends the path. A gateway that ignores it finds the same route. */
  readonly hasEndSlash: boolean;
  readonly params: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, string | undefined>>;
  /** The query as it was sent, without its question mark: some callers sign it. */
  readonly rawQuery: string;
  readonly headers: Readonly<Record<string, string | undefined>>;
  /**
   * The bytes of the body, decoded as `Content-Encoding` says. Reading it throws a `RequestError` if that cannot be done,
   * so a handler reads it when it knows the sender.
   */
  readonly body: Uint8Array;
  /** 32 hexadecimal digits, in the log and in errors of the compatible API. */
  readonly requestId: string;
  /** `https://host` that the caller used, with the gateway's stage if that is part of the address. */
  readonly origin: string;
}

/** An answer; `text` and `bytes` are sent as they are, `body` as JSON. */
export interface HttpResponse {
  readonly status: number;
  readonly body?: unknown;
  readonly text?: string;
  readonly bytes?: Uint8Array;
  readonly headers?: Readonly<Record<string, string>>;
  /** Whether somebody was not let in, if the status does not say so: 401 does. */
  readonly refusesSignIn?: boolean;
  /** Ids and outcomes for the request's line in the log. */
  readonly noted?: Readonly<Record<string, unknown>>;
}

/**
 * A Lambda function behind API Gateway, payload format 2.0. Those of `createRoute` take a REST API's events as well.
 */
export type HttpHandler = (event: APIGatewayProxyEventV2) => Promise<APIGatewayProxyStructuredResultV2>;

/**
 * The most bytes that all parameters of a path may have together. Longer ones fit into no key of a table, so they name
 * nothing.
 */
const LONGEST_PARAMS = 2000;

interface RouteEvent extends APIGatewayProxyEventV2 {
  request?: HttpRequest;
}

/**
 * Makes a Lambda handler from a function that answers requests. Errors become answers, in the shape of their route, and
 * each request is one line in the log. One that is not let in is counted, too.
 */
export function createRoute(
  run: (request: HttpRequest) => Promise<HttpResponse>,
  {
    log,
    clock = systemClock,
    errors = () => 'plain',
  }: { log: Log; clock?: Pick<Clock, 'now'>; errors?: (route: string) => ErrorShape },
): HttpHandler {
  const metrics = createMetrics(log, clock);

  /** The request's line in the log, and that somebody was not let in. */
  function note(event: RouteEvent, { status, refusesSignIn = status === 401, noted }: HttpResponse): void {
    if (refusesSignIn) metrics.count('RefusedSignIns');
    log({ ...lineOf(event, status), ...noted });
  }

  const handler = middy(async (event: RouteEvent) => {
    const read = request(event);
    if (Buffer.byteLength(Object.values(read.params).join('')) > LONGEST_PARAMS) throw notFound();
    const response = await run(read);
    note(event, response);
    return answer(response, read.requestId);
  })
    .before(({ event }) => {
      event.request = readRequest(event);
    })
    .onError((failed) => {
      const { event, error } = failed;
      const response = answerError(error, event.request?.requestId ?? '', errors(event.request?.route ?? ''));
      note(event, error && !(error instanceof RequestError) ? { ...response, noted: describeError(error) } : response);
      failed.response = answer(response, request(event).requestId);
    });
  return (event: GatewayEvent) =>
    handler(toFormat2(event) as RouteEvent, {} as never) as Promise<APIGatewayProxyStructuredResultV2>;
}

function request(event: RouteEvent): HttpRequest {
  return event.request ?? readRequest(event);
}

function readRequest(event: APIGatewayProxyEventV2): HttpRequest {
  const headers = Object.fromEntries(
    Object.entries(event.headers ?? {}).map(([name, value]) => [name.toLowerCase(), value]),
  );
  // Format 2.0 takes cookies out of the headers.
  const cookie = headers.cookie ?? event.cookies?.join('; ');
  let decoded: Buffer | undefined;
  return {
    method: event.requestContext.http.method,
    ...placeOf(event),
    get hasEndSlash() {
      return event.rawPath.endsWith('/');
    },
    query: event.queryStringParameters ?? {},
    rawQuery: event.rawQueryString ?? '',
    headers: { ...headers, ...(cookie !== undefined && { cookie }) },
    get body() {
      decoded ??= decodeBody({
        bytes: Buffer.from(event.body ?? '', event.isBase64Encoded ? 'base64' : 'utf8'),
        headers,
        asText: !event.isBase64Encoded,
      });
      return decoded;
    },
    requestId: randomUUID().replaceAll('-', ''),
    origin: originOf(event),
  };
}

/**
 * `{id+}` takes the rest of the path as the id. A slash at its end is not part of the id. AWS does not say whether such a
 * rest may be empty. If it may, the path is that of the list, with a slash behind it.
 */
function placeOf({ routeKey, pathParameters }: APIGatewayProxyEventV2): Pick<HttpRequest, 'route' | 'params'> {
  const route = routeKey.replace(/^\S+ /, '');
  const params = (pathParameters ?? {}) as Record<string, string>;
  if (!route.endsWith('{id+}')) return { route, params };
  const { id: rest = '', ...others } = params;
  const id = rest.replace(/\/$/, '');
  if (id === '') return { route: route.replace(/\/\{id\+\}$/, ''), params: others };
  return { route: route.replace(/\{id\+\}$/, '{id}'), params: { ...others, id } };
}

/** Konvert's HTTP API has no named stage. A REST API always has one. */
function originOf({ requestContext: { domainName, stage } }: APIGatewayProxyEventV2): string {
  return `https://${domainName}${stage === undefined || stage === '$default' ? '' : `/${stage}`}`;
}

/** `trace-id` names the request's line in the log. Clients of the compatible API note it beside their own. */
function answer(
  { status, body, text, bytes, headers }: HttpResponse,
  requestId: string,
): APIGatewayProxyStructuredResultV2 {
  const always = { ...SAFE_HEADERS, 'trace-id': requestId };
  if (bytes !== undefined) {
    const encoded = { body: Buffer.from(bytes).toString('base64'), isBase64Encoded: true };
    return { statusCode: status, headers: { ...always, ...headers }, ...encoded };
  }
  if (text !== undefined)
    return { statusCode: status, headers: { ...always, 'content-type': 'text/plain', ...headers }, body: text };
  return {
    statusCode: status,
    headers: { ...always, ...JSON_HEADERS, ...headers },
    body: JSON.stringify(body ?? {}),
  };
}

function answerError(error: unknown, requestId: string, routeShape: ErrorShape): HttpResponse {
  const known = error instanceof RequestError ? error : internalError();
  const { status, code, message, data, shape = routeShape, refusesSignIn } = known;
  return {
    status,
    refusesSignIn,
    body: shaped(status === 401 ? 'plain' : shape, { status, requestId, code, message, data }),
  };
}

interface Told extends Pick<RequestError, 'status' | 'code' | 'message' | 'data'> {
  readonly requestId: string;
}

function shaped(shape: ErrorShape, { status, requestId, code, message, data }: Told): unknown {
  const rest = { description: message, ...(data !== undefined && { data }) };
  switch (shape) {
    case 'plain':
      return { error: code, ...rest };
    case 'message':
      return { status, requestId, error: code, ...rest };
    case 'code':
      return { error: { code }, ...rest };
    default:
      return shape satisfies never;
  }
}

function lineOf(event: RouteEvent, status: number): Record<string, unknown> {
  const { method, route, requestId } = request(event);
  return { method, route, requestId, status };
}
