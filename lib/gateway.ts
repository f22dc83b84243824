import type { RemovalPolicy } from 'aws-cdk-lib';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import type { Route } from '#lib/routes';
import type { Stage } from '#lib/stage';

/** What a gateway is made with. */
export interface GatewayProps {
  readonly stage: Stage;
  /** What happens to its access log when it is deleted. */
  readonly removalPolicy: RemovalPolicy;
}

/** A function and its routes. */
export interface Target {
  readonly name: string;
  readonly served: readonly Route[];
  readonly target: IFunction;
}

/** A gateway in front of the functions. */
export interface Gateway {
  readonly id: string;
  /** Its own address, which does not follow from the routes. */
  readonly url: string;
  readonly origin: string;
  /** The address by which the operator calls it. */
  readonly endpoint: string;
  add(target: Target): void;
  /** Brings paths of the compatible API that end with a slash to the function. Absent: the gateway ignores slashes. */
  addSlashes?(target: IFunction): void;
}

/**
 * The path as a gateway has it. A CRM's id may hold slashes, and a gateway decodes them before it looks for the route.
 * So an id at the end takes all of the rest, and `src/http/route.ts` reads it.
 */
export function gatewayPath(path: string): string {
  return path.replace(/\{id\}$/, '{id+}');
}
