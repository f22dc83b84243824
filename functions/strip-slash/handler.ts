import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { internalError } from '#http/errors';
import type { HttpHandler } from '#http/route';
import { JSON_HEADERS } from '#http/safe-headers';
import { type Route, SLASH_ROUTE, slashRoutes } from '#lib/routes';
import { describeError, type Log } from '#log';

export interface StripSlashDeps {
  /** Calls a function with an event of its routes, and resolves to its answer. */
  readonly pass: (name: string, event: APIGatewayProxyEventV2) => Promise<APIGatewayProxyStructuredResultV2>;
  readonly log: Log;
}

interface Found {
  readonly route: Route;
  readonly params: Readonly<Record<string, string>>;
}

/** What the gateway itself answers to a path without a route. */
const NO_ROUTE = answerOf(404, { message: 'Not Found' });
const { status, code, message } = internalError();
const BROKEN = answerOf(status, { error: code, description: message });

/** Answers requests to paths of the compatible API that end with a slash, by the function that serves the path. */
export function createHandler({ pass, log }: StripSlashDeps): HttpHandler {
  return async (event) => {
    const { method } = event.requestContext.http;
    const found = findRoute(method, `/v3/${event.pathParameters?.proxy ?? ''}`.replace(/\/$/, ''));
    const line = { method, route: found?.route.path ?? SLASH_ROUTE.path };
    try {
      const answer = found ? await pass(found.route.function, eventOf(event, found)) : NO_ROUTE;
      log({ ...line, status: answer.statusCode });
      return answer;
    } catch (error) {
      log({ ...line, status: BROKEN.statusCode, ...describeError(error) });
      return BROKEN;
    }
  };
}

function findRoute(method: string, path: string): Found | undefined {
  for (const route of slashRoutes) {
    const params = route.method === method ? paramsOf(route.path, path) : undefined;
    if (params) return { route, params };
  }
  return undefined;
}

/** The parameters of the path, if it is as the template says. */
function paramsOf(template: string, path: string): Record<string, string> | undefined {
  const names = template.split('/');
  const parts = path.split('/');
  if (names.length !== parts.length) return undefined;
  const params: Record<string, string> = {};
  for (const [at, name] of names.entries()) {
    const part = parts[at] ?? '';
    if (name.startsWith('{') && part !== '') params[name.slice(1, -1)] = part;
    else if (name !== part) return undefined;
  }
  return params;
}

/** The event as the gateway makes it for the path without the slash. */
function eventOf(event: APIGatewayProxyEventV2, { route, params }: Found): APIGatewayProxyEventV2 {
  return { ...event, routeKey: `${route.method} ${route.path}`, pathParameters: params };
}

function answerOf(statusCode: number, body: object) {
  return { statusCode, headers: JSON_HEADERS, body: JSON.stringify(body) };
}
