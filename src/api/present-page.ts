import type * as z from 'zod/mini';
import type { Asker } from '#api/authenticate';
import type { deviceList, me, pageScope, pageToken } from '#api/page-routes';
import { presentTime } from '#api/present-time';
import { type Connection, shownState } from '#domain/connection';
import type { PageScope } from '#domain/page';
import { type AccountOptions, type ChannelSettings, mayWrite, NO_SETTINGS } from '#domain/settings';
import { roleOf } from '#domain/sight';
import type { NoFields } from '#no-fields';
import type { Channel } from '#store/accounts/channel-item';
import type { User } from '#store/directory/users';
import type { Device } from '#store/pages/devices';
import type { NewToken } from '#store/pages/tokens';

/** What a page shows, as its link said. */
export function presentScope(scope: PageScope): z.infer<typeof pageScope> {
  const { kind, filter, activeChat, useDealsEvents, useMessageEvents, ...rest } = scope;
  rest satisfies NoFields;
  return {
    kind,
    filter: filter?.map(({ chatType, chatId, name }) => ({ chatType, chatId, name })),
    activeChat: activeChat && {
      channelId: activeChat.channelId,
      chatType: activeChat.chatType,
      chatId: activeChat.chatId,
    },
    useDealsEvents,
    useMessageEvents,
  };
}

/** A new token of the page, and what it opens. */
export function presentToken({ token, expiresAt }: NewToken, scope: PageScope): z.infer<typeof pageToken> {
  return { token, expiresAt: presentTime(expiresAt), scope: presentScope(scope) };
}

/** A device that is signed in. `own` is the one that asks. */
export function presentDevice(device: Device, own: string | undefined): z.infer<typeof deviceList>['devices'][number] {
  const { deviceId, userId, userMade: _userMade, userAgent, createdAt, usedAt, ...rest } = device;
  rest satisfies NoFields;
  return {
    deviceId,
    userId,
    userAgent,
    createdAt: presentTime(createdAt),
    lastUsedAt: presentTime(usedAt),
    ...(deviceId === own && { isThis: true }),
  };
}

/** A channel that the page may name. */
export interface ShownChannel {
  readonly channel: Channel;
  readonly connections: readonly Connection[];
  readonly settings: ChannelSettings | undefined;
  readonly chatTypes: readonly string[];
}

/** Everything that the page starts with. */
export interface Me {
  readonly asker: Asker;
  readonly channels: readonly ShownChannel[];
  readonly users: readonly User[];
  readonly options: AccountOptions;
  readonly hasDoorbell: boolean;
  readonly isDemo: boolean;
  /** The key with which a browser subscribes to Web Push. Undefined while the installation has no secret. */
  readonly pushKey: string | undefined;
  readonly now: number;
}

/** Who looks. The CRM itself, which has no page, looks at all chats. */
export function presentMe({
  asker,
  channels,
  users,
  options,
  hasDoorbell,
  isDemo,
  pushKey,
  now,
}: Me): z.infer<typeof me> {
  const { account, userId, userName = '', page } = asker;
  return {
    user: userId === undefined ? null : { id: userId, name: userName },
    accountId: account,
    scope: presentScope(page?.scope ?? { kind: 'global' }),
    channels: channels.map((shown) => presentChannel(shown, userId)),
    users: users.map(({ id, name }) => ({ id, name })),
    options: { notifyHeadsAboutAllMessages: options.notifyHeadsAboutAllMessages },
    doorbell: hasDoorbell || null,
    demo: isDemo || undefined,
    pushKey,
    time: presentTime(now),
  };
}

function presentChannel(
  { channel: { channelId, name, transport, state }, connections, settings, chatTypes }: ShownChannel,
  userId: string | undefined,
) {
  const { userRoles } = settings ?? NO_SETTINGS;
  const role = userId === undefined ? undefined : roleOf(userId, { userRoles });
  return {
    channelId,
    name,
    transport,
    chatTypes: [...chatTypes],
    state: shownState(state, connections),
    role: role ?? null,
    writers: role ? userRoles.filter((user) => mayWrite(user.role)).map((user) => user.userId) : [],
  };
}
