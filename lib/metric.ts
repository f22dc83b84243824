import { Aws, type Duration } from 'aws-cdk-lib';
import { Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { type MetricName, NAMESPACE, STACK_DIMENSION } from '#lib/metric-names';

/** A metric that functions write to their logs, of this stack. */
export function ownMetric(name: MetricName, statistic: 'Sum' | 'Maximum', period: Duration): Metric {
  const dimensionsMap = { [STACK_DIMENSION]: Aws.STACK_NAME };
  return new Metric({ namespace: NAMESPACE, metricName: name, dimensionsMap, statistic, period });
}
