import { Aws, Duration, Stack } from 'aws-cdk-lib';
import {
  Alarm,
  AlarmStatusWidget,
  Dashboard,
  GraphWidget,
  type IMetric,
  PeriodOverride,
  SearchExpression,
} from 'aws-cdk-lib/aws-cloudwatch';
import type { Construct } from 'constructs';
import { ownMetric } from '#lib/metric';

const PERIOD = Duration.minutes(5);
const WIDTH = 12;

/** One dashboard by the name of the stack: whether anything is wrong, and what comes in and leaves. */
export function createDashboard(scope: Construct, id: string): Dashboard {
  /** The metric of every function or queue of the stack. Their names hold the words of that of the stack. */
  const each = (schema: string, name: string, statistic: string): IMetric => {
    const words = Stack.of(scope).stackName.replaceAll('-', ' ');
    const search = `SEARCH('{${schema}} MetricName="${name}" ${words}', '${statistic}', ${PERIOD.toSeconds()})`;
    return new SearchExpression({ expression: search, label: '', period: PERIOD });
  };
  const alarms = scope.node.findAll().filter((one) => one instanceof Alarm);
  const graph = (title: string, left: IMetric[], right: IMetric[] = []) =>
    new GraphWidget({ title, left, right, width: WIDTH, leftYAxis: { min: 0 } });
  return new Dashboard(scope, id, {
    // Dashboards of all regions share their names.
    dashboardName: `${Aws.STACK_NAME}-${Aws.REGION}`,
    periodOverride: PeriodOverride.INHERIT,
    widgets: [
      [new AlarmStatusWidget({ title: 'Alarms', alarms, width: 2 * WIDTH })],
      [
        graph('Messages of clients, chats folded', [
          ownMetric('Inbound', 'Sum', PERIOD),
          ownMetric('Folded', 'Sum', PERIOD),
        ]),
        graph('The oldest client without anybody (s)', [ownMetric('OldestWithoutOwnerSeconds', 'Maximum', PERIOD)]),
      ],
      [
        graph(
          'Streams: how far behind (ms; s)',
          [each('AWS/Lambda,FunctionName', 'IteratorAge', 'Maximum')],
          [ownMetric('StreamAgeSeconds', 'Maximum', PERIOD)],
        ),
        graph('Queues: the age of the oldest message (s)', [
          each('AWS/SQS,QueueName', 'ApproximateAgeOfOldestMessage', 'Maximum'),
        ]),
      ],
      [
        graph('What failed', [
          ownMetric('FailedDeliveries', 'Sum', PERIOD),
          ownMetric('DeadChats', 'Sum', PERIOD),
          ownMetric('ChecksFailed', 'Sum', PERIOD),
          ownMetric('ErasuresLate', 'Sum', PERIOD),
          ownMetric('ActsLate', 'Sum', PERIOD),
        ]),
        graph('Refused sign-ins', [ownMetric('RefusedSignIns', 'Sum', PERIOD)]),
      ],
      [
        graph('Functions that fail', [each('AWS/Lambda,FunctionName', 'Errors', 'Sum')]),
        graph('Functions that may not run', [each('AWS/Lambda,FunctionName', 'Throttles', 'Sum')]),
      ],
    ],
  });
}
