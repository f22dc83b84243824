import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { clientConfig } from '#aws/client-config';
import { readVariables } from '#aws/variables';

/** The longest that SQS delays a message. */
const LONGEST_DELAY_SECONDS = 900;

/** The bells of lanes: messages to the queue in `LANES_QUEUE_URL`. */
export function createLaneBells() {
  const send = sender(readVariables('LANES_QUEUE_URL').LANES_QUEUE_URL);
  return {
    /** Rings now. */
    ringLane: (lane: string): Promise<void> => send(lane),

    /** Rings after that time, after 15 minutes at the latest: a lane that is not due by then is rung by the sweep. */
    ringLater: (lane: string, afterMs: number): Promise<void> => {
      const seconds = Math.max(0, Math.ceil(afterMs / 1000));
      return send(lane, Math.min(seconds, LONGEST_DELAY_SECONDS));
    },
  };
}

/** The bells of tasks: messages to the queue in `TASKS_QUEUE_URL`. */
export function createTaskBells() {
  const send = sender(readVariables('TASKS_QUEUE_URL').TASKS_QUEUE_URL);
  return {
    /** Rings now. */
    ringTask: (name: string): Promise<void> => send(name),
    /** Rings after that time, which is at most 15 minutes. */
    ringTaskLater: (name: string, afterMs: number): Promise<void> => send(name, Math.ceil(afterMs / 1000)),
  };
}

/** Puts failed chats, as JSON, into the queue in `FAILED_CHATS_QUEUE_URL`. */
export function createFailedChatsQueue(): (chat: object) => Promise<void> {
  const send = sender(readVariables('FAILED_CHATS_QUEUE_URL').FAILED_CHATS_QUEUE_URL);
  return (chat) => send(JSON.stringify(chat));
}

function sender(queueUrl: string) {
  // Behind an emulator the URL of a queue names a host that is not the endpoint.
  const client = new SQSClient({ ...clientConfig, useQueueUrlAsEndpoint: false });
  return async (body: string, delaySeconds?: number): Promise<void> => {
    await client.send(
      new SendMessageCommand({
        QueueUrl: queueUrl,
        MessageBody: body,
        ...(delaySeconds !== undefined && { DelaySeconds: delaySeconds }),
      }),
    );
  };
}
