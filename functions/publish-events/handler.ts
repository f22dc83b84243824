import { createPublish, type PublishDeps } from '#flows/publish';
import { rungFacts, type StreamEvent } from '#store/dynamo/stream';

/** Something was said: what has to leave because of it waits in the outbox. */
export function createHandler(deps: PublishDeps) {
  const publish = createPublish(deps);
  return (event: StreamEvent): Promise<void> => publish(rungFacts(event));
}
