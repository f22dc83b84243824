import { addressKey, plainChatId } from '#domain/address';
import { type ChatId, chatKey } from '#domain/message';
import { isUnowned } from '#domain/ownership';
import { type ChannelSettings, mayWrite } from '#domain/settings';
import { type Actor, roleOf, sightOf } from '#domain/sight';
import type { Roots } from '#flows/identity/roots';
import { chatNotFound } from '#http/errors';
import type { Settings } from '#store/accounts/channel-settings';
import type { Channels } from '#store/accounts/channels';
import type { Chats } from '#store/chats/chats';
import type { Addresses } from '#store/clients/addresses';

/** The stores by which the chat of a draft is found. */
export interface ChatOfDraftDeps {
  readonly channels: Pick<Channels, 'get'>;
  readonly settings: Pick<Settings, 'read'>;
  readonly chats: Pick<Chats, 'get'>;
  readonly addresses: Pick<Addresses, 'get'>;
  readonly roots: Pick<Roots, 'resolveChat'>;
}

/**
 * The key of the chat in which the actor keeps a draft: one that they see, or one that they may start (R6). Throws a
 * `RequestError` 404: to them there is no other.
 */
export async function chatOfDraft(deps: ChatOfDraftDeps, actor: Required<Actor>, named: ChatId): Promise<string> {
  const { chats, settings, roots } = deps;
  const chat = await roots.resolveChat(actor.account, plain(named));
  const key = chatKey(chat);
  const [row, { settings: chosen }] = await Promise.all([chats.get(key), settings.read(chat.channelId)]);
  const isOpen = row ? sightOf(actor, row, chosen) !== 'nothing' : await mayStart(deps, actor, chat, chosen);
  if (!isOpen) throw chatNotFound();
  return key;
}

/** Whether the user may write first on the channel: to a client of their own, or to one that nobody has. */
async function mayStart(
  { channels, addresses }: ChatOfDraftDeps,
  actor: Required<Actor>,
  { channelId, chatType, chatId }: ChatId,
  settings: ChannelSettings,
): Promise<boolean> {
  const { account, userId } = actor;
  const role = roleOf(userId, settings);
  if (!role || !mayWrite(role) || (await channels.get(channelId))?.account !== account) return false;
  const address = await addresses.get(addressKey(account, chatType, chatId));
  return isUnowned(address) || sightOf(actor, { account, viewers: address.viewers }, settings) === 'writes';
}

function plain({ channelId, chatType, chatId }: ChatId): ChatId {
  return { channelId, chatType, chatId: plainChatId(chatType, chatId) };
}
