import type { Publish } from '#flows/publish';
import { newsOfMessages, type StreamEvent } from '#store/dynamo/stream';

export interface PublishEventsDeps {
  readonly publish: Publish;
}

/** Puts into the outbox what has to leave because of what was said, and of what became of it. */
export function createHandler({ publish }: PublishEventsDeps) {
  return (event: StreamEvent): Promise<void> => publish(newsOfMessages(event));
}
