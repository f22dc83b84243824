/**
 * Prices of us-east-1 in USD, before any free tier, read on 30 November 2026. The pages of AWS are the authority:
 * https://aws.amazon.com/dynamodb/pricing/on-demand/, https://aws.amazon.com/lambda/pricing/,
 * https://aws.amazon.com/api-gateway/pricing/, https://aws.amazon.com/sqs/pricing/, https://aws.amazon.com/s3/pricing/,
 * https://aws.amazon.com/kms/pricing/, https://aws.amazon.com/cloudwatch/pricing/,
 * https://aws.amazon.com/eventbridge/pricing/
 */
export const PRICES = {
  writeUnit: 0.625e-6,
  readUnit: 0.125e-6,
  storedGbMonth: 0.25,
  /** Point-in-time recovery. */
  recoveryGbMonth: 0.2,
  lambdaRun: 0.2e-6,
  lambdaGbSecond: 0.0000133334,
  httpRequest: 1e-6,
  queueRequest: 0.4e-6,
  keyMonth: 1,
  logGb: 0.5,
  metricMonth: 0.3,
  alarmMonth: 0.1,
  dashboardMonth: 3,
} as const;
