import { randomUUID } from 'node:crypto';
import middy from '@middy/core';
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { type ErrorShape, notFound, RequestError } from '#http/errors';
import { type GatewayEvent, toFormat2 } from '#http/rest-event';
import { describeError, type Log } from '#log';

/** A request as handlers read it: header names in lower case, the body in the bytes that were sent. */
export interface HttpRequest {
  readonly method: string;
  /** The template of the path, as `lib/routes.ts` has it: paths themselves hold phones. */
  readonly route: string;
  readonly params: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, string | undefined>>;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: Uint8Array;
  /** 32 hexadecimal digits, in the log and in errors of the compatible API. */
  readonly requestId: string;
  /** `https://host` that the caller spoke to, with the stage of the gateway where that is part of the address. */
  readonly origin: string;
}

/** An answer; `text` is sent as it is, `body` as JSON. */
export interface HttpResponse {
  readonly status: number;
  readonly body?: unknown;
  readonly text?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Ids and outcomes for the request's line in the log. */
  readonly noted?: Readonly<Record<string, unknown>>;
}

/** A Lambda behind API Gateway, payload format 2.0; those of `createRoute` take what a REST API sends as well. */
export type HttpHandler = (event: APIGatewayProxyEventV2) => Promise<APIGatewayProxyStructuredResultV2>;

/** In bytes, of a path together: longer ones name nothing of ours, and fit into no key of a table. */
const LONGEST_PARAMS = 2000;

interface RouteEvent extends APIGatewayProxyEventV2 {
  request?: HttpRequest;
}

/** Makes a Lambda of a function from request to answer. Errors become answers, and one line is logged for each request. */
export function createRoute(
  run: (request: HttpRequest) => Promise<HttpResponse>,
  { log, errors = 'plain' }: { log: Log; errors?: ErrorShape },
): HttpHandler {
  const handler = middy(async (event: RouteEvent) => {
    const read = request(event);
    if (Buffer.byteLength(Object.values(read.params).join('')) > LONGEST_PARAMS) throw notFound();
    const response = await run(read);
    log({ ...lineOf(event, response.status), ...response.noted });
    return answer(response);
  })
    .before(({ event }) => {
      event.request = readRequest(event);
    })
    .onError((failed) => {
      const { event, error } = failed;
      const response = answerError(error, event.request?.requestId ?? '', errors);
      log({
        ...lineOf(event, response.status),
        ...(error && !(error instanceof RequestError) && describeError(error)),
      });
      failed.response = answer(response);
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
  return {
    method: event.requestContext.http.method,
    ...placeOf(event),
    query: event.queryStringParameters ?? {},
    headers,
    body: Buffer.from(event.body ?? '', event.isBase64Encoded ? 'base64' : 'utf8'),
    requestId: randomUUID().replaceAll('-', ''),
    origin: originOf(event),
  };
}

/** What `{id+}` took to the end of the path is an id, and the slash behind it none of its own. */
function placeOf({ routeKey, pathParameters }: APIGatewayProxyEventV2): Pick<HttpRequest, 'route' | 'params'> {
  const route = routeKey.replace(/^\S+ /, '');
  const params = (pathParameters ?? {}) as Record<string, string>;
  if (!route.endsWith('{id+}')) return { route, params };
  return { route: route.replace(/\{id\+\}$/, '{id}'), params: { ...params, id: (params.id ?? '').replace(/\/$/, '') } };
}

/** An HTTP API of ours has no named stage, a REST API cannot be without one. */
function originOf({ requestContext: { domainName, stage } }: APIGatewayProxyEventV2): string {
  return `https://${domainName}${stage === undefined || stage === '$default' ? '' : `/${stage}`}`;
}

function answer({ status, body, text, headers }: HttpResponse): APIGatewayProxyStructuredResultV2 {
  if (text !== undefined)
    return { statusCode: status, headers: { 'content-type': 'text/plain', ...headers }, body: text };
  return {
    statusCode: status,
    headers: { 'content-type': 'application/json; charset=utf-8', ...headers },
    body: JSON.stringify(body ?? {}),
  };
}

function answerError(error: unknown, requestId: string, routeShape: ErrorShape): HttpResponse {
  const known =
    error instanceof RequestError
      ? error
      : new RequestError(500, 'INTERNAL_ERROR', 'Something broke on our side; sending the same again is safe');
  const { status, code, message, data, shape = routeShape } = known;
  const body = { error: code, description: message, ...(data !== undefined && { data }) };
  return { status, body: shape === 'message' && status !== 401 ? { status, requestId, ...body } : body };
}

function lineOf(event: RouteEvent, status: number): Record<string, unknown> {
  const { method, route, requestId } = request(event);
  return { method, route, requestId, status };
}
