import { chatOfKey } from '#domain/message';
import type { Channels } from '#store/accounts/channels';

export interface OwnChatDeps {
  readonly channels: Pick<Channels, 'idsOf'>;
}

/** Whether the key is that of a chat in a channel of the account. */
export async function isOwnChat({ channels }: OwnChatDeps, account: string, chat: string): Promise<boolean> {
  return (await channels.idsOf(account)).includes(chatOfKey(chat).channelId);
}
