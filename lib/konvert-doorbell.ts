import { CfnOutput, Stack } from 'aws-cdk-lib';
import { type CfnApi, WebSocketApi, WebSocketStage } from 'aws-cdk-lib/aws-apigatewayv2';
import { WebSocketLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { acknowledge, acknowledgeGrant } from '#lib/acknowledge';
import type { Stage } from '#lib/stage';
import { DOORBELL_URL_VARIABLE } from '#lib/variable-names';

const STAGE_NAME = 'live';
/** A page pings every few minutes and says when somebody writes. All pages together need much less than this. */
const MOST_A_SECOND = 500;

/** The WebSocket API by which pages are rung. */
export class KonvertDoorbell extends Construct {
  private readonly api: WebSocketApi;
  /** The address of its stage. Functions may know it, because it does not follow from the routes that lead to them. */
  private readonly url: string;

  constructor(scope: Construct, id: string, { stage }: { readonly stage: Stage }) {
    super(scope, id);
    this.api = new WebSocketApi(this, 'api', {
      apiName: `konvert-${stage}-doorbell`,
      description: 'Konvert: rings pages when a chat changes',
    });
    acknowledge(
      this.api,
      'APIG4',
      'A browser can send no header here: answer-doorbell checks the ticket in the address',
    );
    const { region, urlSuffix } = Stack.of(this);
    this.url = `wss://${this.api.apiId}.execute-api.${region}.${urlSuffix}/${STAGE_NAME}`;
    const throttle = { rateLimit: MOST_A_SECOND, burstLimit: 2 * MOST_A_SECOND };
    const live = new WebSocketStage(this, 'stage', {
      webSocketApi: this.api,
      stageName: STAGE_NAME,
      autoDeploy: true,
      throttle,
    });
    acknowledge(
      live,
      'APIG1',
      'It would need a role for all APIs of the region, and answer-doorbell logs what it refuses',
    );
    new CfnOutput(this, 'id', { value: this.url }).overrideLogicalId('DoorbellUrl');
  }

  /** Lets the function know the address, and post to sockets if it rings them. */
  grant(grantee: LambdaFunction, use: 'told' | 'rung'): void {
    grantee.addEnvironment(DOORBELL_URL_VARIABLE, this.url);
    if (use === 'told') return;
    const posts = Stack.of(this).formatArn({
      service: 'execute-api',
      resource: this.api.apiId,
      resourceName: `${STAGE_NAME}/POST/@connections/*`,
    });
    grantee.addToRolePolicy(new PolicyStatement({ actions: ['execute-api:ManageConnections'], resources: [posts] }));
    const api = Stack.of(this).resolve((this.api.node.defaultChild as CfnApi).logicalId);
    const named = `arn:<AWS::Partition>:execute-api:<AWS::Region>:<AWS::AccountId>:<${api}>/${STAGE_NAME}/POST/@connections/*`;
    acknowledgeGrant(grantee, named, 'Sockets come and go: the stage of this API is named');
  }

  /** Makes the function answer what comes by sockets. */
  serve(answer: LambdaFunction): void {
    const integration = new WebSocketLambdaIntegration('answer', answer);
    for (const route of ['$connect', '$disconnect', '$default']) this.api.addRoute(route, { integration });
  }
}
