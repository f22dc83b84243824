import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { internalError, notFound, RequestError } from '#http/errors';
import type { HttpHandler } from '#http/route';
import { JSON_HEADERS } from '#http/safe-headers';
import type { Route } from '#lib/routes';

/** A request as it came in. Header names are in lower case; the path is still percent-encoded. */
export interface PlainRequest {
  readonly method: string;
  /** The path with the query. */
  readonly target: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}

/** An answer as it goes out. */
export interface PlainAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Uint8Array;
}

/** Answers every request; a failure is answered with an error. */
export type Gateway = (request: PlainRequest) => Promise<PlainAnswer>;

/**
 * Does what API Gateway does in AWS: finds the route of a request and calls its function with an event of format 2.0.
 */
export function createGateway(routes: readonly Route[], handlers: Readonly<Record<string, HttpHandler>>): Gateway {
  const compiled = routes.map((route) => ({ route, segments: route.path.split('/') }));

  function find(method: string, segments: readonly string[]): Found {
    for (const { route, segments: template } of compiled) {
      const params = route.method === method ? match(template, segments) : undefined;
      const handler = handlers[route.function];
      if (params && handler) return { route, params, handler };
    }
    throw notFound();
  }

  return async (request) => {
    try {
      const { path, query } = splitTarget(request.target);
      const found = find(request.method, segmentsOf(path));
      return answerOf(await found.handler(eventOf(request, found, path, query)));
    } catch (error) {
      return answerError(error);
    }
  };
}

/**
 * The answer to an error: its own status and description for a `RequestError`, and a 500 that tells nothing for any
 * other.
 */
export function answerError(error: unknown): PlainAnswer {
  const known = error instanceof RequestError ? error : internalError();
  return answerJson(known.status, { error: known.code, description: known.message });
}

/** An answer with a JSON body. */
export function answerJson(status: number, body: unknown): PlainAnswer {
  return { status, headers: JSON_HEADERS, body: JSON.stringify(body) };
}

/** Splits the target of a request line, which may be a whole address, into path and query. */
export function splitTarget(target: string): { path: string; query: string } {
  const local = target.replace(/^https?:\/\/[^/?]*/i, '');
  const [, path = '', query = ''] = /^([^?#]*)\??([^#]*)/.exec(local) ?? [];
  return { path: path === '' ? '/' : path, query };
}

interface Found {
  readonly route: Route;
  readonly params: Readonly<Record<string, string>>;
  readonly handler: HttpHandler;
}

function segmentsOf(path: string): string[] {
  try {
    return path
      .replace(/(?<=.)\/$/, '')
      .split('/')
      .map(decodeURIComponent);
  } catch {
    throw new RequestError(400, 'INVALID_REQUEST', 'The path is not percent-encoded UTF-8');
  }
}

function match(template: readonly string[], segments: readonly string[]): Record<string, string> | undefined {
  if (template.length !== segments.length) return undefined;
  const params: Record<string, string> = {};
  for (const [index, expected] of template.entries()) {
    const segment = segments[index] ?? '';
    const name = /^\{(\w+)\}$/.exec(expected)?.[1];
    if (name === undefined ? segment !== expected : segment === '') return undefined;
    if (name !== undefined) params[name] = segment;
  }
  return params;
}

function eventOf(request: PlainRequest, found: Found, path: string, query: string): APIGatewayProxyEventV2 {
  const { method, headers, body } = request;
  const queryStringParameters = queryOf(query);
  const http = { method, path, protocol: 'HTTP/1.1', sourceIp: '', userAgent: headers['user-agent'] ?? '' };
  const now = new Date();
  return {
    version: '2.0',
    routeKey: `${found.route.method} ${found.route.path}`,
    rawPath: path,
    rawQueryString: query,
    headers,
    pathParameters: found.params,
    ...(queryStringParameters && { queryStringParameters }),
    requestContext: {
      accountId: 'local',
      apiId: 'local',
      domainName: headers.host ?? 'localhost',
      domainPrefix: 'local',
      http,
      requestId: '',
      routeKey: `${found.route.method} ${found.route.path}`,
      stage: '$default',
      time: now.toUTCString(),
      timeEpoch: now.getTime(),
    },
    body: Buffer.from(body).toString('base64'),
    isBase64Encoded: true,
  };
}

function queryOf(query: string): Record<string, string> | undefined {
  if (query === '') return undefined;
  const values = new Map<string, string>();
  for (const [name, value] of new URLSearchParams(query)) {
    const before = values.get(name);
    values.set(name, before === undefined ? value : `${before},${value}`);
  }
  return Object.fromEntries(values);
}

function answerOf({ statusCode, headers, body, isBase64Encoded }: APIGatewayProxyStructuredResultV2): PlainAnswer {
  return {
    status: statusCode ?? 200,
    headers: Object.fromEntries(Object.entries(headers ?? {}).map(([name, value]) => [name, String(value)])),
    body: isBase64Encoded ? Buffer.from(body ?? '', 'base64') : (body ?? ''),
  };
}
