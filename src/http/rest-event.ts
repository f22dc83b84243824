import type { APIGatewayProxyEvent, APIGatewayProxyEventV2 } from 'aws-lambda';

/** An event of an HTTP API (payload format 2.0) or of a REST API (1.0). */
export type GatewayEvent = APIGatewayProxyEvent | APIGatewayProxyEventV2;

/** The event of either gateway in format 2.0. An id at the end of the path is decoded. */
export function toFormat2(event: GatewayEvent): APIGatewayProxyEventV2 {
  return 'httpMethod' in event ? fromRest(event) : fromHttp(event);
}

/** An HTTP API decodes a path except for `%25`. A REST API and the local gateway decode that too. */
function fromHttp(event: APIGatewayProxyEventV2): APIGatewayProxyEventV2 {
  const { id } = event.pathParameters ?? {};
  if (id === undefined || !event.routeKey.endsWith('{id+}')) return event;
  return { ...event, pathParameters: { ...event.pathParameters, id: id.replaceAll('%25', '%') } };
}

function fromRest(event: APIGatewayProxyEvent): APIGatewayProxyEventV2 {
  const { httpMethod: method, path, resource, requestContext, pathParameters, body, isBase64Encoded } = event;
  const { accountId, apiId, domainPrefix = '', requestId, stage } = requestContext;
  const headers = headersOf(event);
  // An emulator may leave it out.
  const domainName = requestContext.domainName ?? headers.host ?? '';
  const query = queryOf(event);
  const routeKey = `${method} ${resource}`;
  return {
    version: '2.0',
    routeKey,
    rawPath: path,
    rawQueryString: rawQueryOf(event),
    headers,
    ...(headers.cookie !== undefined && { cookies: headers.cookie.split(/; */) }),
    ...(query && { queryStringParameters: query }),
    ...(pathParameters && { pathParameters }),
    requestContext: {
      accountId,
      apiId,
      domainName,
      domainPrefix,
      http: {
        method,
        path,
        protocol: requestContext.protocol ?? 'HTTP/1.1',
        sourceIp: requestContext.identity?.sourceIp ?? '',
        userAgent: headers['user-agent'] ?? '',
      },
      requestId,
      routeKey,
      // A custom domain hides the stage.
      stage: requestContext.path === path ? '$default' : stage,
      time: requestContext.requestTime ?? '',
      timeEpoch: requestContext.requestTimeEpoch,
    },
    ...(typeof body === 'string' && { body }),
    isBase64Encoded,
  };
}

/**
 * Puts names in lower case, because AWS passes them on as they were sent. Repeated headers are joined as an HTTP API
 * joins them.
 */
function headersOf({ headers, multiValueHeaders }: APIGatewayProxyEvent): Record<string, string> {
  const joined: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers ?? {})) {
    if (value !== undefined) joined[name.toLowerCase()] = value;
  }
  for (const [name, values] of Object.entries(multiValueHeaders ?? {})) {
    if (values) joined[name.toLowerCase()] = values.join(',');
  }
  return joined;
}

function queryOf({ queryStringParameters: single, multiValueQueryStringParameters: multiple }: APIGatewayProxyEvent) {
  if (!single && !multiple) return undefined;
  const joined = Object.entries(multiple ?? {}).map(([name, values]) => [name, (values ?? []).join(',')]);
  return { ...single, ...Object.fromEntries(joined) } as Record<string, string | undefined>;
}

function rawQueryOf({ queryStringParameters: single, multiValueQueryStringParameters }: APIGatewayProxyEvent): string {
  const multiple =
    multiValueQueryStringParameters ??
    Object.fromEntries(Object.entries(single ?? {}).map(([name, value]) => [name, [value ?? '']]));
  const pairs = Object.entries(multiple).flatMap(([name, values]) => (values ?? []).map((value) => [name, value]));
  return new URLSearchParams(pairs as [string, string][]).toString();
}
