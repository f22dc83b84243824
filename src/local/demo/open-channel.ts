import * as z from 'zod/mini';
import type { Messenger } from '#channels/channel';
import type { Credentials } from '#channels/terms';
import type { Gateway } from '#local/server/gateway';
import type { OpenChannel } from '#store/accounts/channel-item';
import type { OpenChannels } from '#store/accounts/open-channels';
import { ask } from './ask.ts';

/** What channels are connected with. */
export interface ConnectDeps {
  readonly gateway: Gateway;
  readonly channels: Pick<OpenChannels, 'get' | 'change'>;
  readonly messengerFor: (transport: string) => Promise<Messenger | undefined>;
  /** The address at which this process reaches itself. */
  readonly url: string;
}

/** What a channel of the demo company is connected with. */
export interface Wanted {
  readonly transport: string;
  readonly name: string;
  readonly credentials: Credentials;
}

const channelSchema = z.object({ channelId: z.string() });

/** Connects a channel, and returns its id. */
export async function connect(
  { gateway }: Pick<ConnectDeps, 'gateway'>,
  apiKey: string,
  wanted: Wanted,
): Promise<string> {
  return (await ask(gateway, 'POST', '/v1/channels', apiKey, channelSchema, { ...wanted, takeOver: true })).channelId;
}

/** The channel of that id, connected once more, or a new one if it is not there. Returns its id. */
export async function openChannel(
  deps: ConnectDeps,
  { apiKey }: { readonly apiKey: string },
  knownId: string | undefined,
  wanted: Wanted,
): Promise<string> {
  const known = knownId === undefined ? undefined : await deps.channels.get(knownId);
  if (known) await reconnect(deps, known, wanted.credentials);
  return known?.channelId ?? (await connect(deps, apiKey, wanted));
}

/**
 * Connects a channel once more, because the port may be another one than last time. One that somebody deleted stays
 * alone: its messenger may be connected to a channel of theirs by now.
 */
export async function reconnect(
  { channels, messengerFor, url }: Omit<ConnectDeps, 'gateway'>,
  channel: OpenChannel,
  credentials: Credentials,
): Promise<void> {
  if (channel.deletedAt !== undefined) return;
  const { channelId, transport, webhookSecret } = channel;
  const webhookUrl = `${url}/webhooks/${transport}/${channelId}`;
  await channels.change(channelId, { secrets: { credentials, webhookSecret } }, undefined, webhookUrl);
  const messenger = await messengerFor(transport);
  // The messenger may still call the address of the last run, at another port.
  await messenger?.setup.register({ credentials, webhookSecret }, webhookUrl, { takeOver: true });
}
