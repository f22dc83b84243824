import type * as z from 'zod/mini';
import { type AuthenticateCrmDeps, authenticateCrm } from '#api/authenticate';
import type { newestInChannel } from '#api/channel-routes';
import { shownName } from '#api/present-chat';
import { presentTime } from '#api/present-time';
import { messengerTime } from '#domain/fact';
import { messageIdOf } from '#domain/message-id';
import type { FindNewestMessage } from '#flows/newest-message';
import { channelNotFound } from '#http/errors';
import type { HttpRequest, HttpResponse } from '#http/route';
import type { Channels } from '#store/accounts/channels';

export interface NewestMessageDeps extends AuthenticateCrmDeps {
  readonly channels: Pick<Channels, 'get'>;
  readonly findNewestMessage: FindNewestMessage;
}

/** The newest message of a client in a channel. With it an administrator sees that messages arrive there. */
export async function newestMessage(deps: NewestMessageDeps, request: HttpRequest): Promise<HttpResponse> {
  const { account } = await authenticateCrm(request, deps);
  const { channelId = '' } = request.params;
  const channel = await deps.channels.get(channelId);
  if (!channel || channel.account !== account || channel.deletedAt !== undefined) throw channelNotFound();
  const found = await deps.findNewestMessage(channelId);
  const body: z.infer<typeof newestInChannel> = {
    newest: found
      ? {
          messageId: messageIdOf(found.row.key, found.message.key),
          chatType: found.row.chatType,
          chatId: found.row.chatId,
          name: shownName(found.row),
          sentAt: presentTime(messengerTime(found.message)),
          storedAt: presentTime(found.message.storedAt),
        }
      : null,
  };
  return { status: 200, body };
}
