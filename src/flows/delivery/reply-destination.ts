import type { Bells } from '#bells';
import type { Messenger } from '#channels/channel';
import type { Outgoing, Sent } from '#channels/outbound';
import type { Refusal } from '#channels/terms';
import { connectionFor } from '#domain/connection';
import { FILE_CALL_MS, LOOKS_AGAIN_MS } from '#domain/delivery';
import type { Reply } from '#domain/fact';
import { chatOfKey } from '#domain/message';
import { createFollowWatermark } from '#flows/follow-watermark';
import { createNameInLog } from '#flows/name-in-log';
import { createRingEvents } from '#flows/ring-events';
import { describeError } from '#log';
import type { BlobStore } from '#media/blob-store';
import { createAccountStates } from '#store/accounts/account-state';
import type { OpenChannel } from '#store/accounts/channel-item';
import { createConnections } from '#store/accounts/connections';
import { createOpenChannels } from '#store/accounts/open-channels';
import { createAttempts } from '#store/chats/attempts';
import { createWaitingReplies } from '#store/chats/waiting-replies';
import { createHolds } from '#store/outbox/holds';
import { chatOfReplyLane } from '#store/outbox/lane-names';
import { createRows } from '#store/outbox/rows';
import { type ChannelDestinationDeps, toChannel } from './channel-destination.ts';
import type { Delivered, Destination, Leaving, Way } from './destination.ts';
import { createToOutgoing } from './outgoing.ts';
import { createWindowOf } from './window.ts';

/** A reply that has to leave. Its place in the lane is the key of its fact. */
interface LeavingReply extends Leaving {
  readonly lane: string;
  readonly chat: string;
  readonly reply: Reply;
  /** How many replies of the chat wait, as far as they were read: this one and what follows. */
  readonly waiting: number;
}

/** Why replies cannot leave. The texts are in the status of the message, for the person who may send it again. */
const CLOSED = {
  CHANNEL_BLOCKED: 'The channel is switched off or deleted',
  ACCOUNT_BLOCKED: 'The messenger has blocked the account of the channel: ask it why, then send again',
  CHANNEL_UNAUTHORIZED:
    'The messenger no longer takes the credentials of the channel: give it new ones, then send again',
  CONNECTION_REVOKED: 'The account that the client writes to has ended its connection with the channel',
  CONNECTION_READ_ONLY: 'The account that the client writes to does not let the channel reply',
  '24_HOURS_EXCEEDED': 'The client wrote more than 24 hours ago: until they write again, only a template can be sent',
  '7_DAYS_EXCEEDED': 'The client wrote more than seven days ago: nothing can be sent until they write again',
};

/** The messenger of a chat, as the destination of its replies. One reply leaves at a time. */
export function createReplyDestination(
  deps: ChannelDestinationDeps & { readonly bells: Bells<'events'>; readonly blobs: Pick<BlobStore, 'get' | 'linkTo'> },
): Destination<LeavingReply> {
  const { messengerFor, clock, log } = deps;
  const accounts = createAccountStates(deps);
  const attempts = createAttempts(deps);
  const { repliesFrom } = createWaitingReplies(deps);
  const rows = createRows(deps);
  const channels = createOpenChannels(deps);
  const connections = createConnections(deps);
  const holds = createHolds(deps);
  const nameInLog = createNameInLog(deps);
  const ringEvents = createRingEvents(deps);
  const toOutgoing = createToOutgoing(deps);
  const windowOf = createWindowOf(deps);
  const followWatermark = createFollowWatermark(deps);

  /** The messenger and the connection by which the reply leaves, or why it cannot. */
  async function findWay(
    { channelId, state, transport }: OpenChannel,
    { reply: { via } }: LeavingReply,
  ): Promise<{ messenger: Messenger; via?: string | undefined } | Extract<Way, { kind: 'closed' }>> {
    const messenger = await messengerFor(transport);
    if (!messenger || state === 'disabled') return closed('CHANNEL_BLOCKED');
    if (state === 'unauthorized') return closed('CHANNEL_UNAUTHORIZED');
    if (state === 'blocked') return closed('ACCOUNT_BLOCKED');
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
    way: Pick<Outgoing, 'via' | 'clientAt'>,
    leaving: LeavingReply,
    signal: AbortSignal,
  ): Promise<Delivered> {
    const calledAt = clock.now();
    const sent = await call(channel, messenger, way, leaving, signal);
    // Recorded before anything else, so that a crash does not send it again.
    const delivered = await record(channel, leaving, sent, calledAt);
    if (sent.kind === 'sent' && messenger.inbound.receiptsUpTo) await followWatermark(leaving.chat);
    log({ deliver: await nameInLog(leaving.chat), attempt: leaving.reply.attempt, outcome: sent.kind });
    return delivered;
  }

  async function record(
    channel: OpenChannel,
    { lane, chat, reply }: LeavingReply,
    sent: Sent,
    calledAt: number,
  ): Promise<Delivered> {
    switch (sent.kind) {
      case 'sent':
        if (await attempts.recordSent(chat, reply.key, reply.attempt, sent.providerId, calledAt))
          await rows.takeSentOffList({ lane, event: reply.key }, reply.attempt);
        return { kind: 'taken' };
      case 'unauthorized': {
        // If the channel has got other credentials meanwhile, the reply leaves with those.
        if (!(await channels.refuseCredentials(channel))) return { kind: 'again' };
        await ringEvents(channel.account);
        return refused(sent.refusal);
      }
      case 'throttled': {
        const until = clock.now() + sent.retryAfterSeconds * 1000;
        if (sent.scope === 'channel') await holds.holdChannel(channel.channelId, until);
        return { kind: 'throttled', retryAfterSeconds: sent.retryAfterSeconds };
      }
      case 'refused':
        return refused(sent.refusal);
      case 'notReady':
      case 'unreachable':
        return sent;
      default:
        return sent satisfies never;
    }
  }

  async function call(
    { credentials }: OpenChannel,
    messenger: Messenger,
    way: Pick<Outgoing, 'via' | 'clientAt'>,
    { chat, reply }: LeavingReply,
    signal: AbortSignal,
  ): Promise<Sent> {
    const outgoing = await toOutgoing(chat, reply, way);
    if ('refusal' in outgoing) return { kind: 'refused', refusal: outgoing.refusal };
    try {
      return await messenger.outbound.send(credentials, outgoing, signal);
    } catch (error) {
      log({ deliver: await nameInLog(chat), outcome: 'broken', ...describeError(error) });
      return { kind: 'unreachable', reason: 'The adapter broke' };
    }
  }

  /** What an earlier holder may not have done after it recorded that the reply was sent. */
  async function followSent({ lane, chat, reply }: LeavingReply, providerId: string): Promise<void> {
    await followWatermark(chat);
    await attempts.followSent(chat, reply.key, reply.attempt, providerId, true);
    await rows.takeSentOffList({ lane, event: reply.key }, reply.attempt);
  }

  return {
    ...toChannel<LeavingReply>(deps),

    async oldest({ lane, state: { from }, wasAbandoned }) {
      const chat = chatOfReplyLane(lane) as string;
      const { account } = await channels.getKnown(chatOfKey(chat).channelId);
      for await (const page of repliesFrom(chat, from)) {
        const waiting = page.filter(({ outcome }) => !outcome).length;
        for (const { reply, outcome } of page) {
          const since = reply.attemptAt ?? reply.storedAt;
          const leaving = { lane, chat, account, reply, event: reply.key, since, waiting };
          if (!outcome) return leaving;
          const { status, providerId } = outcome;
          if (wasAbandoned && status === 'sent' && providerId !== undefined) await followSent(leaving, providerId);
        }
      }
      return undefined;
    },

    mark: async () => undefined,

    async pauseOf({ account }) {
      const { isDisabled, enabledAt } = await accounts.stateOf(account);
      return isDisabled
        ? { kind: 'paused', until: clock.now() + LOOKS_AGAIN_MS }
        : { kind: 'none', endedAt: enabledAt };
    },

    async wayFor(leaving) {
      const channel = await channels.getKnown(chatOfKey(leaving.chat).channelId);
      const way = await findWay(channel, leaving);
      if ('kind' in way) return way;
      const { tooLate, clientAt } = await windowOf(way.messenger.outbound, leaving.chat, leaving.reply);
      if (tooLate) return closed(tooLate);
      const { until, slow } = await holds.of(channel.channelId);
      if (until > clock.now()) return { kind: 'wait', until };
      const { messenger, via } = way;
      const { pace, answersSlowly } = messenger.outbound;
      return {
        kind: 'open',
        callMs: answersSlowly || leaving.reply.content.media ? FILE_CALL_MS : undefined,
        slow,
        paced: pace && { pace, waiting: leaving.waiting },
        send: (signal) => send(channel, messenger, { via, clientAt }, leaving, signal),
      };
    },

    // `send` has recorded it.
    taken: async () => undefined,

    async failed({ lane, chat, account, reply: { key: event, attempt, storedAt } }, error, calls) {
      const failing = rows.failing({ lane, event, account, chat, attempt, storedAt }, calls, error);
      await attempts.refuse(chat, event, attempt, error, failing);
    },
  };
}

function refused({ code, description, reason }: Refusal): Delivered {
  return { kind: 'refused', code, description, reason };
}

function closed(code: keyof typeof CLOSED): Extract<Way, { kind: 'closed' }> {
  return { kind: 'closed', code, description: CLOSED[code] };
}
