import type { Messenger } from '#channels/channel';
import type { Clock } from '#clock';
import { describeError, type Log } from '#log';
import type { OpenChannel } from '#store/accounts/channel-item';
import type { OpenChannels } from '#store/accounts/open-channels';

/** What is needed to renew credentials. */
export interface RenewDeps {
  readonly channels: Pick<OpenChannels, 'change'>;
  readonly clock: Clock;
  readonly log: Log;
}

const RENEW_MS = 20_000;

/** Stores fresh credentials, unless others were stored meanwhile. False if the messenger could not be asked. */
export async function renew(
  { channels, clock, log }: RenewDeps,
  { setup }: Messenger,
  { channelId, credentials, webhookSecret, otherSecrets, sealed }: OpenChannel,
): Promise<boolean> {
  if (!setup.renew) return true;
  try {
    const fresh = await setup.renew(credentials, clock.now(), clock.deadline(RENEW_MS));
    if (!fresh) return true;
    const secrets = { credentials: fresh, webhookSecret, otherSecrets, after: sealed, areRenewed: true } as const;
    const changed = await channels.change(channelId, { secrets });
    log({ channelId, renewed: changed ? 'stored' : 'changed meanwhile' });
    return changed !== undefined;
  } catch (error) {
    log({ channelId, renewed: 'failed', ...describeError(error) });
    return false;
  }
}
