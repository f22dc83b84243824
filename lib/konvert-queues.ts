import { CfnOutput, Duration } from 'aws-cdk-lib';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { alarmAbove } from '#lib/alarm';
import { type QueueName, queueVariable } from '#lib/environment';
import { queues } from '#lib/queues';

/** The bells of lanes and of tasks, and the chats whose fold failed. */
export class KonvertQueues extends Construct {
  private readonly queues: Readonly<Record<QueueName, Queue>>;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    this.queues = {
      lanes: createBells(this, 'lanes'),
      tasks: createBells(this, 'tasks'),
      failedChats: createFailedChats(this),
    };
    output(this, 'LanesQueueUrl', this.queues.lanes);
    output(this, 'TasksQueueUrl', this.queues.tasks);
    output(this, 'FailedChatsQueueUrl', this.queues.failedChats);
  }

  /** Lets the function send to those queues, and tells it where they are. */
  grantSend(grantee: LambdaFunction, names: readonly QueueName[]): void {
    for (const name of names) {
      const queue = this.queues[name];
      queue.grant(grantee, 'sqs:SendMessage');
      grantee.addEnvironment(queueVariable(name), queue.queueUrl);
    }
  }

  /** Every bell of a lane runs the function; the ceiling leaves room for webhooks when everything waits at once. */
  deliverTo(target: LambdaFunction): void {
    target.addEventSource(new SqsEventSource(this.queues.lanes, { batchSize: 1, maxConcurrency: 50 }));
  }

  /** Every bell of a task runs the function. */
  doWith(target: LambdaFunction): void {
    target.addEventSource(new SqsEventSource(this.queues.tasks, { batchSize: 1, maxConcurrency: 10 }));
  }

  /** Every failed chat runs the function, one at a time, so that none fails because of another. */
  retryWith(target: LambdaFunction): void {
    target.addEventSource(new SqsEventSource(this.queues.failedChats, { batchSize: 1, maxConcurrency: 2 }));
  }
}

/** Without dead letters: what is lost, the sweep rings again; it is also what a bell that always fails ends by. */
function createBells(scope: Construct, id: 'lanes' | 'tasks'): Queue {
  return new Queue(scope, id, {
    ...timesOf(id),
    retentionPeriod: Duration.hours(1),
  });
}

/** Ninety tries in an hour; then somebody has to look. */
function createFailedChats(scope: Construct): Queue {
  const deadLetters = new Queue(scope, 'dead-chats', { retentionPeriod: Duration.days(14) });
  output(scope, 'DeadChatsQueueUrl', deadLetters);
  const why = 'Chats could not be folded for an hour: find out why, then move them back (redrive)';
  alarmAbove(scope, 'dead-chats-alarm', deadLetters.metricApproximateNumberOfMessagesVisible(), 0, why);
  return new Queue(scope, 'failed-chats', {
    ...timesOf('failedChats'),
    deadLetterQueue: { queue: deadLetters, maxReceiveCount: 90 },
  });
}

function timesOf(name: QueueName) {
  const { delaySeconds, comesBackAfterSeconds } = queues[name];
  return { deliveryDelay: Duration.seconds(delaySeconds), visibilityTimeout: Duration.seconds(comesBackAfterSeconds) };
}

function output(scope: Construct, name: string, { queueUrl }: Queue): void {
  new CfnOutput(scope, name, { value: queueUrl }).overrideLogicalId(name);
}
