import type { Publish } from '#flows/publish';
import { newsOfFacts, type StreamEvent } from '#store/dynamo/stream';

export interface PublishEventsDeps {
  readonly publish: Publish;
}

/** Puts into the outbox what has to leave because of new or changed facts. */
export function createHandler({ publish }: PublishEventsDeps) {
  return (event: StreamEvent): Promise<void> => publish(newsOfFacts(event));
}
