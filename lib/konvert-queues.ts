import { CfnOutput, Duration } from 'aws-cdk-lib';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import { type DeadLetterQueue, Queue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { acknowledge } from '#lib/acknowledge';
import { alarmAbove } from '#lib/alarm';
import { type QueueDefinition, type QueueName, queues } from '#lib/listeners';
import { queueVariable } from '#lib/variable-names';

/** The queues of `lib/listeners.ts`, their dead letters and alarms. */
export class KonvertQueues extends Construct {
  private readonly byName: ReadonlyMap<string, Queue>;

  constructor(scope: Construct, id: string, { tlsOnly }: { readonly tlsOnly: boolean }) {
    super(scope, id);
    this.byName = new Map(Object.keys(queues).map((name) => [name, createQueue(this, name as QueueName, tlsOnly)]));
  }

  /** Lets the function send to those queues, and puts their addresses into its environment. */
  grantSend(grantee: LambdaFunction, names: readonly QueueName[]): void {
    for (const name of names) {
      const queue = this.get(name);
      queue.grant(grantee, 'sqs:SendMessage');
      grantee.addEnvironment(queueVariable(name), queue.queueUrl);
    }
  }

  /** Starts the function once for each message of the queue. */
  listen(name: QueueName, listener: LambdaFunction): void {
    listener.addEventSource(new SqsEventSource(this.get(name), { batchSize: 1, maxConcurrency: queues[name].atOnce }));
  }

  /** The queue of that name. */
  get(name: QueueName): Queue {
    const queue = this.byName.get(name);
    if (!queue) throw new Error(`There is no queue "${name}"`);
    return queue;
  }
}

function createQueue(scope: Construct, name: QueueName, enforceSSL: boolean): Queue {
  const { delaySeconds, comesBackAfterSeconds, deadLetters }: QueueDefinition = queues[name];
  const queue = new Queue(scope, kebab(name), {
    enforceSSL,
    deliveryDelay: Duration.seconds(delaySeconds),
    visibilityTimeout: Duration.seconds(comesBackAfterSeconds),
    ...(deadLetters
      ? { deadLetterQueue: createDeadLetters(scope, deadLetters, enforceSSL) }
      : { retentionPeriod: Duration.hours(1) }),
  });
  if (!deadLetters)
    acknowledge(queue, 'SQS3', 'A bell only says that there is work: a sweep rings again for what is lost');
  output(scope, name, queue);
  return queue;
}

function createDeadLetters(
  scope: Construct,
  { name, afterTries, alarm }: NonNullable<QueueDefinition['deadLetters']>,
  enforceSSL: boolean,
): DeadLetterQueue {
  const queue = new Queue(scope, kebab(name), { enforceSSL, retentionPeriod: Duration.days(14) });
  output(scope, name, queue);
  alarmAbove(scope, `${kebab(name)}-alarm`, queue.metricApproximateNumberOfMessagesVisible(), 0, alarm);
  return { queue, maxReceiveCount: afterTries };
}

function kebab(name: string): string {
  return name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

function output(scope: Construct, name: string, { queueUrl }: Queue): void {
  const id = `${name.charAt(0).toUpperCase()}${name.slice(1)}QueueUrl`;
  new CfnOutput(scope, id, { value: queueUrl }).overrideLogicalId(id);
}
