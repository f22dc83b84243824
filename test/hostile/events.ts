import { isUtf8 } from 'node:buffer';
import type { APIGatewayProxyEvent, APIGatewayProxyEventV2 } from 'aws-lambda';
import type { Entrance } from '#test/hostile/requests';

type Header = readonly [name: string, value: string];

/** The event as the gateway makes it from the same request. `headers` are those that were sent. */
export function eventBy(
  entrance: Entrance,
  event: APIGatewayProxyEventV2,
  headers: readonly Header[],
): APIGatewayProxyEventV2 {
  if (entrance === 'local') return event;
  const bytes = Buffer.from(event.body ?? '', 'base64');
  const text = isUtf8(bytes) ? { body: bytes.toString(), isBase64Encoded: false } : {};
  if (entrance === 'http') return { ...event, ...text };
  // No gateway sends a text marked as base64, but nothing may break if one does.
  if (entrance === 'odd') return { ...event, ...text, isBase64Encoded: true };
  return { ...restEvent(event, headers), ...text } as unknown as APIGatewayProxyEventV2;
}

function restEvent(event: APIGatewayProxyEventV2, headers: readonly Header[]): Partial<APIGatewayProxyEvent> {
  const { queryStringParameters, pathParameters, requestContext, rawPath, routeKey, rawQueryString } = event;
  const { method } = requestContext.http;
  const query = [...new URLSearchParams(rawQueryString)];
  return {
    httpMethod: method,
    path: rawPath,
    resource: routeKey.replace(/^\S+ /, ''),
    headers: Object.fromEntries(headers),
    multiValueHeaders: grouped(headers),
    queryStringParameters: (queryStringParameters ?? null) as APIGatewayProxyEvent['queryStringParameters'],
    multiValueQueryStringParameters: query.length === 0 ? null : grouped(query),
    pathParameters: (pathParameters ?? null) as APIGatewayProxyEvent['pathParameters'],
    requestContext: { path: rawPath, stage: 'prod' } as APIGatewayProxyEvent['requestContext'],
    body: event.body ?? null,
    isBase64Encoded: event.isBase64Encoded,
  };
}

function grouped(pairs: readonly (readonly [string, string])[]): Record<string, string[]> {
  const groups = new Map<string, string[]>();
  for (const [name, value] of pairs) groups.set(name, [...(groups.get(name) ?? []), value]);
  return Object.fromEntries(groups);
}
