import { readStage, type Stage } from '#lib/stage';

/** The kind of gateway in front of the functions. LocalStack's free plan, for example, has only REST APIs. */
export type GatewayKind = 'http' | 'rest';

/** The options of a deployment, as given on the command line. */
export interface KonvertOptions {
  readonly stage: Stage;
  readonly gateway: GatewayKind;
  /** Whether functions may call addresses in private networks. */
  readonly privateAddresses: boolean;
  /** The base of webhook addresses, if the gateway has a custom domain. */
  readonly publicUrl: string | undefined;
}

/** Reads `-c stage=… -c gateway=… -c privateAddresses=… -c publicUrl=…`. Throws if a value cannot be used. */
export function readOptions(context: (key: string) => unknown): KonvertOptions {
  const stage = readStage(context('stage'));
  return {
    stage,
    gateway: readGateway(context('gateway')),
    privateAddresses: readPrivateAddresses(context('privateAddresses'), stage),
    publicUrl: readPublicUrl(context('publicUrl')),
  };
}

function readGateway(given: unknown = 'http'): GatewayKind {
  if (given === 'http' || given === 'rest') return given;
  throw new Error(`There is no gateway "${given}": -c gateway=http or -c gateway=rest`);
}

function readPrivateAddresses(given: unknown, stage: Stage): boolean {
  if (given === undefined) return false;
  if (given !== 'allow') throw new Error(`"${given}" says nothing about private addresses: -c privateAddresses=allow`);
  if (stage === 'dev') return true;
  throw new Error('Private addresses may be called in the stage dev only: -c stage=dev -c privateAddresses=allow');
}

function readPublicUrl(given: unknown): string | undefined {
  if (given === undefined) return undefined;
  if (typeof given !== 'string' || !/^https:\/\/[^\s?#@]+$/.test(given) || !URL.canParse(given)) {
    throw new Error(`"${given}" is no base for webhook addresses: -c publicUrl=https://konvert.example.com`);
  }
  return given.replace(/\/+$/, '');
}
