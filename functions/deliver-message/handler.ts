import type { Credentials, Messenger, Sent } from '#channels/channel';
import type { Clock } from '#clock';
import { connectionFor } from '#domain/connection';
import { backoffMs, CALL_MS, GIVE_UP_MS } from '#domain/delivery';
import { idOfKey } from '#domain/fact';
import { shortHash } from '#domain/hash';
import { chatOfKey } from '#domain/message';
import { describeError, type Log } from '#log';
import type { OpenChannel, OpenChannels } from '#store/accounts/channels';
import type { Connections } from '#store/accounts/connections';
import type { Messages } from '#store/chats/messages';
import type { Delivery, DeliveryError, Outbox } from '#store/outbox/outbox';

export interface DeliverMessageDeps {
  readonly outbox: Outbox;
  readonly messages: Pick<Messages, 'outcomes' | 'recordSent' | 'refuse' | 'acceptAttempt'>;
  readonly channels: Pick<OpenChannels, 'getKnown' | 'refuseCredentials'>;
  readonly connections: Pick<Connections, 'of'>;
  readonly messengerFor: (transport: string) => Messenger | undefined;
  /** Rings the bell of a lane again after that time. */
  readonly ringLater: (lane: string, afterMs: number) => Promise<void>;
  readonly clock: Clock;
  readonly newId: () => string;
  readonly log: Log;
}

/** What a call came to, and for how long the lane has to wait before the next. */
type Step = { readonly kind: 'next' } | { readonly kind: 'stop' } | { readonly kind: 'wait'; readonly until: number };

/** How a row leaves. */
type Way =
  | {
      readonly kind: 'open';
      readonly messenger: Messenger;
      readonly credentials: Credentials;
      readonly via?: string | undefined;
    }
  | ({ readonly kind: 'closed' } & DeliveryError);

/** Why nothing leaves by a way: for the status of the message, and for whoever sends it again. */
const CLOSED = {
  CHANNEL_BLOCKED: 'The channel is switched off or deleted',
  CHANNEL_UNAUTHORIZED:
    'The messenger no longer takes the credentials of the channel: give it new ones, then send again',
  CONNECTION_REVOKED: 'The account that the client writes to has ended its connection with the channel',
  CONNECTION_READ_ONLY: 'The account that the client writes to does not let the channel reply',
};

/**
 * Something waits in a lane: it leaves, in order, one call at a time. The promise settles when nothing is left, when it
 * has to wait, or when somebody else holds the lane and will see to it; where it throws, the bell has to ring again.
 */
export function createDeliver(deps: DeliverMessageDeps) {
  const { outbox, newId } = deps;
  return async function deliver(lane: string): Promise<void> {
    const token = newId();
    const lease = await outbox.take(lane, token);
    if (lease.outcome !== 'taken') return;
    let attempts = lease.attempts;
    for (;;) {
      const row = await outbox.oldest(lane);
      if (!row) {
        if ((await outbox.giveBack(lane, token)) !== 'again') return;
        continue;
      }
      const step = await deliverOne(deps, row, token, attempts + 1);
      if (step.kind === 'stop') return;
      if (step.kind === 'next') {
        attempts = 0;
        continue;
      }
      attempts += 1;
      await outbox.postpone(lane, token, step.until, attempts);
      await deps.ringLater(lane, step.until - deps.clock.now());
      return;
    }
  };
}

/** The bells of lanes, from a queue. */
export function createHandler(deps: DeliverMessageDeps) {
  const deliver = createDeliver(deps);
  return async ({ Records }: { readonly Records: readonly { readonly body: string }[] }): Promise<void> => {
    for (const { body } of Records) await deliver(body);
  };
}

async function deliverOne(deps: DeliverMessageDeps, row: Delivery, token: string, attempts: number): Promise<Step> {
  const { outbox, messages, channels, clock } = deps;
  const channel = await channels.getKnown(chatOfKey(row.chat).channelId);
  if (row.sendingAt !== undefined && (await arrived(deps, row))) return { kind: 'next' };
  if (clock.now() - row.since > GIVE_UP_MS) {
    return fail(deps, row, row.lastError ?? { code: 'GIVEN_UP', description: 'Nobody took it for 24 hours' });
  }
  const way = await findWay(deps, channel, row);
  if (way.kind === 'closed') return fail(deps, row, way);
  const heldUntil = await outbox.heldUntil(channel.channelId);
  if (heldUntil > clock.now()) return { kind: 'wait', until: heldUntil };
  await outbox.markSending(row);
  // The last thing before the call: whoever slept through its lease must not call beside the next holder.
  if (!(await outbox.renew(row.lane, token))) return { kind: 'stop' };
  const sent = await send(deps, way, row);
  deps.log({ deliver: shortHash(row.chat), attempt: row.attempt, calls: row.calls + 1, outcome: sent.kind });
  switch (sent.kind) {
    case 'sent':
      await messages.recordSent(row.chat, row.event, row.attempt, sent.providerId);
      return finish(deps, row);
    case 'refused':
      return fail(deps, row, sent);
    case 'unauthorized':
      // Where the channel has got other credentials meanwhile, the row leaves with those.
      return (await channels.refuseCredentials(channel)) ? fail(deps, row, sent) : { kind: 'next' };
    case 'throttled': {
      const until = clock.now() + sent.retryAfterSeconds * 1000;
      if (sent.scope === 'channel') await outbox.holdChannel(channel.channelId, until);
      await outbox.noteError(row, { code: '429', description: `Asked to wait ${sent.retryAfterSeconds} s` });
      return { kind: 'wait', until };
    }
    case 'unreachable':
      await outbox.noteError(row, { code: 'UNREACHABLE', description: sent.reason });
      return { kind: 'wait', until: clock.now() + backoffMs(attempts) };
    default:
      return sent satisfies never;
  }
}

/** Whether an earlier holder's call arrived and was recorded; what it left undone is done now. */
async function arrived(deps: DeliverMessageDeps, row: Delivery): Promise<boolean> {
  const outcome = (await deps.messages.outcomes(row.chat, [idOfKey(row.event)])).get(idOfKey(row.event));
  if (outcome?.attempt !== row.attempt) return false;
  if (outcome.status === 'sent') await finish(deps, row);
  else if (outcome.error) await deps.outbox.markFailed(row, outcome.error);
  return outcome.status !== undefined;
}

async function finish({ messages, outbox }: DeliverMessageDeps, row: Delivery): Promise<Step> {
  // A first attempt was never refused before it succeeded, unless two holders sent it: then the refusal loses here.
  await messages.acceptAttempt(row.chat, row.event, row.attempt);
  await outbox.markDone(row);
  return { kind: 'next' };
}

async function fail(deps: DeliverMessageDeps, row: Delivery, error: DeliveryError): Promise<Step> {
  const { messages, outbox } = deps;
  const { code, description } = error;
  const outcome = await messages.refuse(row.chat, row.event, row.attempt, { code, description });
  if (outcome === 'refused') await outbox.markFailed(row, { code, description });
  else await arrived(deps, row);
  return { kind: 'next' };
}

/** How the row leaves now, or why it cannot. */
async function findWay(
  { messengerFor, connections }: DeliverMessageDeps,
  { channelId, state, transport, credentials }: OpenChannel,
  { payload: { via } }: Delivery,
): Promise<Way> {
  const messenger = messengerFor(transport);
  if (!messenger || state === 'disabled') return closed('CHANNEL_BLOCKED');
  if (state === 'unauthorized') return closed('CHANNEL_UNAUTHORIZED');
  if (via === undefined) return { kind: 'open', messenger, credentials };
  const connection = connectionFor(await connections.of(channelId), via);
  if (connection?.state === 'revoked') return closed('CONNECTION_REVOKED');
  if (connection?.state === 'read-only') return closed('CONNECTION_READ_ONLY');
  // Of an unknown one the messenger will say what is wrong with it.
  return { kind: 'open', messenger, credentials, via: connection?.connectionId ?? via };
}

function closed(code: keyof typeof CLOSED): Way {
  return { kind: 'closed', code, description: CLOSED[code] };
}

async function send({ clock, log }: DeliverMessageDeps, way: Way & { kind: 'open' }, row: Delivery): Promise<Sent> {
  const { messenger, credentials, via } = way;
  try {
    const { chatId } = chatOfKey(row.chat);
    return await messenger.send(credentials, { chatId, ...row.payload, via }, clock.deadline(CALL_MS));
  } catch (error) {
    log({ deliver: shortHash(row.chat), outcome: 'broken', ...describeError(error) });
    return { kind: 'unreachable', reason: 'The adapter broke' };
  }
}
