import { CfnOutput, Stack } from 'aws-cdk-lib';
import { EndpointType, LambdaIntegration, ResponseType, RestApi } from 'aws-cdk-lib/aws-apigateway';
import { HttpApi, HttpMethod } from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import type { GatewayKind } from '#lib/options';
import { type Route, routes, SLASH_ROUTE } from '#lib/routes';

/** The routes of `lib/routes.ts`, one integration for each function, behind an HTTP API or a REST API. */
export class KonvertApi extends Construct {
  /** Its own address. Functions may know it, because it does not follow from the routes that lead to them. */
  readonly url: string;
  /** The origin of the pages that it serves. */
  readonly origin: string;
  private readonly gateway: Gateway;

  constructor(scope: Construct, id: string, { gateway }: { readonly gateway: GatewayKind }) {
    super(scope, id);
    this.gateway = gateway === 'rest' ? createRestApi(this) : createHttpApi(this);
    this.url = this.gateway.url;
    this.origin = this.gateway.origin;
    new CfnOutput(this, 'id', { value: this.gateway.id }).overrideLogicalId('ApiId');
    new CfnOutput(this, 'endpoint', { value: this.gateway.endpoint }).overrideLogicalId('ApiEndpoint');
  }

  /** Makes the routes lead to their functions. */
  serve(functions: Readonly<Record<string, IFunction>>): void {
    const byFunction = Map.groupBy<string, Route>(routes, (route) => route.function);
    for (const [name, served] of byFunction) this.gateway.add({ name, served, target: targetOf(functions, name) });
    this.gateway.addSlashes?.(targetOf(functions, SLASH_ROUTE.function));
  }
}

interface Target {
  readonly name: string;
  readonly served: readonly Route[];
  readonly target: IFunction;
}

interface Gateway {
  readonly id: string;
  readonly url: string;
  readonly origin: string;
  /** The address by which the operator calls it. */
  readonly endpoint: string;
  add(target: Target): void;
  /** Brings paths of the compatible API that end with a slash to the function. Absent: the gateway ignores slashes. */
  addSlashes?(target: IFunction): void;
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
function createHttpApi(scope: Construct): Gateway {
  const api = new HttpApi(scope, 'api');
  const { apiId: id, apiEndpoint: endpoint } = api;
  return {
    id,
    url: endpoint,
    origin: endpoint,
    endpoint,
    add({ name, served, target }) {
      const integration = new HttpLambdaIntegration(name, target, { scopePermissionToRoute: false });
      for (const { method, path } of served) {
        api.addRoutes({ path: gatewayPath(path), methods: [HttpMethod[method]], integration });
      }
    },
    // The one greedy path is taken last: any other match goes before it.
    addSlashes(target) {
      const name = SLASH_ROUTE.function;
      const integration = new HttpLambdaIntegration(name, target, { scopePermissionToRoute: false });
      api.addRoutes({ path: SLASH_ROUTE.path, methods: [HttpMethod.ANY], integration });
    },
  };
}

/** The name that CDK gives it. */
const REST_STAGE = 'prod';

/** As on our own answers (`src/http/safe-headers.ts`). What an HTTP API answers by itself cannot be changed. */
const SAFE_HEADERS = { 'X-Content-Type-Options': "'nosniff'", 'Cache-Control': "'no-store'" };

/** Its events have payload format 1.0. `src/http/rest-event.ts` turns them into 2.0. */
function createRestApi(scope: Construct): Gateway {
  const api = new RestApi(scope, 'rest-api', {
    endpointTypes: [EndpointType.REGIONAL],
    deployOptions: { stageName: REST_STAGE },
    // Signatures are checked on raw bytes, and only binary media types arrive byte for byte.
    binaryMediaTypes: ['*/*'],
  });
  // A REST API's own answer to an unknown route is 403, as if a key could help.
  api.addGatewayResponse('no-route', {
    type: ResponseType.MISSING_AUTHENTICATION_TOKEN,
    statusCode: '404',
    templates: { 'application/json': '{"message":"Not Found"}' },
    responseHeaders: SAFE_HEADERS,
  });
  api.addGatewayResponse('refused', { type: ResponseType.DEFAULT_4XX, responseHeaders: SAFE_HEADERS });
  api.addGatewayResponse('failed', { type: ResponseType.DEFAULT_5XX, responseHeaders: SAFE_HEADERS });
  const { region, urlSuffix } = Stack.of(scope);
  const origin = `https://${api.restApiId}.execute-api.${region}.${urlSuffix}`;
  return {
    id: api.restApiId,
    // CDK's own address of the stage follows from the functions, so these could not know it.
    url: `${origin}/${REST_STAGE}`,
    origin,
    endpoint: api.url.replace(/\/$/, ''),
    add({ served, target }) {
      const integration = new LambdaIntegration(target, { scopePermissionToMethod: false });
      for (const { method, path } of served) api.root.resourceForPath(gatewayPath(path)).addMethod(method, integration);
    },
  };
}
