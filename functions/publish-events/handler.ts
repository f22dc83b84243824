import type { Publish } from '#flows/publish';
import { newsOfFacts, type StreamEvent } from '#store/dynamo/stream';

export interface PublishEventsDeps {
  readonly publish: Publish;
}

/** Something was said: what has to leave because of it waits in the outbox. */
export function createHandler({ publish }: PublishEventsDeps) {
  return (event: StreamEvent): Promise<void> => publish(newsOfFacts(event));
}
