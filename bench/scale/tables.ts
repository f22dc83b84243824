import type { Row } from '../table.ts';
import { LIMITS_OF_A_KEY } from '../throttle/buckets.ts';
import type { Flow } from './flows.ts';
import type { HotKeys } from './hot-keys.ts';
import { PRICES } from './prices.ts';

/** What was measured, as `bench/results.json` keeps it. */
export interface Recorded {
  readonly hotKeys: readonly HotKeys[];
  readonly flows: readonly Flow[];
  /** CPU of all functions for one message, in milliseconds of one core. */
  readonly cpuMs: number;
  readonly idle: Idle;
  /** What `bench/throttle/load.ts` saw. */
  readonly throttled: readonly Row[];
}

/** What a deployment has and does while nobody writes. */
export interface Idle {
  readonly queues: number;
  readonly alarms: number;
  readonly metrics: number;
  readonly dashboards: number;
  /** How often schedules start functions in thirty days. */
  readonly runs: number;
}

/** What a million messages are made of. */
export const MIX: Readonly<Record<string, number>> = {
  'first message of a new client': 0.05,
  'message, chat becomes unanswered': 0.25,
  'message, chat is unanswered': 0.3,
  reply: 0.4,
};

const MILLION = 1e6;
const GB = 1e9;
const MEMORY_GB = 0.5;
/** The part of a core that 512 MB have: https://docs.aws.amazon.com/lambda/latest/dg/configuration-memory.html */
const CORE = 512 / 1769;
/** Assumed: the wait for DynamoDB, and for a messenger or a receiver. */
export const ROUND_TRIP_MS = 5;
export const CALL_MS = 200;
/** A message in a queue is sent, received and deleted. */
const REQUESTS_PER_MESSAGE = 3;
/** What a message, its chat and its index entries take. */
const STORED_BYTES = 1_000;
const MONTH_SECONDS = 30 * 86_400;
/** Lambda asks each queue with five calls of twenty seconds: https://docs.aws.amazon.com/lambda/latest/dg/with-sqs.html */
const POLLS_PER_SECOND = 5 / 20;
/** A run of a schedule that finds nothing. */
const IDLE_RUN_MS = 60;
const IDLE_LOG_BYTES = 300;

type Line = readonly [what: string, arithmetic: string, usd: number];

/** What each thing takes of the keys it shares, and how often a second that goes. */
export function limitsTable({ hotKeys }: Pick<Recorded, 'hotKeys'>): string {
  const lines = hotKeys.flatMap(({ what, keys }) =>
    keys.map(({ place, key, kind, units }, index) => {
      const limit = kind === 'write' ? LIMITS_OF_A_KEY.writesPerSecond : LIMITS_OF_A_KEY.readsPerSecond;
      const perSecond = Math.floor(limit / units);
      const where = place.replace(' ', ', index ');
      const sum = `${grouped(limit)} / ${units} = ${grouped(perSecond)}`;
      return [index === 0 ? what : '', `${where}: ${key}`, kind, sum];
    }),
  );
  return markdown(['what', 'key', 'units', 'times a second'], lines);
}

/** How many times a second a thing goes before the first of its keys throttles. */
export function mostPerSecond({ hotKeys }: Pick<Recorded, 'hotKeys'>, what: string): number {
  const { keys } = hotKeys.find((one) => one.what === what)!;
  const limitOf = (kind: string) =>
    kind === 'write' ? LIMITS_OF_A_KEY.writesPerSecond : LIMITS_OF_A_KEY.readsPerSecond;
  return Math.min(...keys.map(({ kind, units }) => Math.floor(limitOf(kind) / units)));
}

/** What a million messages cost, in the mix above. */
export function messageCosts({ flows, cpuMs }: Pick<Recorded, 'flows' | 'cpuMs'>): Line[] {
  const of = (figure: (flow: Flow) => number) =>
    flows.reduce((sum, flow) => sum + (MIX[flow.what] ?? 0) * figure(flow), 0);
  const written = of(({ writeUnits }) => writeUnits);
  const read = of(({ readUnits }) => readUnits);
  const runs = of(({ runs: all }) => all);
  const [steps, calls] = [of((flow) => flow.steps), of((flow) => flow.calls)];
  const ms = cpuMs / CORE + steps * ROUND_TRIP_MS + calls * CALL_MS;
  const requests = of((flow) => flow.requests);
  const queued = of((flow) => flow.queued) * REQUESTS_PER_MESSAGE;
  const bytes = of(({ logBytes }) => logBytes);
  return [
    ['DynamoDB, writes', `${fixed(written)} units`, written * PRICES.writeUnit],
    ['DynamoDB, reads', `${fixed(read)} units`, read * PRICES.readUnit],
    ['Lambda, runs', `${fixed(runs)} runs`, runs * PRICES.lambdaRun],
    [
      'Lambda, time',
      `${cpuMs} ms / ${fixed(CORE)} core + ${fixed(steps)} x ${ROUND_TRIP_MS} ms + ${fixed(calls)} x ${CALL_MS} ms = ${fixed(ms, 0)} ms of ${MEMORY_GB} GB`,
      (ms / 1000) * MEMORY_GB * PRICES.lambdaGbSecond,
    ],
    ['API Gateway, HTTP', `${fixed(requests)} requests`, requests * PRICES.httpRequest],
    ['SQS', `${fixed(queued)} requests`, queued * PRICES.queueRequest],
    ['CloudWatch Logs', `${fixed(bytes, 0)} bytes`, (bytes / GB) * PRICES.logGb],
    [
      'a month of storage, with recovery',
      `${STORED_BYTES} bytes`,
      (STORED_BYTES / GB) * (PRICES.storedGbMonth + PRICES.recoveryGbMonth),
    ],
  ].map(([what, arithmetic, usd]) => [String(what), String(arithmetic), Number(usd) * MILLION]);
}

/** What a month costs in which nobody writes. */
export function idleCosts({ idle }: Pick<Recorded, 'idle'>): Line[] {
  const polls = idle.queues * POLLS_PER_SECOND * MONTH_SECONDS;
  const { runs } = idle;
  return [
    ['KMS, one key', '1 key', PRICES.keyMonth],
    [
      'SQS, Lambda asks empty queues',
      `${idle.queues} queues x 5 / 20 s = ${grouped(polls)} requests`,
      polls * PRICES.queueRequest,
    ],
    ['Lambda, schedules', `${grouped(runs)} runs`, runs * PRICES.lambdaRun],
    [
      'Lambda, their time',
      `${grouped(runs)} x ${IDLE_RUN_MS} ms of ${MEMORY_GB} GB`,
      ((runs * IDLE_RUN_MS) / 1000) * MEMORY_GB * PRICES.lambdaGbSecond,
    ],
    ['DynamoDB, their reads', `${grouped(runs)} x 1 unit`, runs * PRICES.readUnit],
    ['CloudWatch Logs', `${grouped(runs)} x ${IDLE_LOG_BYTES} bytes`, ((runs * IDLE_LOG_BYTES) / GB) * PRICES.logGb],
    [
      'CloudWatch, metrics',
      `${idle.metrics} metrics, if they are written all month`,
      idle.metrics * PRICES.metricMonth,
    ],
    ['CloudWatch, alarms', `${idle.alarms} alarms`, idle.alarms * PRICES.alarmMonth],
    [
      'CloudWatch, dashboards',
      `${idle.dashboards}; three are free`,
      Math.max(0, idle.dashboards - 3) * PRICES.dashboardMonth,
    ],
  ];
}

/** Lines of costs and their sum. */
export function costTable(lines: readonly Line[]): string {
  const sum = lines.reduce((total, [, , usd]) => total + usd, 0);
  const cells = [...lines, ['**sum**', '', sum] as const].map(([what, how, usd]) => [what, how, `$${usd.toFixed(2)}`]);
  return markdown(['what', 'of each', 'USD'], cells);
}

/** The tables of `docs/scale.md`, by the names that stand around them there. */
export function tablesOfDocs(recorded: Recorded): Readonly<Record<string, string>> {
  const mix = Object.entries(MIX).map(([what, share]) => [what, `${fixed(share * 100)} %`]);
  return {
    keys: limitsTable(recorded),
    most: markdown(
      ['what', 'times a second'],
      recorded.hotKeys.map(({ what }) => [what, grouped(mostPerSecond(recorded, what))]),
    ),
    mix: markdown(['of a million', 'share'], mix),
    messages: costTable(messageCosts(recorded)),
    idle: costTable(idleCosts(recorded)),
    throttled: markdown(
      ['what', 'seen'],
      recorded.throttled.map(({ what, figure }) => [what, figure]),
    ),
  };
}

/** The document with these tables in their places. */
export function withTables(document: string, tables: Readonly<Record<string, string>>): string {
  return Object.entries(tables).reduce(
    (text, [name, table]) =>
      text.replace(
        new RegExp(`(<!-- ${name} -->)[^]*?(<!-- end of ${name} -->)`),
        (_, before, after) => `${before}\n\n${table}\n\n${after}`,
      ),
    document,
  );
}

/** Columns are as wide as their widest cell, as the formatter makes them. */
function markdown(head: readonly string[], lines: readonly (readonly string[])[]): string {
  const widths = head.map((_, column) => Math.max(3, ...[head, ...lines].map((cells) => cells[column]?.length ?? 0)));
  const row = (cells: readonly string[]) => `| ${cells.map((cell, at) => cell.padEnd(widths[at] ?? 0)).join(' | ')} |`;
  return [row(head), row(widths.map((width) => '-'.repeat(width))), ...lines.map(row)].join('\n');
}

function fixed(value: number, digits = 2): string {
  return String(Number(value.toFixed(digits)));
}

function grouped(value: number): string {
  return Math.round(value).toLocaleString('en-US');
}
