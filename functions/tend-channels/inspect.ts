import type { Inspected, Messenger } from '#channels/channel';
import { ConnectedElsewhereError, CredentialsRefusedError, MessengerUnreachableError } from '#channels/errors';
import type { Messengers } from '#channels/registry/messengers';
import type { Clock } from '#clock';
import { cut } from '#domain/cut';
import { isRegistering } from '#domain/webhook-secret';
import type { Log } from '#log';
import type { OpenChannel } from '#store/accounts/channel-item';
import type { ChannelStates } from '#store/accounts/channel-states';
import type { OpenChannels } from '#store/accounts/open-channels';

/** What is needed to find out whether messengers still call. */
export interface InspectDeps {
  readonly isPolled?: Messengers['isPolled'];
  readonly channels: Pick<OpenChannels, 'getNow' | 'refuseCredentials' | 'setElsewhere' | 'setDeaf'>;
  readonly states: Pick<ChannelStates, 'putReport'>;
  readonly clock: Clock;
  readonly log: Log;
}

const INSPECT_MS = 20_000;
const LONGEST_WHY = 500;

/**
 * Asks whether the messenger still calls `url`, and follows the answer. A channel whose updates are fetched, or whose
 * operator sets the webhook, is left alone.
 */
export async function inspect(
  deps: InspectDeps,
  messenger: Messenger,
  channel: OpenChannel,
  url: string,
): Promise<void> {
  const { setup } = messenger;
  if (!setup.inspect || channel.setWebhook === false) return;
  if (await deps.isPolled?.(channel.transport, channel.credentials)) return;
  const inspected = await setup.inspect(channel, url, deps.clock.deadline(INSPECT_MS));
  if (inspected.report) await deps.states.putReport(channel, inspected.report);
  await follow(deps, messenger, channel, url, inspected);
}

async function follow(
  deps: InspectDeps,
  messenger: Messenger,
  channel: OpenChannel,
  url: string,
  inspected: Inspected,
): Promise<void> {
  const { channels, log } = deps;
  const { channelId } = channel;
  switch (inspected.kind) {
    case 'listening':
      return isListening(deps, channel);
    case 'deaf':
      return registerAgain(deps, messenger, channel, url, inspected.why);
    case 'elsewhere':
      log({ channelId, inspected: inspected.kind });
      await channels.setDeaf(channel, undefined);
      if (channel.state !== 'openelsewhere') await channels.setElsewhere(channelId, true);
      return;
    case 'unauthorized':
      log({ channelId, inspected: inspected.kind });
      await channels.refuseCredentials(channel);
      return;
    case 'unknown':
      log({ channelId, inspected: inspected.kind, why: inspected.why });
      return;
    default:
      return inspected satisfies never;
  }
}

async function isListening({ channels }: InspectDeps, channel: OpenChannel): Promise<void> {
  await channels.setDeaf(channel, undefined);
  if (channel.state === 'openelsewhere') await channels.setElsewhere(channel.channelId, false);
}

/**
 * Nothing is taken from another program: that is for a person to decide. Nor is anything registered if somebody has given
 * other secrets since, or does so now: that registers by itself, and an old secret counts for minutes only.
 */
async function registerAgain(
  deps: InspectDeps,
  { setup }: Messenger,
  channel: OpenChannel,
  url: string,
  why: string,
): Promise<void> {
  const { channels, clock, log } = deps;
  const { channelId, sealed } = channel;
  const present = await channels.getNow(channelId);
  if (present?.sealed !== sealed || present.deletedAt !== undefined || isRegistering(present, clock.now())) {
    log({ channelId, inspected: 'deaf', why, registered: 'changed meanwhile' });
    return;
  }
  try {
    await setup.register(channel, url);
    log({ channelId, inspected: 'deaf', why, registered: 'again' });
    await isListening(deps, channel);
  } catch (error) {
    const isTheirs = error instanceof CredentialsRefusedError || error instanceof MessengerUnreachableError;
    if (!isTheirs && !(error instanceof ConnectedElsewhereError)) throw error;
    log({ channelId, inspected: 'deaf', why, registered: error.name });
    await channels.setDeaf(channel, cut(`${why}. Registering it again failed: ${error.message}`, LONGEST_WHY));
    if (error instanceof ConnectedElsewhereError && channel.state !== 'openelsewhere')
      await channels.setElsewhere(channelId, true);
  }
}
