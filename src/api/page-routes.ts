import * as z from 'zod/mini';
import { optionalIdUpTo, optionalUpTo, shortText, userId } from '#api/crm-fields';
import type { DescribedRoutes } from '#api/described-route';
import { address, done, id, optionalText, text, time } from '#api/fields';
import { listedUser } from '#api/user-routes';
import { plainChatId } from '#domain/address';
import { ROLES } from '#domain/settings';

/** How many addresses one card may have. */
const MOST_IN_CARD = 100;

const chatType = shortText(64);
const chatName = optionalUpTo(256);
/** A chat id as an integration may name it, of the form that messengers write. */
export const addressInCard = z.pipe(
  z.object({
    chatType,
    chatId: optionalIdUpTo(256),
    name: chatName,
    phone: optionalIdUpTo(256),
    username: optionalUpTo(256),
  }),
  z.transform(({ chatType, chatId, phone, name }) => {
    const named = chatId ?? phone;
    return named === undefined
      ? undefined
      : { chatType, chatId: plainChatId(chatType, named), ...(name !== undefined && { name }) };
  }),
);
/** The chat to open, as an integration may name it. */
export const activeChat = z.pipe(
  z.object({ channelId: optionalIdUpTo(256), chatType, chatId: id }),
  z.transform(({ channelId, chatType, chatId }) => ({
    ...(channelId !== undefined && { channelId }),
    chatType,
    chatId: plainChatId(chatType, chatId),
  })),
);

/** The user who looks. */
export const frameUser = z.object({ id: userId, name: chatName });

/** What the CRM's page does itself. */
export const frameOptions = z.object({
  clientType: optionalUpTo(256),
  useDealsEvents: z.optional(z.boolean()),
  useMessageEvents: z.optional(z.boolean()),
});

/**
 * The body of `POST /v3/iframe`: who looks, at all chats (`global`) or at those of one card, with the addresses in
 * `filter`. An item of it without a chat id and a phone is no address. The name of the user is the stored one.
 * https://wazzup24.com/help/api-en/chat-window-iframe/
 */
export const newFrame = z.object({
  user: frameUser,
  scope: z.enum(['global', 'card']),
  filter: z.optional(z.array(addressInCard).check(z.maxLength(MOST_IN_CARD))),
  activeChat: z.optional(activeChat),
  options: z.optional(frameOptions),
});

/**
 * The body of `POST /v1/page-links`: a link for one user, or for the settings page. The page of a user opens with
 * `activeChat`, if the user sees it.
 */
export const newPageLink = z.object({
  userId: z.optional(userId),
  settings: z.optional(z.boolean()),
  activeChat: z.optional(activeChat),
});

/** The address that opens the page once, within ten minutes. The secret is in its fragment (`#k=`). */
export const pageLink = z.object({ url: address });

/**
 * The body of `POST /v1/page-tokens`: the 43 characters after `#k=`. With `device` the browser stays signed in by a
 * cookie; a page asks for it in a window of its own, and never in a frame.
 */
export const newPageToken = z.object({ link: z.string().check(z.maxLength(100)), device: z.optional(z.boolean()) });

/** The body of `POST /v1/page-tokens/renew`: who the page is open for. The device of anybody else renews nothing. */
export const renewal = z.optional(z.object({ accountId: z.optional(id), userId: z.optional(userId) }));

/** An address of a card. */
export const cardAddress = z.object({ chatType: text, chatId: text, name: optionalText });

/** The chat that a page opens. */
export const openedChat = z.object({ channelId: optionalText, chatType: text, chatId: text });

/** What a page shows, as its link said. `lang` is the language that the link asked for. */
export const pageScope = z.object({
  kind: z.enum(['global', 'card', 'settings']),
  filter: z.optional(z.array(cardAddress)),
  activeChat: z.optional(openedChat),
  useDealsEvents: z.optional(z.boolean()),
  useMessageEvents: z.optional(z.boolean()),
});

/** A bearer of the page, and what it opens. It ends after 12 hours without use. */
export const pageToken = z.object({ token: text, expiresAt: time, scope: pageScope });

/** A channel as a page sees it. */
export const channelInPage = z.object({
  channelId: text,
  name: text,
  transport: text,
  chatTypes: z.array(text),
  state: text,
  role: z.nullable(z.enum(ROLES)),
  writers: z.array(text),
});

/**
 * Who looks and what there is to choose from. `role` is the user's own in the channel, null without one. `writers` are
 * the users who may write there, told to those who have a role there themselves. `doorbell` is true if `POST /v1/doorbells` gives an address. `demo`: the demo clients can be played at `POST /demo-messenger…`.
 * A settings page has no `user`.
 */
export const me = z.object({
  user: z.nullable(listedUser),
  accountId: text,
  scope: pageScope,
  channels: z.array(channelInPage),
  users: z.array(listedUser),
  options: z.object({ notifyHeadsAboutAllMessages: z.boolean() }),
  doorbell: z.nullable(z.literal(true)),
  demo: z.optional(z.literal(true)),
  pushKey: z.optional(text),
  time,
});

/** A device that renews its session by itself. `isThis`: it is the one that asks. */
export const device = z.object({
  deviceId: text,
  userId: text,
  userAgent: text,
  createdAt: time,
  lastUsedAt: time,
  isThis: z.optional(z.literal(true)),
});

/** The devices that are signed in. */
export const deviceList = z.object({ devices: z.array(device) });

/** The device that was ended. */
export const endedDevice = z.object({ deviceId: text });

/** The address of a socket that rings when a chat in sight changes, with a ticket for 60 seconds. */
export const doorbell = z.object({ url: address });

/** The routes by which people open the page and stay signed in. */
export const describedPageRoutes = {
  'POST /v3/iframe': {
    operationId: 'openChatWindow',
    tag: 'Page',
    summary: 'An address that shows a user all their chats, or those of one card, once',
    description:
      'The address goes into the `src` of a frame: `<iframe src="…" allow="microphone *; clipboard-write *">`. It opens once, within ten minutes. The user has to be pushed before; their name is the stored one. A card is a view and no right: roles decide what the user may see.',
    body: newFrame,
    answer: pageLink,
    shape: 'code',
    status: 200,
    security: 'apiKey',
    errors: ['INVALID_REQUEST', 'INVALID_USER'],
  },
  'POST /v1/page-links': {
    operationId: 'createPageLink',
    tag: 'Page',
    summary: 'An address that opens the chats of a user, or the settings, once',
    description:
      'Either `userId`, with the `activeChat` to open if there is one, or `settings: true`. A link to the settings takes the API key; a user makes links for themselves only.',
    body: newPageLink,
    answer: pageLink,
    status: 201,
    security: 'apiKey',
    asUser: true,
    errors: ['INVALID_REQUEST', 'INVALID_USER'],
  },
  'POST /v1/page-tokens': {
    operationId: 'createPageToken',
    tag: 'Page',
    summary: 'Spend a link for a token of the page',
    description: 'The token ends after 12 hours without use.',
    body: newPageToken,
    answer: pageToken,
    status: 201,
    security: 'none',
    errors: ['INVALID_REQUEST', 'ACCOUNT_DISABLED', 'LINK_USED'],
  },
  'POST /v1/page-tokens/renew': {
    operationId: 'renewPageToken',
    tag: 'Page',
    summary: 'The next token of a device that was signed in outside a frame',
    description: 'For the page itself: the device is known by its cookie, and `Origin` has to be our own.',
    body: renewal,
    answer: pageToken,
    status: 201,
    security: 'device',
    errors: ['INVALID_REQUEST'],
  },
  'DELETE /v1/page-tokens': {
    operationId: 'signOut',
    tag: 'Page',
    summary: 'Sign out: the token, and the session of its device',
    description: 'It takes a token of the page. An API key is ended by `DELETE /v1/account/keys/{keyId}`.',
    answer: done,
    status: 200,
    security: 'pageToken',
    errors: ['UNKNOWN_USER'],
  },
  'GET /v1/me': {
    operationId: 'getMe',
    tag: 'Page',
    summary: 'Who looks, at what, and what there is to choose from',
    answer: me,
    status: 200,
    security: 'apiKey',
    asUser: true,
    errors: [],
  },
  'GET /v1/devices': {
    operationId: 'listDevices',
    tag: 'Page',
    summary: 'The devices that are signed in: one’s own, or all with a token of the settings page',
    answer: deviceList,
    status: 200,
    security: 'apiKey',
    asUser: true,
    errors: [],
  },
  'DELETE /v1/devices/{deviceId}': {
    operationId: 'endDevice',
    tag: 'Page',
    summary: 'Sign a device out',
    answer: endedDevice,
    status: 200,
    security: 'apiKey',
    asUser: true,
    errors: ['DEVICE_NOT_FOUND'],
  },
  'POST /v1/doorbells': {
    operationId: 'createDoorbell',
    tag: 'Page',
    summary: 'The address of a socket that rings when a chat in sight changes',
    description:
      'The ticket in the address opens one socket within 60 seconds. 404 if `GET /v1/me` says `doorbell: null`.',
    answer: doorbell,
    status: 201,
    security: 'apiKey',
    asUser: true,
    errors: ['NOT_FOUND'],
  },
} satisfies DescribedRoutes;
