import { Stack } from 'aws-cdk-lib';
import {
  AccessLogFormat,
  AwsIntegration,
  EndpointType,
  LogGroupLogDestination,
  type MethodDeploymentOptions,
  ResponseType,
  RestApi,
  type Stage,
} from 'aws-cdk-lib/aws-apigateway';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import { createAccessLog, REST_FORMAT } from '#lib/access-log';
import { acknowledge } from '#lib/acknowledge';
import { type Gateway, type GatewayProps, gatewayPath } from '#lib/gateway';
import { InlineRole } from '#lib/inline-role';
import { routes } from '#lib/routes';
import { throttleOf } from '#lib/throttles';

/** As on our own answers (`src/http/safe-headers.ts`). What an HTTP API answers by itself cannot be changed. */
const SAFE_HEADERS = { 'X-Content-Type-Options': "'nosniff'", 'Cache-Control': "'no-store'" };

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-logging.html */
const CLOUDWATCH_POLICY =
  'IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/service-role/AmazonAPIGatewayPushToCloudWatchLogs]';

/** A REST API. Its events have payload format 1.0. `src/http/rest-event.ts` turns them into 2.0. */
export function createRestGateway(scope: Construct, { stage, removalPolicy }: GatewayProps): Gateway & RestStage {
  const api = new RestApi(scope, 'rest-api', {
    restApiName: `konvert-${stage}`,
    endpointTypes: [EndpointType.REGIONAL],
    deployOptions: {
      stageName: stage,
      accessLogDestination: new LogGroupLogDestination(createAccessLog(scope, 'access-log', removalPolicy)),
      accessLogFormat: AccessLogFormat.custom(REST_FORMAT),
      methodOptions: Object.fromEntries(routes.map(methodOptionOf)),
    },
    // A region without this role refuses access logs. All REST APIs of the account in the region share it.
    cloudWatchRole: true,
    // Signatures are checked on raw bytes, and only binary media types arrive byte for byte.
    binaryMediaTypes: ['*/*'],
  });
  acknowledge(api, 'APIG2', 'Functions read every body by a schema, and say in words what is wrong');
  acknowledge(api, 'APIG4', 'Functions check keys, tokens and the secrets of webhooks: each messenger has its own way');
  acknowledge(api, 'COG4', 'Its callers are programs and messengers, and people whom a CRM or a link brings');
  acknowledge(api, 'APIG6', 'An execution log holds paths, and with them phones: the access log says what was refused');
  acknowledge(api, CLOUDWATCH_POLICY, 'AWS names this policy for the role, and all REST APIs of the region share it');
  // A REST API's own answer to an unknown route is 403, as if a key could help.
  api.addGatewayResponse('no-route', {
    type: ResponseType.MISSING_AUTHENTICATION_TOKEN,
    statusCode: '404',
    templates: { 'application/json': '{"message":"Not Found"}' },
    responseHeaders: SAFE_HEADERS,
  });
  api.addGatewayResponse('refused', { type: ResponseType.DEFAULT_4XX, responseHeaders: SAFE_HEADERS });
  api.addGatewayResponse('failed', { type: ResponseType.DEFAULT_5XX, responseHeaders: SAFE_HEADERS });
  // One role instead of a permission in each function: a REST API needs a resource for each part of each path, and a
  // template takes 500 (ADR 99).
  const credentialsRole = new InlineRole(scope, 'caller', 'apigateway.amazonaws.com');
  const { region, urlSuffix } = Stack.of(scope);
  const origin = `https://${api.restApiId}.execute-api.${region}.${urlSuffix}`;
  return {
    id: api.restApiId,
    // CDK's own address of the stage follows from the functions, so these could not know it.
    url: `${origin}/${stage}`,
    origin,
    endpoint: api.url.replace(/\/$/, ''),
    served: api.deploymentStage,
    add({ served, target: { functionArn } }) {
      credentialsRole.addToPolicy(
        new PolicyStatement({ actions: ['lambda:InvokeFunction'], resources: [functionArn] }),
      );
      const integration = new AwsIntegration({
        proxy: true,
        service: 'lambda',
        path: `2015-03-31/functions/${functionArn}/invocations`,
        options: { credentialsRole },
      });
      for (const { method, path } of served) api.root.resourceForPath(gatewayPath(path)).addMethod(method, integration);
    },
  };
}

/** The stage of a REST API, for what stands before it. */
interface RestStage {
  readonly served: Stage;
}

function methodOptionOf(route: { readonly method: string; readonly path: string }): [string, MethodDeploymentOptions] {
  const { perSecond, burst } = throttleOf(route);
  return [
    `${gatewayPath(route.path)}/${route.method}`,
    { throttlingRateLimit: perSecond, throttlingBurstLimit: burst },
  ];
}
