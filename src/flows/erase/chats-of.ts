import { personOfKey } from '#domain/address';
import { chatTypesOf } from '#domain/chat-types';
import { chatKey } from '#domain/message';
import { createChannels } from '#store/accounts/channels';
import type { StoreDeps } from '#store/dynamo/client';
import type { Person } from './find-person.ts';

/** The chats that a person has, or may have: what was stored a moment ago is in no address yet. */
export type ChatsOf = (account: string, person: Person) => Promise<string[]>;

/** Makes `chatsOf`. On each channel a person may have a chat by each of their ids. */
export function createChatsOf(deps: StoreDeps): ChatsOf {
  const channels = createChannels(deps);
  return async function chatsOf(account, { addresses, chats }) {
    const all = await channels.listOf(account);
    const possible = addresses.map(personOfKey).flatMap(({ chatType, chatId }) => {
      const carry = all.filter(({ transport }) => chatTypesOf(transport).includes(chatType));
      return carry.map(({ channelId }) => chatKey({ channelId, chatType, chatId }));
    });
    return [...new Set([...chats, ...possible])].sort();
  };
}
