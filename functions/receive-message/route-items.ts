import { eachAtOnce } from '#at-once';
import type { Messenger } from '#channels/channel';
import type { Received, WebhookRequest } from '#channels/inbound';
import type { Routed } from '#flows/receiving/root-items';
import type { OpenChannel } from '#store/accounts/channel-item';
import type { Routes } from '#store/accounts/routes';
import { isVerified, type JudgeDeps } from './judge.ts';

/** What is needed to find the channels of items. */
export interface RouteItemsDeps extends JudgeDeps {
  readonly routes: Pick<Routes, 'channelsOf'>;
}

/** Items with their channels, and those that no channel here is for. */
export interface RoutedItems {
  readonly routed: readonly Routed[];
  readonly lost: readonly Received[];
}

/** One body may name as many accounts as it has items. */
const AT_ONCE = 16;

/**
 * Finds the channels of what a verified body reports. An item without an account, or with that of the addressed
 * channel, is for this one. Any other is for the channels of its account, if their own secrets verify the body too: an
 * address proves nothing about the accounts of others. What is for a channel that is switched off is dropped.
 */
export async function routeItems(
  deps: RouteItemsDeps,
  messenger: Messenger,
  addressed: OpenChannel,
  request: WebhookRequest,
  received: readonly Received[],
): Promise<RoutedItems> {
  const accounts = new Set(received.flatMap(({ account }) => (isOf(addressed, account) ? [] : [account as string])));
  const opened = new Map<string, Promise<OpenChannel | undefined>>();
  const byAccount = new Map<string, readonly OpenChannel[]>();
  await eachAtOnce([...accounts], AT_ONCE, async (account) => {
    const ids = await deps.routes.channelsOf(messenger.transport, account);
    const channels = await Promise.all(ids.map(openOnce));
    byAccount.set(
      account,
      channels.filter((channel) => channel !== undefined),
    );
  });

  /** The channel, if the body is for it as well. */
  function openOnce(channelId: string): Promise<OpenChannel | undefined> {
    const known = opened.get(channelId) ?? open(channelId);
    opened.set(channelId, known);
    return known;
  }

  async function open(channelId: string): Promise<OpenChannel | undefined> {
    if (channelId === addressed.channelId) return addressed;
    const channel = await deps.channels.get(channelId);
    if (!channel || channel.deletedAt !== undefined) return undefined;
    return (await isVerified(deps, messenger, channel, request)) ? channel : undefined;
  }

  const channelsOf = ({ account }: Received) =>
    isOf(addressed, account) ? [addressed] : (byAccount.get(account as string) ?? []);
  const routed = received.flatMap((item) =>
    channelsOf(item)
      .filter(({ state }) => state !== 'disabled')
      .map((channel) => ({ channel, item })),
  );
  return {
    routed: chatByChat(routed),
    lost: received.filter((item) => channelsOf(item).length === 0),
  };
}

/**
 * What is stored together is folded together: so each chat of a large body is folded once or twice, however the
 * messenger mixed them.
 */
function chatByChat(routed: readonly Routed[]): Routed[] {
  const chatOf = ({ channel, item }: Routed) =>
    'ids' in item ? `${channel.channelId} ${item.ids[0]?.chatId}` : channel.channelId;
  return [...Map.groupBy(routed, chatOf).values()].flat();
}

function isOf({ identity }: OpenChannel, account: string | undefined): boolean {
  return account === undefined || account === identity;
}
