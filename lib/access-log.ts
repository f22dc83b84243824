import type { RemovalPolicy } from 'aws-cdk-lib';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';

/**
 * What both gateways note of a request. Paths and queries hold phones and secrets of links, addresses and browsers lead
 * to people, and an error's text may quote what was sent: so a route is named by its key, an error by its kind.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-logging-variables.html
 */
const NOTED = {
  requestId: '$context.requestId',
  at: '$context.requestTimeEpoch',
  method: '$context.httpMethod',
  status: '$context.status',
  ms: '$context.responseLatency',
  bytes: '$context.responseLength',
  refused: '$context.error.responseType',
} as const;

/** The format for an HTTP API: one JSON object for each request. */
export const HTTP_FORMAT = JSON.stringify({ ...NOTED, route: '$context.routeKey' });

/** The format for a REST API. */
export const REST_FORMAT = JSON.stringify({ ...NOTED, route: '$context.resourcePath' });

/** Where a gateway notes its requests, for a month. */
export function createAccessLog(scope: Construct, id: string, removalPolicy: RemovalPolicy): LogGroup {
  return new LogGroup(scope, id, { retention: RetentionDays.ONE_MONTH, removalPolicy });
}
