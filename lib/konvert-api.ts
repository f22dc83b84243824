import { CfnOutput } from 'aws-cdk-lib';
import { HttpApi, HttpMethod } from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { type Route, routes } from '#lib/routes';

/** The HTTP API: the routes of `lib/routes.ts`, one integration for each function, events in payload format 2.0. */
export class KonvertApi extends Construct {
  constructor(scope: Construct, id: string, functions: Readonly<Record<string, IFunction>>) {
    super(scope, id);
    const api = new HttpApi(this, 'api');
    const byFunction = Map.groupBy<string, Route>(routes, (route) => route.function);
    for (const [name, served] of byFunction) addRoutes(api, name, functions[name], served);
    new CfnOutput(this, 'id', { value: api.apiId }).overrideLogicalId('ApiId');
    new CfnOutput(this, 'endpoint', { value: api.apiEndpoint }).overrideLogicalId('ApiEndpoint');
  }
}

function addRoutes(api: HttpApi, name: string, target: IFunction | undefined, served: readonly Route[]): void {
  if (!target) throw new Error(`A route names the function "${name}", which is not there`);
  // One permission for all routes of a function: one for each would outgrow its policy.
  const integration = new HttpLambdaIntegration(name, target, { scopePermissionToRoute: false });
  for (const { method, path } of served) {
    api.addRoutes({ path, methods: [HttpMethod[method]], integration });
  }
}
