import { addressKey } from './address.ts';
import type { ChatId } from './message.ts';
import type { ChannelSettings } from './settings.ts';
import { type Actor, type Seeable, type Sight, sightOf } from './sight.ts';

/** Who listens at a socket. */
export interface Hearer extends Actor {
  /** The keys of the addresses of their card. Undefined: they look at all their chats. */
  readonly card?: readonly string[];
}

/** A chat as one moment left it: who may see it, and every id of its person that it knows. */
export interface ChatImage extends ChatId, Seeable {
  readonly key: string;
  readonly version: number;
  readonly otherIds: readonly string[];
  /** Its last image: the chat was removed, with everything in it. */
  readonly isGone?: true;
}

/** A chat that has changed: its newest version, and every image that is known of it, the old ones too. */
export interface ChangedChat {
  readonly newest: ChatImage;
  readonly images: readonly ChatImage[];
}

type Roles = Pick<ChannelSettings, 'userRoles'>;

/** A chat by its names, with its version, and `true` if it was removed. */
type Rung = readonly [channelId: string, chatType: string, chatId: string, version: number, isGone?: true];

/** What the page is told: which chats have changed, or that any may have. No content, no name. */
export type Ring = { readonly t: 'ring'; readonly chats: readonly Rung[] } | { readonly t: 'ring'; readonly all: true };

/** The ring that makes a page look at everything again. */
export const RING_ALL: Ring = { t: 'ring', all: true };

/** A ring names no more chats than this. */
const MOST_NAMED = 20;

/**
 * Whether the hearer is told that the chat has changed: they see it, or saw it before (I6). Who has lost sight of it is
 * told too, because their page has to let it go (R2).
 */
export function isRung(hearer: Hearer, { images }: ChangedChat, settings: Roles): boolean {
  return images.some((image) => sightAt(hearer, image, settings) !== 'nothing');
}

/** What the hearer may do with the chat, as far as their card reaches. */
export function sightAt(hearer: Hearer, image: ChatImage, settings: Roles): Sight {
  return isInCard(hearer, image) ? sightOf(hearer, image, settings) : 'nothing';
}

function isInCard({ card }: Hearer, { account, chatType, chatId, otherIds }: ChatImage): boolean {
  return !card || [chatId, ...otherIds].some((id) => card.includes(addressKey(account, chatType, id)));
}

/** The ring of these chats; undefined if there are none. */
export function ringOf(chats: readonly ChatImage[]): Ring | undefined {
  if (chats.length === 0) return undefined;
  if (chats.length > MOST_NAMED) return RING_ALL;
  return {
    t: 'ring',
    chats: chats.map(({ channelId, chatType, chatId, version, isGone }) =>
      isGone ? [channelId, chatType, chatId, version, isGone] : [channelId, chatType, chatId, version],
    ),
  };
}

/** The chats of images, each once. The images of one chat come in any order. */
export function changedChats(images: readonly ChatImage[]): ChangedChat[] {
  return [...Map.groupBy(images, ({ key }) => key).values()].map((all) => ({
    newest: all.reduce((newest, image) => (image.version > newest.version ? image : newest)),
    images: all,
  }));
}
