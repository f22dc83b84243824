import { type CfnRoute, type CfnStage, HttpApi, HttpMethod } from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import { createAccessLog, HTTP_FORMAT } from '#lib/access-log';
import { acknowledge } from '#lib/acknowledge';
import { type Gateway, type GatewayProps, gatewayPath } from '#lib/gateway';
import { SLASH_ROUTE } from '#lib/routes';
import { throttleOf } from '#lib/throttles';

/** An HTTP API. Its events have payload format 2.0. */
export function createHttpGateway(scope: Construct, { stage, removalPolicy }: GatewayProps): Gateway {
  const api = new HttpApi(scope, 'api', { apiName: `konvert-${stage}` });
  acknowledge(api, 'APIG4', 'Functions check keys, tokens and the secrets of webhooks: each messenger has its own way');
  const { apiId: id, apiEndpoint: endpoint } = api;
  const served = api.defaultStage?.node.defaultChild as CfnStage;
  const { logGroupArn } = createAccessLog(scope, 'access-log', removalPolicy);
  served.accessLogSettings = { destinationArn: logGroupArn, format: HTTP_FORMAT };
  const routeSettings: Record<string, object> = {};
  served.routeSettings = routeSettings;

  function addRoute(method: HttpMethod, path: string, integration: HttpLambdaIntegration): void {
    const key = gatewayPath(path);
    const { perSecond, burst } = throttleOf({ path });
    // Written as the API has it, because CloudFormation passes it on.
    routeSettings[`${method} ${key}`] = { ThrottlingRateLimit: perSecond, ThrottlingBurstLimit: burst };
    // A stage is refused that throttles a route before that is there.
    for (const { node } of api.addRoutes({ path: key, methods: [method], integration })) {
      served.addResourceDependency(node.defaultChild as CfnRoute);
    }
  }

  return {
    id,
    url: endpoint,
    origin: endpoint,
    endpoint,
    add({ name, served: routes, target }) {
      const integration = integrationOf(name, target);
      for (const { method, path } of routes) addRoute(HttpMethod[method], path, integration);
    },
    // The one greedy path is taken last: any other match goes before it.
    addSlashes(target) {
      addRoute(HttpMethod.ANY, SLASH_ROUTE.path, integrationOf(SLASH_ROUTE.function, target));
    },
  };
}

/** A function has one permission for all its routes, because one for each would outgrow its policy. */
function integrationOf(name: string, target: IFunction): HttpLambdaIntegration {
  return new HttpLambdaIntegration(name, target, { scopePermissionToRoute: false });
}
