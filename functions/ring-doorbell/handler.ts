import type { RingPages } from '#flows/ring-pages';
import { imagesOf } from '#store/chats/chat-images';
import type { StreamEvent } from '#store/dynamo/stream';

export interface RingDoorbellDeps {
  readonly ringPages: Pick<RingPages, 'ringChats'>;
}

/** Rings the open pages of those who see a chat that has changed, or saw it before. */
export function createHandler({ ringPages }: RingDoorbellDeps) {
  return async (event: StreamEvent): Promise<void> => ringPages.ringChats(imagesOf(event));
}
