import { Alarm, ComparisonOperator, type Metric, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import type { Construct } from 'constructs';

/** An alarm that is on while the metric's maximum over five minutes is above `threshold`. Missing data is no alarm. */
export function alarmAbove(
  scope: Construct,
  id: string,
  metric: Metric,
  threshold: number,
  description: string,
): Alarm {
  return new Alarm(scope, id, {
    metric: metric.with({ statistic: 'Maximum' }),
    threshold,
    comparisonOperator: ComparisonOperator.GREATER_THAN_THRESHOLD,
    evaluationPeriods: 1,
    treatMissingData: TreatMissingData.NOT_BREACHING,
    alarmDescription: description,
  });
}
