import { CfnOutput } from 'aws-cdk-lib';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { acknowledge } from '#lib/acknowledge';
import type { Gateway, GatewayProps } from '#lib/gateway';
import { createHttpGateway } from '#lib/http-gateway';
import { createFirewall } from '#lib/konvert-firewall';
import type { GatewayKind } from '#lib/options';
import { createRestGateway } from '#lib/rest-gateway';
import { type Route, routes, SLASH_ROUTE } from '#lib/routes';

/** The kind of gateway, and whether a firewall stands before it. */
export interface KonvertApiProps extends GatewayProps {
  readonly gateway: GatewayKind;
  /** Only a REST API can have one. */
  readonly waf: boolean;
}

/** The routes of `lib/routes.ts`, one integration for each function, behind an HTTP API or a REST API. */
export class KonvertApi extends Construct {
  /** Its own address. Functions may know it, because it does not follow from the routes that lead to them. */
  readonly url: string;
  /** The origin of the pages that it serves. */
  readonly origin: string;
  private readonly gateway: Gateway;

  constructor(scope: Construct, id: string, { gateway, waf, ...props }: KonvertApiProps) {
    super(scope, id);
    if (gateway === 'rest') {
      const rest = createRestGateway(this, props);
      if (waf) createFirewall(this, { stage: props.stage, stageArn: rest.served.stageArn });
      else acknowledge(rest.served, 'APIG3', 'A firewall costs by the month and by the request: -c waf=on makes it');
      this.gateway = rest;
    } else this.gateway = createHttpGateway(this, props);
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

function targetOf(functions: Readonly<Record<string, IFunction>>, name: string): IFunction {
  const target = functions[name];
  if (!target) throw new Error(`A route names the function "${name}", which is not there`);
  return target;
}
