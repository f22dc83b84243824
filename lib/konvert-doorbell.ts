import { CfnOutput, Stack } from 'aws-cdk-lib';
import { WebSocketApi, WebSocketStage } from 'aws-cdk-lib/aws-apigatewayv2';
import { WebSocketLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { DOORBELL_URL_VARIABLE } from '#lib/variable-names';

const STAGE = 'live';
/** A page pings every few minutes and says when somebody writes. All pages together need much less than this. */
const MOST_A_SECOND = 500;

/** The WebSocket API by which pages are rung. */
export class KonvertDoorbell extends Construct {
  private readonly api: WebSocketApi;
  /** The address of its stage. Functions may know it, because it does not follow from the routes that lead to them. */
  private readonly url: string;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    this.api = new WebSocketApi(this, 'api', { description: 'Konvert: rings pages when a chat changes' });
    const { region, urlSuffix } = Stack.of(this);
    this.url = `wss://${this.api.apiId}.execute-api.${region}.${urlSuffix}/${STAGE}`;
    const throttle = { rateLimit: MOST_A_SECOND, burstLimit: 2 * MOST_A_SECOND };
    new WebSocketStage(this, 'stage', { webSocketApi: this.api, stageName: STAGE, autoDeploy: true, throttle });
    new CfnOutput(this, 'id', { value: this.url }).overrideLogicalId('DoorbellUrl');
  }

  /** Lets the function know the address, and post to sockets if it rings them. */
  grant(grantee: LambdaFunction, use: 'told' | 'rung'): void {
    grantee.addEnvironment(DOORBELL_URL_VARIABLE, this.url);
    if (use === 'told') return;
    const posts = Stack.of(this).formatArn({
      service: 'execute-api',
      resource: this.api.apiId,
      resourceName: `${STAGE}/POST/@connections/*`,
    });
    grantee.addToRolePolicy(new PolicyStatement({ actions: ['execute-api:ManageConnections'], resources: [posts] }));
  }

  /** Makes the function answer what comes by sockets. */
  serve(answer: LambdaFunction): void {
    const integration = new WebSocketLambdaIntegration('answer', answer);
    for (const route of ['$connect', '$disconnect', '$default']) this.api.addRoute(route, { integration });
  }
}
