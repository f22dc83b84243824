import type { Clock } from '#clock';
import { type MetricName, NAMESPACE, STACK_DIMENSION } from '#lib/metric-names';
import type { Log } from '#log';

export type { MetricName };

/** What one invocation counts. Each call writes a line, so a function sums up first. */
export interface Metrics {
  /** So many more. Nothing is written for none. */
  count(name: MetricName, n?: number): void;
  /** How much it is now. */
  gauge(name: MetricName, value: number, unit: 'Count' | 'Seconds'): void;
}

/**
 * Writes metrics as lines of the log, in CloudWatch's embedded format. It holds nothing, so it may be made anywhere.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html
 */
export function createMetrics(log: Log, clock: Pick<Clock, 'now'>, namespace: string = NAMESPACE): Metrics {
  function write(name: MetricName, value: number, unit: string): void {
    const metric = { Namespace: namespace, Dimensions: [[STACK_DIMENSION]], Metrics: [{ Name: name, Unit: unit }] };
    log({ _aws: { Timestamp: clock.now(), CloudWatchMetrics: [metric] }, [name]: value });
  }
  return {
    count(name, n = 1) {
      if (n > 0) write(name, n, 'Count');
    },
    gauge: write,
  };
}

/** Whether the entry of a log is a metric. */
export function isMetric(entry: Readonly<Record<string, unknown>>): boolean {
  return '_aws' in entry;
}

/** A log whose metrics name the stack. CloudWatch leaves out a metric without its dimension. */
export function namingStack(log: Log, stack: string): Log {
  return (entry) => log(isMetric(entry) ? { ...entry, [STACK_DIMENSION]: stack } : entry);
}

/** A log without metrics, for a process from which nobody gathers them. */
export function withoutMetrics(log: Log): Log {
  return (entry) => {
    if (!isMetric(entry)) log(entry);
  };
}
