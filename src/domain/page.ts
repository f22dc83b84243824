/** An address of a card: a client as the CRM names them. */
export interface CardAddress {
  readonly chatType: string;
  readonly chatId: string;
  readonly name?: string;
}

/** The chat that the page opens with. */
export interface ActiveChat {
  readonly channelId?: string;
  readonly chatType: string;
  readonly chatId: string;
}

/** What a page shows: all chats of its user, those of one card, or the settings of the account. */
export interface PageScope {
  readonly kind: 'global' | 'card' | 'settings';
  readonly filter?: readonly CardAddress[];
  readonly activeChat?: ActiveChat;
  readonly useDealsEvents?: boolean;
  readonly useMessageEvents?: boolean;
}

/** Who looks at a page, and at what. A link and the token that it is spent for hold the same. */
export interface PageHolder {
  readonly account: string;
  /** The user who looks. A page of settings has none. */
  readonly userId?: string;
  /** The push that made the user. If the CRM has deleted them and pushed them again, the page is over. */
  readonly userMade?: number;
  /** The key by which the link was made. What is done on a page of settings is recorded as done by it. */
  readonly keyId: string;
  readonly scope: PageScope;
  /** The device on which they are signed in, if it is one. What it holds ends with it. */
  readonly deviceId?: string;
}

/** A link opens its page once, and within this time. */
export const LINK_MS = 10 * 60_000;

/** A token that nobody used for so long has ended. */
export const IDLE_MS = 12 * 3_600_000;

/** How tokens of the page begin. No API key begins so. */
export const TOKEN_PREFIX = 'kp_';

/** Whether the bearer of a request is a token of the page and no API key. */
export function isPageToken(bearer: string): boolean {
  return bearer.startsWith(TOKEN_PREFIX);
}

/** Whether this is the user of a link, a token or a device, and not one of the same id who was made anew since. */
export function isUserOf<U extends { readonly made?: number }>(
  { userMade }: Pick<PageHolder, 'userMade'>,
  user: U | undefined,
): user is U {
  return user !== undefined && user.made === userMade;
}
