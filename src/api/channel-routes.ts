import * as z from 'zod/mini';
import type { DescribedRoutes } from '#api/described-route';
import { address, id, optionalText, text, time, toldChatType } from '#api/fields';
import { presentTime } from '#api/present-time';
import { CHANNEL_LINKS, CHANNEL_STATES, type ChannelLink } from '#domain/channel';
import { CONNECTION_STATES, type Connection, presentConnections, shownState } from '#domain/connection';
import type { Channel, NewChannel } from '#store/accounts/channel-item';

/**
 * The body of `POST /v1/channels`. The messenger of `transport` checks the credentials, and gives the `plainId` (the
 * name or number that people know) if the body has none. `takeOver` removes the webhook of another program; with
 * `setWebhook: false` Konvert registers none.
 */
export const newChannel = z.object({
  transport: z.string().check(z.maxLength(64)),
  name: z.string().check(z.minLength(1), z.maxLength(200)),
  plainId: z.optional(id),
  credentials: z.record(z.string(), z.unknown()),
  setWebhook: z.optional(z.boolean()),
  takeOver: z._default(z.boolean(), false),
});

/** The states of a channel; `phoneUnavailable` also if no connection may reply. */
export const shownStates = z.enum(CHANNEL_STATES);

/**
 * A new channel. It has a `webhookUrl` or is polled. What has to be typed in at the messenger by hand is there too, and
 * only this once: `secretToken`, or `verifyToken` with the `webhookFields` to choose.
 */
export const newChannelAnswer = z.object({
  channelId: text,
  transport: text,
  name: text,
  state: shownStates,
  webhookUrl: z.optional(address),
  polling: z.optional(z.literal(true)),
  secretToken: optionalText,
  verifyToken: optionalText,
  webhookFields: z.optional(z.array(text)),
});

/**
 * The body of `PATCH /v1/channels/{channelId}`: the fields that change, with the limits of a new channel. New
 * credentials have to belong to the same account of the messenger.
 */
export const channelChange = z.object({
  name: z.optional(newChannel.shape.name),
  credentials: z.optional(newChannel.shape.credentials),
  enabled: z.optional(z.boolean()),
  takeOver: newChannel.shape.takeOver,
});

/** A channel after a change. What has to be typed in by hand is there if the secret is new. */
export const channelChangeAnswer = newChannelAnswer;

/** The id of the channel that was deleted. */
export const channelId = z.object({ channelId: text });

/** A person's own account that lets the channel hear their chats. */
export const listedConnection = z.object({ connectionId: text, ownerId: text, state: z.enum(CONNECTION_STATES) });

/** Why the messenger does not call a channel, in words for people, and since when that is known. */
export const deafness = z.object({ since: time, why: text });

/** A channel in the list. With `deaf` the messenger does not call it, and registering it again has failed. */
export const listedChannel = z.object({
  channelId: text,
  transport: text,
  plainId: text,
  state: shownStates,
  name: text,
  connections: z.optional(z.array(listedConnection)),
  deaf: z.optional(deafness),
});

/**
 * The channels that were not deleted. `state` is one of `CHANNEL_STATES`, `phoneUnavailable` also if no connection may
 * reply. `connections` are people's own accounts that let the channel hear their chats; their states are
 * `CONNECTION_STATES`.
 */
export const channelList = z.array(listedChannel);

/** A message of a client, with their name. `sentAt` is the time of the messenger, `storedAt` that of Konvert. */
export const newestMessage = z.object({
  messageId: text,
  chatType: toldChatType,
  chatId: text,
  name: text,
  sentAt: time,
  storedAt: time,
});

/** The newest message that a client wrote in a channel; null if none has written. */
export const newestInChannel = z.object({ newest: z.nullable(newestMessage) });

/**
 * The link to the phone behind a channel. `qr` is the text of the code that the phone has to read; it is there while there
 * is one, changes within a minute, and lets whoever scans it get all messages.
 */
export const phoneLink = z.object({ state: z.enum(CHANNEL_LINKS), qr: optionalText });

/** What an operator types in by hand, by the messenger's own words for it. */
export type TypedIn = Partial<Readonly<Pick<z.infer<typeof newChannelAnswer>, 'secretToken' | 'verifyToken'>>> & {
  readonly webhookFields?: readonly string[] | undefined;
};

/** How messages come in: the messenger calls an address, or is polled. */
export type Incoming = Pick<z.infer<typeof channelChangeAnswer>, 'webhookUrl' | 'polling'>;

/** A channel that was just connected. `typedIn` is what has to be typed in by hand, if anything has to be. */
export function presentNewChannel(
  channel: NewChannel,
  incoming: Incoming,
  typedIn?: TypedIn,
): z.infer<typeof newChannelAnswer> {
  return presentChannel({ ...channel, state: 'active' }, [], incoming, typedIn);
}

/** A channel after a change. `connections` are all that it ever had. */
export function presentChannel(
  channel: Pick<Channel, 'channelId' | 'transport' | 'name' | 'state'>,
  connections: readonly Connection[],
  { webhookUrl, polling }: Incoming,
  { secretToken, verifyToken, webhookFields }: TypedIn = {},
): z.infer<typeof channelChangeAnswer> {
  const { channelId, transport, name } = channel;
  return {
    channelId,
    transport,
    name,
    state: shownState(channel.state, connections),
    webhookUrl,
    polling,
    secretToken,
    verifyToken,
    webhookFields: webhookFields && [...webhookFields],
  };
}

/**
 * A channel in the list, with one connection for each person: the present one. `connections` are all that it ever had.
 */
export function presentListedChannel(
  channel: Channel,
  connections: readonly Connection[],
): z.infer<typeof channelList>[number] {
  const { channelId, transport, plainId, name, deafWhy, deafSince } = channel;
  const present = presentConnections(connections).map(presentConnection);
  return {
    channelId,
    transport,
    plainId,
    state: shownState(channel.state, connections),
    connections: present.length > 0 ? present : undefined,
    name,
    ...(deafWhy !== undefined && { deaf: { since: presentTime(deafSince ?? 0), why: deafWhy } }),
  };
}

function presentConnection({ connectionId, ownerId, state }: Connection) {
  return { connectionId, ownerId, state };
}

/** The link to the phone behind a channel. */
export function presentLink(link: { readonly state: ChannelLink; readonly qr?: string }): z.infer<typeof phoneLink> {
  return { state: link.state, qr: link.qr };
}

/** The routes of channels. */
export const describedChannelRoutes = {
  'GET /v3/channels': {
    operationId: 'listChannels',
    tag: 'Channels',
    summary: 'The connected channels',
    description:
      'States are `active`, `disabled`, `unauthorized` (it needs new credentials), `blocked` (the messenger has blocked the account), `openelsewhere` (another program gets the updates) and `phoneUnavailable` (no business connection may reply, or the phone behind the channel does not answer). Of WhatsApp by QR code also `qridle` (no phone is linked: scan the code) and `init` (it is being linked). Each hour messengers are asked whether they still call; one that does not is registered again, and with `deaf` that has failed.',
    answer: channelList,
    status: 200,
    security: 'apiKey',
    errors: [],
  },
  'POST /v1/channels': {
    operationId: 'connectChannel',
    tag: 'Channels',
    summary: 'Connect a messenger account',
    description:
      'The credentials are tried at the messenger, and its webhook is registered before the answer; if that fails nothing is stored. What has to be typed in at the messenger by hand is in the answer, and shown this once. On one machine without a public address a Telegram bot is polled.',
    body: newChannel,
    answer: newChannelAnswer,
    status: 201,
    security: 'apiKey',
    errors: [
      'INVALID_REQUEST',
      'CREDENTIALS_REFUSED',
      'CONNECTED_ELSEWHERE',
      'TOO_MANY_CHANNELS',
      'MESSENGER_UNREACHABLE',
    ],
  },
  'PATCH /v1/channels/{channelId}': {
    operationId: 'changeChannel',
    tag: 'Channels',
    summary: 'Rename a channel, give it new credentials, switch it off or on',
    description:
      'New credentials have to be of the same account at the messenger, and change the secret of the webhook. A channel that is switched off drops what messengers deliver, and refuses to send.',
    body: channelChange,
    answer: channelChangeAnswer,
    status: 200,
    security: 'apiKey',
    errors: [
      'INVALID_REQUEST',
      'CREDENTIALS_REFUSED',
      'CHANNEL_NOT_FOUND',
      'CONNECTED_ELSEWHERE',
      'CHANGE_UNDER_WAY',
      'MESSENGER_UNREACHABLE',
    ],
  },
  'POST /v1/channels/{channelId}/webhook-secret': {
    operationId: 'renewWebhookSecret',
    tag: 'Channels',
    summary: 'Register the webhook under a new secret; the one before counts on for some minutes',
    description: 'The old secret counts for ten minutes more; for a channel that was registered by hand, for an hour.',
    answer: channelChangeAnswer,
    status: 200,
    security: 'apiKey',
    errors: [
      'INVALID_REQUEST',
      'CREDENTIALS_REFUSED',
      'CHANNEL_NOT_FOUND',
      'CONNECTED_ELSEWHERE',
      'CHANGE_UNDER_WAY',
      'MESSENGER_UNREACHABLE',
    ],
  },
  'GET /v1/channels/{channelId}/qr': {
    operationId: 'getPhoneLink',
    tag: 'Channels',
    summary: 'The link to the phone behind a channel, and the QR code to scan',
    description:
      'Only of WhatsApp by QR code; `INVALID_REQUEST` for a channel without a phone. The bridge is asked each time, and begins to make a code if there is none: without `qr`, ask again. Whoever scans the code gets all messages, so show it to nobody else, and keep it nowhere. Ask every two seconds at most.',
    answer: phoneLink,
    status: 200,
    security: 'apiKey',
    errors: ['INVALID_REQUEST', 'CREDENTIALS_REFUSED', 'CHANNEL_NOT_FOUND', 'MESSENGER_UNREACHABLE'],
  },
  'DELETE /v1/channels/{channelId}': {
    operationId: 'deleteChannel',
    tag: 'Channels',
    summary: 'Disconnect a channel; its chats stay readable',
    description: 'Its webhook is 404 within 10 seconds.',
    answer: channelId,
    status: 200,
    security: 'apiKey',
    errors: ['CHANNEL_NOT_FOUND'],
  },
  'GET /v1/channels/{channelId}/newest-message': {
    operationId: 'getNewestMessage',
    tag: 'Channels',
    summary: 'The newest message that a client wrote in the channel: whether messages arrive',
    description:
      'Shows that a channel which was just connected gets messages. Ask once a second at most. A message is told of within a second or two of the messenger’s call.',
    answer: newestInChannel,
    status: 200,
    security: 'apiKey',
    errors: ['CHANNEL_NOT_FOUND'],
  },
} satisfies DescribedRoutes;
