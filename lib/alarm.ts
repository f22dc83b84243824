import { Duration } from 'aws-cdk-lib';
import { Alarm, ComparisonOperator, type IMetric, type Metric, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import type { Construct } from 'constructs';

/** When an alarm is on. */
export interface AlarmRule {
  /** The metric, with its statistic and period. */
  readonly metric: IMetric;
  /** It is on while the metric is above this, in so many periods one after the other. */
  readonly above: number;
  readonly periods?: number;
  /** What `docs/operations.md` names it by, up to the colon, and what to do. */
  readonly says: string;
}

/** An alarm. Missing data is no alarm: nothing that is counted is written while there is nothing to count. */
export function alarmOn(scope: Construct, id: string, { metric, above, periods = 1, says }: AlarmRule): Alarm {
  return new Alarm(scope, id, {
    metric,
    threshold: above,
    comparisonOperator: ComparisonOperator.GREATER_THAN_THRESHOLD,
    evaluationPeriods: periods,
    treatMissingData: TreatMissingData.NOT_BREACHING,
    alarmDescription: says,
  });
}

/** An alarm that is on while the metric's maximum over five minutes is above `threshold`. */
export function alarmAbove(
  scope: Construct,
  id: string,
  metric: Metric,
  threshold: number,
  description: string,
): Alarm {
  const over = metric.with({ statistic: 'Maximum', period: Duration.minutes(5) });
  return alarmOn(scope, id, { metric: over, above: threshold, says: description });
}
