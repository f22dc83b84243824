import type { Acknowledged, Outbound } from '#channels/outbound';
import type { ChannelState } from '#domain/channel';
import { PRESS_MS } from '#domain/delivery';
import { idOfKey } from '#domain/fact';
import { chatOfKey } from '#domain/message';
import { createNameInLog } from '#flows/name-in-log';
import { describeError } from '#log';
import { createAccountStates } from '#store/accounts/account-state';
import type { OpenChannel } from '#store/accounts/channel-item';
import { createOpenChannels } from '#store/accounts/open-channels';
import { createHolds } from '#store/outbox/holds';
import type { RowOf } from '#store/outbox/row-item';
import { createRows } from '#store/outbox/rows';
import { type ChannelDestinationDeps, toChannel } from './channel-destination.ts';
import type { Destination, Way } from './destination.ts';

type Press = RowOf<'press'>;

/** The messenger takes nothing from the channel then, or nobody wants it to. */
const SILENT_STATES: readonly ChannelState[] = ['disabled', 'unauthorized', 'blocked'];
/** Nobody has to know of it: the client only sees for longer that the button is pressed. */
const DROPPED: Way = { kind: 'closed', code: 'DROPPED', description: 'It was too late, or the channel cannot do it' };

/**
 * The messenger of a chat, as the destination of pressed buttons that have to be acknowledged. Each is tried once at
 * most. Whatever comes of it, the row is done and never listed as failed.
 */
export function createPressDestination(deps: ChannelDestinationDeps): Destination<Press> {
  const { messengerFor, clock, log } = deps;
  const accounts = createAccountStates(deps);
  const channels = createOpenChannels(deps);
  const nameInLog = createNameInLog(deps);
  const holds = createHolds(deps);
  const rows = createRows(deps);

  async function send(
    { channelId, credentials }: OpenChannel,
    acknowledge: NonNullable<Outbound['acknowledge']>,
    { chat, event }: Press,
    signal: AbortSignal,
  ): Promise<void> {
    const outcome = await tryOnce(() => acknowledge(credentials, idOfKey(event), signal), chat);
    log({ acknowledge: await nameInLog(chat), outcome: outcome.kind });
    if (outcome.kind === 'throttled' && outcome.scope === 'channel')
      await holds.holdChannel(channelId, clock.now() + outcome.retryAfterSeconds * 1000);
  }

  async function tryOnce(call: () => Promise<Acknowledged>, chat: string): Promise<Acknowledged> {
    try {
      return await call();
    } catch (error) {
      log({ acknowledge: await nameInLog(chat), outcome: 'broken', ...describeError(error) });
      return { kind: 'unreachable' };
    }
  }

  return {
    ...toChannel<Press>(deps),

    async oldest({ lane, state: { from } }) {
      for (;;) {
        const [oldest] = (await rows.pendingIn(lane, from, 1)) as Press[];
        if (oldest?.sendingAt === undefined) return oldest;
        // It is marked before the call, so it was tried.
        await rows.markDone(oldest);
      }
    },

    mark: (row) => rows.markSending(row),

    // A press does not wait until an account is enabled again.
    pauseOf: async () => ({ kind: 'none', endedAt: 0 }),

    async wayFor(row) {
      if (clock.now() - row.createdAt > PRESS_MS) return DROPPED;
      if ((await accounts.stateOf(row.account)).isDisabled) return DROPPED;
      const channel = await channels.getKnown(chatOfKey(row.chat).channelId);
      const outbound = (await messengerFor(channel.transport))?.outbound;
      if (!outbound?.acknowledge || SILENT_STATES.includes(channel.state)) return DROPPED;
      const { until, slow } = await holds.of(channel.channelId);
      if (until > clock.now()) return DROPPED;
      const acknowledge = outbound.acknowledge.bind(outbound);
      return {
        kind: 'open',
        slow,
        send: async (signal) => {
          await send(channel, acknowledge, row, signal);
          return { kind: 'taken' };
        },
      };
    },

    taken: (row) => rows.markDone(row),

    // Nobody can do anything about it, so it is not listed.
    failed: (row) => rows.markDone(row),
  };
}
