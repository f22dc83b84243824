/** The namespace of Konvert's metrics in CloudWatch. */
export const NAMESPACE = 'Konvert';

/** Their one dimension. So each name is one metric of a stack, and CloudWatch charges for each. */
export const STACK_DIMENSION = 'stack';

/** Everything that functions count or measure. `docs/operations.md` says what each means. */
export const metricNames = [
  'Inbound',
  'Folded',
  'StreamAgeSeconds',
  'OldestWithoutOwnerSeconds',
  'FailedDeliveries',
  'DeadChats',
  'RefusedSignIns',
  'ChecksFailed',
  'ErasuresLate',
  'ActsLate',
] as const;

/** The name of a metric. */
export type MetricName = (typeof metricNames)[number];
