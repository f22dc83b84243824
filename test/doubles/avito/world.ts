import type { VirtualClock } from '../virtual-clock.ts';

/** What Avito tells of messages in webhooks: https://developers.avito.ru/api-catalog/messenger/documentation#operation/postWebhookV3 */
export interface AvitoMessage {
  readonly id: string;
  readonly chatId: string;
  readonly authorId: number;
  /** Unix seconds. */
  readonly created: number;
  type: string;
  content: object;
}

/** A chat of the account with a person about one listing. */
export interface AvitoChat {
  readonly id: string;
  readonly personId: number;
  readonly itemId: number | null;
  readonly messages: AvitoMessage[];
  /** The person has blocked the account. */
  closed?: true;
}

/** Everything that the double knows. */
export interface World {
  readonly clock: VirtualClock;
  readonly keys: { readonly clientId: string; readonly clientSecret: string };
  readonly userId: number;
  readonly name: string;
  /** Epoch milliseconds at which each token ends. */
  readonly tokens: Map<string, number>;
  readonly chats: Map<string, AvitoChat>;
  readonly images: Map<string, Uint8Array>;
  readonly voices: Map<string, Uint8Array>;
  readonly subscriptions: string[];
  nextId(): number;
}

/** Unix seconds by the clock of the double. */
export function secondsOf({ clock }: Pick<World, 'clock'>): number {
  return Math.floor(clock.now() / 1000);
}

/** Both sides of a chat: https://developers.avito.ru/api-catalog/messenger/documentation#operation/getChatByIdV2 */
export function usersOf({ userId, name }: World, personId: number): object[] {
  return [
    { id: userId, name },
    { id: personId, name: 'Dana' },
  ];
}

/** The body of a webhook. */
export function webhookOf(world: World, message: AvitoMessage): object {
  const { id, chatId, authorId, created, type, content } = message;
  const { itemId } = world.chats.get(chatId) ?? { itemId: null };
  return {
    id: `00000000-0000-4000-8000-${String(world.nextId()).padStart(12, '0')}`,
    version: 'v3.0.0',
    timestamp: secondsOf(world),
    payload: {
      type: 'message',
      value: {
        id,
        chat_id: chatId,
        user_id: world.userId,
        author_id: authorId,
        created,
        type,
        chat_type: itemId === null ? 'u2u' : 'u2i',
        content,
        item_id: itemId,
        published_at: new Date(created * 1000).toISOString().replace('.000', ''),
        read: null,
      },
    },
  };
}
