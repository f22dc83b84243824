import { Duration, Stack } from 'aws-cdk-lib';
import { RestApi } from 'aws-cdk-lib/aws-apigateway';
import { HttpApi } from 'aws-cdk-lib/aws-apigatewayv2';
import { Alarm, type Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { alarmOn } from '#lib/alarm';
import { createAlarmTopic } from '#lib/alarm-topic';
import type { KonvertKey } from '#lib/konvert-key';
import type { KonvertQueues } from '#lib/konvert-queues';
import type { QueueName } from '#lib/listeners';
import { ownMetric } from '#lib/metric';

/** What alarms look at, and who is told. */
export interface KonvertAlarmsProps {
  readonly queues: KonvertQueues;
  readonly key: KonvertKey;
  /** Undefined: nobody is told. */
  readonly email: string | undefined;
}

/** Queues in which nothing waits for long: what has to wait is in a table. */
const PROMPT = { lanes: 'Replies', events: 'Events for receivers' } as const satisfies Partial<
  Record<QueueName, string>
>;

const FIVE_MINUTES = Duration.minutes(5);
const HOUR = Duration.hours(1);

/** The alarms beside those of streams and dead letters, and what all of them do. They are explained in `docs/operations.md`. */
export class KonvertAlarms extends Construct {
  constructor(scope: Construct, id: string, { queues, key, email }: KonvertAlarmsProps) {
    super(scope, id);
    alarmOn(this, 'requests-fail', {
      metric: serverErrorsOf(Stack.of(this)).with({ statistic: 'Sum', period: FIVE_MINUTES }),
      above: 10,
      periods: 2,
      says: 'Requests fail: read the lines with status 500, then the errors of the functions',
    });
    alarmOn(this, 'functions-fail', {
      metric: LambdaFunction.metricAllErrors({ statistic: 'Sum', period: HOUR }),
      // One that fails each time does so in an hour, even if it runs every ten minutes.
      above: 5,
      says: 'Functions fail again and again: the dashboard says which, its log says why',
    });
    for (const [name, what] of Object.entries(PROMPT) as [QueueName, string][]) {
      alarmOn(this, `${name}-late`, {
        metric: queues.get(name).metricApproximateAgeOfOldestMessage({ statistic: 'Maximum', period: FIVE_MINUTES }),
        // Twice as long as a message is hidden after its function died.
        above: 15 * 60,
        says: `${what} are a quarter of an hour late: their function fails, or may not run often enough at once`,
      });
    }
    alarmOn(this, 'clients-wait', {
      // It is measured every ten minutes.
      metric: ownMetric('OldestWithoutOwnerSeconds', 'Maximum', Duration.minutes(15)),
      // A night is no fault.
      above: 24 * 3600,
      says: 'A client has waited for a day without anybody: see who may receive new clients',
    });
    alarmOn(this, 'deliveries-fail', {
      metric: ownMetric('FailedDeliveries', 'Sum', Duration.minutes(15)),
      // Some clients have always blocked the bot.
      above: 50,
      says: 'Many deliveries failed for good: GET /v1/deliveries says which and why, then send them again',
    });
    alarmOn(this, 'sign-ins-refused', {
      metric: ownMetric('RefusedSignIns', 'Sum', FIVE_MINUTES),
      // In the morning the pages of a hundred people may have ended, all within minutes.
      above: 100,
      periods: 3,
      says: 'Many sign-ins are refused: somebody tries keys, or a program of the company has a key that was revoked',
    });
    alarmOn(this, 'checks-fail', {
      metric: ownMetric('ChecksFailed', 'Sum', HOUR),
      above: 0,
      says: 'A check found chats that were not as they should be: it has mended them, find out what made them so',
    });
    alarmOn(this, 'erasures-late', {
      metric: ownMetric('ErasuresLate', 'Sum', HOUR),
      above: 0,
      says: 'A person or an account is not erased yet: read the log of erase-data',
    });
    alarmOn(this, 'acts-late', {
      metric: ownMetric('ActsLate', 'Sum', Duration.minutes(15)),
      // It is counted every minute: one client for ten minutes, or ten for one.
      above: 10,
      says: 'Clients who wait are returned, or told of, too late: read the log of mind-waits',
    });
    if (email !== undefined) tell(Stack.of(this), new SnsAction(createAlarmTopic(this, email, key.forAlarms())));
  }
}

/** Every alarm of the stack tells when it begins, and when it ends. */
function tell(stack: Stack, action: SnsAction): void {
  for (const alarm of stack.node.findAll().filter((one) => one instanceof Alarm)) {
    alarm.addAlarmAction(action);
    alarm.addOkAction(action);
  }
}

/** The answers 5xx of the gateway. */
function serverErrorsOf(stack: Stack): Metric {
  const api = stack.node.findAll().find((one) => one instanceof HttpApi || one instanceof RestApi);
  if (!api) throw new Error('There is no gateway');
  return api.metricServerError();
}
