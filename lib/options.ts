import { readStage, type Stage } from '#lib/stage';

/** The kind of gateway in front of the functions. LocalStack's free plan, for example, has only REST APIs. */
export type GatewayKind = 'http' | 'rest';

/** The options of a deployment, as given on the command line. */
export interface KonvertOptions {
  readonly stage: Stage;
  readonly gateway: GatewayKind;
  /** Whether pages are rung by a WebSocket API. Without one they ask again and again. */
  readonly doorbell: boolean;
  /** Whether functions may call addresses in private networks. */
  readonly privateAddresses: boolean;
  /** Whether queues may be reached by plain HTTP: a local engine offers nothing else. */
  readonly plainHttp: boolean;
  /** The base of addresses that are told to others, if the gateway has a custom domain. */
  readonly publicUrl: string | undefined;
  /** After so many days files that clients sent are deleted. Undefined: they are kept. */
  readonly filesDays: number | undefined;
  /** Whether a web application firewall stands before the gateway. Only a REST API can have one. */
  readonly waf: boolean;
  /** The concurrency that the account reserves for functions. Undefined: none is reserved. */
  readonly reserve: number | undefined;
  /** Who is told of alarms. Undefined: nobody. */
  readonly alarmEmail: string | undefined;
}

/** Reads `-c stage=…` and the other flags of `docs/deploying.md`. Throws if a value cannot be used. */
export function readOptions(context: (key: string) => unknown): KonvertOptions {
  const stage = readStage(context('stage'));
  const gateway = readGateway(context('gateway'));
  return {
    stage,
    gateway,
    doorbell: readDoorbell(context('doorbell'), gateway),
    privateAddresses: readAllowed('privateAddresses', context('privateAddresses'), stage),
    plainHttp: readAllowed('plainHttp', context('plainHttp'), stage),
    publicUrl: readPublicUrl(context('publicUrl')),
    filesDays: readDays(context('filesDays')),
    waf: readWaf(context('waf'), gateway),
    reserve: readReserve(context('reserve')),
    alarmEmail: readEmail(context('alarmEmail')),
  };
}

function readGateway(given: unknown = 'http'): GatewayKind {
  if (given === 'http' || given === 'rest') return given;
  throw new Error(`There is no gateway "${given}": -c gateway=http or -c gateway=rest`);
}

/** Where there are only REST APIs, there are no WebSocket APIs. */
function readDoorbell(given: unknown = 'on', gateway: GatewayKind): boolean {
  if (given === 'on' || given === 'off') return given === 'on' && gateway === 'http';
  throw new Error(`"${given}" is no value of doorbell: -c doorbell=off`);
}

/** What makes a deployment less safe, and may be allowed for trying it out. */
function readAllowed(name: string, given: unknown, stage: Stage): boolean {
  if (given === undefined) return false;
  if (given !== 'allow') throw new Error(`"${given}" is no value of ${name}: -c ${name}=allow`);
  if (stage === 'dev') return true;
  throw new Error(`${name} may be allowed in the stage dev only: -c stage=dev -c ${name}=allow`);
}

function readPublicUrl(given: unknown): string | undefined {
  if (given === undefined) return undefined;
  if (typeof given !== 'string' || !/^https:\/\/[^\s?#@]+$/.test(given) || !URL.canParse(given)) {
    throw new Error(`"${given}" is no base for addresses: -c publicUrl=https://konvert.example.com`);
  }
  return given.replace(/\/+$/, '');
}

function readDays(given: unknown): number | undefined {
  if (given === undefined) return undefined;
  if (!/^[1-9]\d{0,4}$/.test(String(given))) throw new Error(`"${given}" are no days: -c filesDays=365`);
  return Number(given);
}

function readWaf(given: unknown = 'off', gateway: GatewayKind): boolean {
  if (given !== 'on' && given !== 'off') throw new Error(`"${given}" is no value of waf: -c waf=on`);
  if (given === 'on' && gateway === 'http') {
    throw new Error('An HTTP API cannot have a firewall: -c gateway=rest -c waf=on');
  }
  return given === 'on';
}

function readReserve(given: unknown): number | undefined {
  if (given === undefined) return undefined;
  if (!/^[1-9]\d{0,5}$/.test(String(given))) throw new Error(`"${given}" is no concurrency: -c reserve=200`);
  return Number(given);
}

/** An address as SNS takes it: no name before it, no list. */
function readEmail(given: unknown): string | undefined {
  if (given === undefined) return undefined;
  if (
    typeof given === 'string' &&
    given.length <= 254 &&
    /^[^\s@<>,;"]+@[^\s@<>,;".]+(\.[^\s@<>,;".]+)+$/.test(given)
  ) {
    return given;
  }
  throw new Error(`"${given}" is no address of an e-mail: -c alarmEmail=team@example.com`);
}
