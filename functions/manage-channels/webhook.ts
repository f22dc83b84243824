import { randomBytes } from 'node:crypto';
import type { Incoming } from '#api/channel-routes';
import type { Identity, Messenger } from '#channels/channel';
import type { Messengers } from '#channels/registry/messengers';
import { routedAccounts } from '#channels/routed-accounts';
import type { Credentials } from '#channels/terms';
import type { Clock } from '#clock';
import {
  COUNTS_ON_BY_HAND_MS,
  COUNTS_ON_MS,
  isRegistering,
  withOffered,
  withoutOffered,
  withRegistered,
} from '#domain/webhook-secret';
import { channelNotFound, invalidRequest, RequestError } from '#http/errors';
import type { HttpRequest } from '#http/route';
import type { Channel, ChannelChange, OpenChannel } from '#store/accounts/channel-item';
import type { OpenChannels } from '#store/accounts/open-channels';
import { ask, tryCredentials } from './ask-messenger.ts';

/** What is needed to register webhooks. */
export interface WebhookDeps {
  readonly channels: Pick<OpenChannels, 'getNow' | 'setWebhookSecrets'>;
  readonly messengerFor: (transport: string) => Promise<Messenger | undefined>;
  readonly isPolled?: Messengers['isPolled'];
  /** The base of webhook addresses, if it is not the address that the caller used. */
  readonly publicUrl: string | undefined;
  readonly clock: Clock;
}

/** A new secret of a webhook: 256 random bits. */
export function newWebhookSecret(): string {
  return randomBytes(32).toString('hex');
}

/** The address that the messenger calls. */
export function webhookUrlOf(
  { publicUrl }: WebhookDeps,
  { origin }: HttpRequest,
  { transport, channelId }: Pick<Channel, 'transport' | 'channelId'>,
): string {
  return `${publicUrl ?? origin}/webhooks/${transport}/${channelId}`;
}

/**
 * How the messenger's updates come in. A polled channel has no webhook address, because the messenger never calls it.
 */
export async function incomingOf(
  { isPolled }: Pick<WebhookDeps, 'isPolled'>,
  { transport, setWebhook, credentials }: Pick<OpenChannel, 'transport' | 'setWebhook' | 'credentials'>,
  webhookUrl: string,
): Promise<Incoming> {
  return setWebhook !== false && (await isPolled?.(transport, credentials)) ? { polling: true } : { webhookUrl };
}

/** The secrets of a channel after a new registration, to be stored. */
export type NewSecrets = NonNullable<ChannelChange['secrets']>;

/**
 * Tries credentials of the same account, and registers the webhook under a new secret. The new secret counts before
 * the messenger is told of it, and the old one for some time after. So no message is lost in between, and no crash
 * leaves the messenger with a secret that is unknown here.
 */
export async function registerAnew(
  deps: WebhookDeps,
  request: HttpRequest,
  { channelId }: Pick<Channel, 'channelId'>,
  given?: Readonly<Record<string, unknown>>,
  takeOver = false,
): Promise<NewSecrets> {
  const channel = await presentOf(deps, channelId);
  const messenger = await deps.messengerFor(channel.transport);
  if (!messenger) throw new Error(`A channel names the transport "${channel.transport}", which is not there`);
  const { credentials, identity } = await trySameAccount(messenger, channel, given);
  const secret = newWebhookSecret();
  const isByHand = channel.setWebhook === false;
  const register = () =>
    ask(
      messenger.setup.register({ credentials, webhookSecret: secret }, webhookUrlOf(deps, request, channel), {
        takeOver,
      }),
    );
  const offered = isByHand ? channel : await offerAndRegister(deps, channel, secret, register);
  const endsAt = deps.clock.now() + (isByHand ? COUNTS_ON_BY_HAND_MS : COUNTS_ON_MS);
  const routed = {
    before: routedAccounts(messenger, channel),
    after: routedAccounts(messenger, { identity: identity.id, credentials }),
  };
  const secrets = withRegistered(offered, secret, endsAt);
  return { credentials, ...secrets, identity: identity.id, routed, after: offered.sealed };
}

/** Tries the credentials, the present ones if none are given. Throws a `RequestError` 400 for those of another account. */
async function trySameAccount(
  messenger: Messenger,
  channel: OpenChannel,
  given: Readonly<Record<string, unknown>> | undefined,
): Promise<{ credentials: Credentials; identity: Identity }> {
  const { apiBaseUrl } = channel.credentials;
  // The address stays if no other is given. Secrets do not stay: they would be sent to an address that any caller can
  // give.
  const wanted = given ? { ...(apiBaseUrl && { apiBaseUrl }), ...given } : channel.credentials;
  const tried = await tryCredentials(messenger, wanted);
  if (channel.identity !== undefined && channel.identity !== tried.identity.id) {
    const description =
      'These credentials are of another account, which has other clients: connect it as a new channel';
    throw invalidRequest(['credentials'], description);
  }
  return tried;
}

/** Answers with the channel as it is stored when the messenger has the new secret. */
async function offerAndRegister(
  deps: WebhookDeps,
  channel: OpenChannel,
  secret: string,
  register: () => Promise<unknown>,
): Promise<OpenChannel> {
  const offered = await offer(deps, channel, secret);
  try {
    await register();
    return offered;
  } catch (error) {
    const mayHaveIt = !(error instanceof RequestError) || error.code === 'MESSENGER_UNREACHABLE';
    await deps.channels.setWebhookSecrets(offered, withoutOffered(offered, secret, mayHaveIt));
    throw error;
  }
}

/** The channel as it is now. Throws a `RequestError` 404 if it was deleted. */
async function presentOf({ channels }: WebhookDeps, channelId: string): Promise<OpenChannel> {
  const present = await channels.getNow(channelId);
  if (!present || present.deletedAt !== undefined) throw channelNotFound();
  return present;
}

/** Lets the new secret count before anybody has it. Throws a `RequestError` 409 while another request does the same. */
async function offer({ channels, clock }: WebhookDeps, channel: OpenChannel, secret: string): Promise<OpenChannel> {
  const now = clock.now();
  if (isRegistering(channel, now)) throw changedMeanwhile();
  const offered = await channels.setWebhookSecrets(channel, withOffered(channel, secret, now));
  if (!offered) throw changedMeanwhile();
  return offered;
}

/** Another request changes the secrets of the channel. */
export function changedMeanwhile(): RequestError {
  const description = 'Another request is registering the webhook of this channel: try again in a minute';
  return new RequestError(409, 'CHANGE_UNDER_WAY', description);
}
