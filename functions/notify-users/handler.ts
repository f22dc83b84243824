import type { CallUsers } from '#flows/call-users';
import { changesOf } from '#store/chats/chat-changes';
import type { StreamEvent } from '#store/dynamo/stream';

export interface NotifyUsersDeps {
  readonly callUsers: CallUsers;
}

/** Plans the waking of those who are called by a client's message. */
export function createHandler({ callUsers }: NotifyUsersDeps) {
  return async (event: StreamEvent): Promise<void> => callUsers(changesOf(event));
}
