import { createSettings } from '#store/accounts/channel-settings';
import { createChats } from '#store/chats/chats';
import type { StoreDeps } from '#store/dynamo/client';

/** A place in the order of a channel's chats: all chats before it have been moved. */
export interface PlacedUpTo {
  readonly after: string;
}

/**
 * Moves the channel's chats to the places that its roles give them, from the place `after` on. Answers with how far it
 * got if the time `until` (epoch ms) came first.
 */
export type PlaceChats = (
  channelId: string,
  after: string | undefined,
  until: number,
) => Promise<PlacedUpTo | undefined>;

const PAGE = 100;

/** Makes `placeChats`. Repeating it does no harm. */
export function createPlaceChats(deps: StoreDeps): PlaceChats {
  const { clock } = deps;
  const chats = createChats(deps);
  const settings = createSettings(deps);

  /** Places the chats by settings that were read before them, and again those that were overtaken. */
  async function placePage(channelId: string, chatKeys: readonly string[]): Promise<void> {
    let left = chatKeys;
    while (left.length > 0) {
      const { settings: chosen } = await settings.read(channelId);
      const rows = await chats.getAll(left);
      const overtaken = await Promise.all(rows.map(async (row) => ((await chats.place(row, chosen)) ? [] : [row.key])));
      left = overtaken.flat();
    }
  }

  return async function placeChats(channelId, after, until) {
    let placed: string | undefined;
    for await (const page of chats.candidatePages({ kind: 'channel', id: channelId }, 'rest', PAGE, after)) {
      if (placed !== undefined && clock.now() > until) return { after: placed };
      await placePage(
        channelId,
        page.map(({ key }) => key),
      );
      placed = page.at(-1)?.place;
    }
    return undefined;
  };
}
