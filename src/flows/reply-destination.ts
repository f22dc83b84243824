import type { Messenger, Sent } from '#channels/channel';
import { connectionFor } from '#domain/connection';
import { idOfKey } from '#domain/fact';
import { chatOfKey } from '#domain/message';
import { describeError } from '#log';
import { createAccountStates } from '#store/accounts/account-state';
import type { OpenChannel } from '#store/accounts/channel-item';
import { createConnections } from '#store/accounts/connections';
import { createOpenChannels } from '#store/accounts/open-channels';
import { createAttempts } from '#store/chats/attempts';
import { createOutcomes } from '#store/chats/outcomes';
import { createHolds } from '#store/outbox/holds';
import type { RowOf } from '#store/outbox/row-item';
import { type ChannelDestinationDeps, toChannel } from './channel-destination.ts';
import type { Delivered, Destination, Way } from './destination.ts';
import { createNameInLog } from './name-in-log.ts';

type Reply = RowOf<'reply'>;

/** How often the lanes of a disabled account look whether it is enabled again (ms). */
const LOOKS_AGAIN_MS = 5 * 60_000;

/** Why replies cannot leave. The texts are in the status of the message, for the person who may send it again. */
const CLOSED = {
  CHANNEL_BLOCKED: 'The channel is switched off or deleted',
  CHANNEL_UNAUTHORIZED:
    'The messenger no longer takes the credentials of the channel: give it new ones, then send again',
  CONNECTION_REVOKED: 'The account that the client writes to has ended its connection with the channel',
  CONNECTION_READ_ONLY: 'The account that the client writes to does not let the channel reply',
};

/** The messenger of a chat, as the destination of its replies. One reply leaves at a time. */
export function createReplyDestination(deps: ChannelDestinationDeps): Destination<Reply> {
  const { messengerFor, clock, log } = deps;
  const accounts = createAccountStates(deps);
  const attempts = createAttempts(deps);
  const outcomes = createOutcomes(deps);
  const channels = createOpenChannels(deps);
  const connections = createConnections(deps);
  const holds = createHolds(deps);
  const nameInLog = createNameInLog(deps);

  /** The messenger and the connection by which the reply leaves, or why it cannot. */
  async function findWay(
    { channelId, state, transport }: OpenChannel,
    { payload: { via } }: Reply,
  ): Promise<{ messenger: Messenger; via?: string | undefined } | Extract<Way, { kind: 'closed' }>> {
    const messenger = messengerFor(transport);
    if (!messenger || state === 'disabled') return closed('CHANNEL_BLOCKED');
    if (state === 'unauthorized') return closed('CHANNEL_UNAUTHORIZED');
    if (via === undefined) return { messenger };
    const connection = connectionFor(await connections.of(channelId), via);
    if (connection?.state === 'revoked') return closed('CONNECTION_REVOKED');
    if (connection?.state === 'read-only') return closed('CONNECTION_READ_ONLY');
    // If the connection is unknown, the messenger will say what is wrong with it.
    return { messenger, via: connection?.connectionId ?? via };
  }

  async function send(
    channel: OpenChannel,
    messenger: Messenger,
    via: string | undefined,
    row: Reply,
    signal: AbortSignal,
  ): Promise<Delivered> {
    const sent = await call(channel, messenger, via, row, signal);
    // Recorded before anything else, so that a crash does not send it again.
    const delivered = await record(channel, row, sent);
    log({ deliver: await nameInLog(row.chat), attempt: row.attempt, calls: row.calls + 1, outcome: sent.kind });
    return delivered;
  }

  async function record(channel: OpenChannel, row: Reply, sent: Sent): Promise<Delivered> {
    switch (sent.kind) {
      case 'sent':
        await attempts.recordSent(row.chat, row.event, row.attempt, sent.providerId);
        return { kind: 'taken' };
      case 'unauthorized': {
        const { code, description } = sent;
        // If the channel has got other credentials meanwhile, the reply leaves with those.
        return (await channels.refuseCredentials(channel)) ? { kind: 'refused', code, description } : { kind: 'again' };
      }
      case 'throttled': {
        const until = clock.now() + sent.retryAfterSeconds * 1000;
        if (sent.scope === 'channel') await holds.holdChannel(channel.channelId, until);
        return { kind: 'throttled', retryAfterSeconds: sent.retryAfterSeconds };
      }
      case 'refused':
      case 'unreachable':
        return sent;
      default:
        return sent satisfies never;
    }
  }

  async function call(
    { credentials }: OpenChannel,
    messenger: Messenger,
    via: string | undefined,
    row: Reply,
    signal: AbortSignal,
  ): Promise<Sent> {
    try {
      const { chatId } = chatOfKey(row.chat);
      return await messenger.send(credentials, { chatId, ...row.payload, via }, signal);
    } catch (error) {
      log({ deliver: await nameInLog(row.chat), outcome: 'broken', ...describeError(error) });
      return { kind: 'unreachable', reason: 'The adapter broke' };
    }
  }

  return {
    ...toChannel<Reply>(deps),

    async outcomeOf({ chat, event, attempt }) {
      const id = idOfKey(event);
      const outcome = (await outcomes.outcomes(chat, [id])).get(id);
      if (outcome?.attempt !== attempt) return undefined;
      return outcome.status === 'sent' ? 'taken' : outcome.error;
    },

    async pauseOf([row]) {
      const { isDisabled, enabledAt } = await accounts.stateOf((row as Reply).account);
      return isDisabled
        ? { kind: 'paused', until: clock.now() + LOOKS_AGAIN_MS }
        : { kind: 'none', endedAt: enabledAt };
    },

    async wayFor(rows) {
      const [row] = rows as [Reply];
      const channel = await channels.getKnown(chatOfKey(row.chat).channelId);
      const way = await findWay(channel, row);
      if ('kind' in way) return way;
      const { until, slow } = await holds.of(channel.channelId);
      if (until > clock.now()) return { kind: 'wait', until };
      const { messenger, via } = way;
      return { kind: 'open', slow, send: (signal) => send(channel, messenger, via, row, signal) };
    },

    // A first attempt has no refusal to remove, unless two holders sent it. Then the refusal loses here.
    taken: ({ chat, event, attempt }) => attempts.acceptAttempt(chat, event, attempt),

    refused: ({ chat, event, attempt }, error) => attempts.refuse(chat, event, attempt, error),
  };
}

function closed(code: keyof typeof CLOSED): Extract<Way, { kind: 'closed' }> {
  return { kind: 'closed', code, description: CLOSED[code] };
}
