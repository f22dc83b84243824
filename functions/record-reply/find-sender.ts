import type { Messenger } from '#channels/channel';
import { WITHOUT_PHONE } from '#domain/channel';
import type { Actor } from '#domain/sight';
import { channelSwitchedOff, channelUnavailable, phoneUnavailable, RequestError } from '#http/errors';
import type { Channel } from '#store/accounts/channel-item';
import type { Channels } from '#store/accounts/channels';
import type { NewMessage } from './read-message.ts';

/** What is needed to find the channel of a message. */
export interface FindSenderDeps {
  readonly channels: Pick<Channels, 'get'>;
  readonly messengerFor: (transport: string) => Promise<Messenger | undefined>;
}

/** A channel with its messenger. */
export interface Sender {
  readonly channel: Channel;
  readonly messenger: Messenger;
}

/** The channel that a message leaves by. Throws a `RequestError` 400 if it cannot leave by it. */
export async function findSender(
  { channels, messengerFor }: FindSenderDeps,
  actor: Actor,
  { channelId, chatType }: Pick<NewMessage, 'channelId' | 'chatType'>,
): Promise<Sender> {
  const channel = await channels.get(channelId);
  const messenger = channel && (await messengerFor(channel.transport));
  if (!channel || !messenger || channel.deletedAt !== undefined || channel.account !== actor.account) {
    throw new RequestError(400, 'CHANNEL_NOT_FOUND', 'There is no such channel', { channelId });
  }
  const { transport } = channel;
  if (!messenger.chatTypes.includes(chatType)) {
    const description = `You can't send message to ${chatType} chat from ${transport} transport`;
    throw new RequestError(400, 'WRONG_TRANSPORT', description, { channelId, transport, chatType });
  }
  if (channel.state === 'disabled') throw channelSwitchedOff(channelId);
  if (channel.state === 'unauthorized') throw channelUnavailable(channelId);
  if (WITHOUT_PHONE.includes(channel.state)) throw phoneUnavailable(channelId);
  return { channel, messenger };
}
