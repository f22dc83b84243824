import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { clientConfig } from '#aws/client-config';
import { readVariables } from '#aws/variables';
import type { Bells } from '#bells';
import type { QueueName } from '#lib/listeners';
import { queueVariable } from '#lib/variable-names';

/** The longest that SQS delays a message. */
const LONGEST_DELAY_SECONDS = 900;

/** Rings the given queues with messages to SQS. Throws at start if the address of a queue is not in the environment. */
export function createBells<Q extends QueueName>(...names: readonly Q[]): Bells<Q> {
  const urls = readVariables(...names.map(queueVariable));
  // Behind an emulator the URL of a queue names a host that is not the endpoint.
  const client = new SQSClient({ ...clientConfig, useQueueUrlAsEndpoint: false });
  return {
    async ring(queue, body, afterMs) {
      const delay = afterMs === undefined ? undefined : Math.max(0, Math.ceil(afterMs / 1000));
      await client.send(
        new SendMessageCommand({
          QueueUrl: urls[queueVariable(queue)],
          MessageBody: body,
          ...(delay !== undefined && { DelaySeconds: Math.min(delay, LONGEST_DELAY_SECONDS) }),
        }),
      );
    },
  };
}
