import { CfnOutput } from 'aws-cdk-lib';
import { EndpointType, LambdaIntegration, ResponseType, RestApi } from 'aws-cdk-lib/aws-apigateway';
import { HttpApi, HttpMethod } from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import type { GatewayKind } from '#lib/options';
import { type Route, routes } from '#lib/routes';

/** The kind of gateway, and the functions behind it. */
export interface KonvertApiProps {
  readonly gateway: GatewayKind;
  readonly functions: Readonly<Record<string, IFunction>>;
}

/** The routes of `lib/routes.ts`, one integration for each function, behind an HTTP API or a REST API. */
export class KonvertApi extends Construct {
  constructor(scope: Construct, id: string, { gateway, functions }: KonvertApiProps) {
    super(scope, id);
    const byFunction = Map.groupBy<string, Route>(routes, (route) => route.function);
    const targets = [...byFunction].map(([name, served]) => ({ name, served, target: targetOf(functions, name) }));
    const made = gateway === 'rest' ? createRestApi(this, targets) : createHttpApi(this, targets);
    new CfnOutput(this, 'id', { value: made.id }).overrideLogicalId('ApiId');
    new CfnOutput(this, 'endpoint', { value: made.endpoint }).overrideLogicalId('ApiEndpoint');
  }
}

interface Target {
  readonly name: string;
  readonly served: readonly Route[];
  readonly target: IFunction;
}

interface Made {
  readonly id: string;
  readonly endpoint: string;
}

function targetOf(functions: Readonly<Record<string, IFunction>>, name: string): IFunction {
  const target = functions[name];
  if (!target) throw new Error(`A route names the function "${name}", which is not there`);
  return target;
}

/**
 * The path as a gateway has it. A CRM's id may hold slashes, and a gateway decodes them before it looks for the route.
 * So an id at the end takes all of the rest, and `src/http/route.ts` reads it.
 */
export function gatewayPath(path: string): string {
  return path.replace(/\{id\}$/, '{id+}');
}

// Both gateways give a function one permission for all its routes, because one for each would outgrow its policy.

/** Its events have payload format 2.0. */
function createHttpApi(scope: Construct, targets: readonly Target[]): Made {
  const api = new HttpApi(scope, 'api');
  for (const { name, served, target } of targets) {
    const integration = new HttpLambdaIntegration(name, target, { scopePermissionToRoute: false });
    for (const { method, path } of served) {
      api.addRoutes({ path: gatewayPath(path), methods: [HttpMethod[method]], integration });
    }
  }
  return { id: api.apiId, endpoint: api.apiEndpoint };
}

/** As on our own answers (`src/http/safe-headers.ts`). What an HTTP API answers by itself cannot be changed. */
const SAFE_HEADERS = { 'X-Content-Type-Options': "'nosniff'", 'Cache-Control': "'no-store'" };

/** Its events have payload format 1.0. `src/http/rest-event.ts` turns them into 2.0. */
function createRestApi(scope: Construct, targets: readonly Target[]): Made {
  const api = new RestApi(scope, 'rest-api', {
    endpointTypes: [EndpointType.REGIONAL],
    // Signatures are checked on raw bytes, and only binary media types arrive byte for byte.
    binaryMediaTypes: ['*/*'],
  });
  for (const { served, target } of targets) {
    const integration = new LambdaIntegration(target, { scopePermissionToMethod: false });
    for (const { method, path } of served) api.root.resourceForPath(gatewayPath(path)).addMethod(method, integration);
  }
  // A REST API's own answer to an unknown route is 403, as if a key could help.
  api.addGatewayResponse('no-route', {
    type: ResponseType.MISSING_AUTHENTICATION_TOKEN,
    statusCode: '404',
    templates: { 'application/json': '{"message":"Not Found"}' },
    responseHeaders: SAFE_HEADERS,
  });
  api.addGatewayResponse('refused', { type: ResponseType.DEFAULT_4XX, responseHeaders: SAFE_HEADERS });
  api.addGatewayResponse('failed', { type: ResponseType.DEFAULT_5XX, responseHeaders: SAFE_HEADERS });
  return { id: api.restApiId, endpoint: api.url.replace(/\/$/, '') };
}
