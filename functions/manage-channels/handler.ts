import { randomBytes } from 'node:crypto';
import {
  channelChange,
  type Incoming,
  newChannel,
  presentChannel,
  presentListedChannel,
  presentNewChannel,
} from '#api/channel-routes';
import { createCrmRoutes } from '#api/crm-routes';
import type { Credentials, Identity, Messenger } from '#channels/channel';
import { ConnectedElsewhereError, CredentialsRefusedError, MessengerUnreachableError } from '#channels/errors';
import type { Actor } from '#domain/sight';
import { channelNotFound, invalidRequest, RequestError } from '#http/errors';
import { readBody } from '#http/read-body';
import type { HttpHandler, HttpRequest, HttpResponse } from '#http/route';
import { describeError, type Log } from '#log';
import type { Accounts } from '#store/accounts/accounts';
import type { Channel, ChannelChange, NewChannel, OpenChannel } from '#store/accounts/channel-item';
import type { Connections } from '#store/accounts/connections';
import type { OpenChannels } from '#store/accounts/open-channels';

export interface ManageChannelsDeps {
  readonly accounts: Pick<Accounts, 'byKey'>;
  readonly channels: Pick<OpenChannels, 'create' | 'change' | 'get' | 'listOf' | 'remove'>;
  readonly connections: Pick<Connections, 'ofNow'>;
  readonly messengerFor: (transport: string) => Messenger | undefined;
  /** The base of webhook addresses, if it is not the address that the caller used. */
  readonly publicUrl: string | undefined;
  readonly newId: () => string;
  readonly log: Log;
}

/** Connects, lists, changes and deletes an account's channels. */
export function createHandler(deps: ManageChannelsDeps): HttpHandler {
  return createCrmRoutes(
    {
      'POST /v1/channels': (request, actor) => connect(deps, request, actor),
      'GET /v3/channels': (_request, actor) => list(deps, actor),
      'PATCH /v1/channels/{channelId}': (request, actor) => change(deps, request, actor),
      'DELETE /v1/channels/{channelId}': (request, actor) => disconnect(deps, request, actor),
    },
    deps,
  );
}

async function connect(deps: ManageChannelsDeps, request: HttpRequest, { account }: Actor): Promise<HttpResponse> {
  const wanted = readBody(newChannel, request.body, invalidRequest);
  const messenger = deps.messengerFor(wanted.transport);
  if (!messenger) throw invalidRequest(['transport'], `There is no transport "${wanted.transport}"`);
  const { credentials, identity } = await tryCredentials(messenger, wanted.credentials);
  const { transport } = messenger;
  const channel: NewChannel = {
    channelId: deps.newId(),
    account,
    transport,
    name: wanted.name,
    plainId: wanted.plainId ?? identity.plainId,
    identity: identity.id,
    setWebhook: wanted.setWebhook !== false,
    credentials,
    webhookSecret: randomBytes(32).toString('hex'),
  };
  const webhookUrl = webhookUrlOf(deps, request, channel);
  // Registered before it is stored. A failure leaves nothing here, and what comes in between is delivered again.
  if (channel.setWebhook) {
    const { takeOver } = wanted;
    await ask(messenger.register(credentials, webhookUrl, channel.webhookSecret, { takeOver }));
  }
  await deps.channels.create(channel);
  return { status: 201, body: presentNewChannel(channel, incomingOf(messenger, channel, webhookUrl)) };
}

/**
 * How the messenger's updates come in. A polled channel has no webhook address, because the messenger never calls it.
 */
function incomingOf(
  messenger: Messenger | undefined,
  { setWebhook, credentials }: Pick<OpenChannel, 'setWebhook' | 'credentials'>,
  webhookUrl: string,
): Incoming {
  return setWebhook !== false && messenger?.isPolled?.(credentials) ? { polling: true } : { webhookUrl };
}

/** The credentials that the messenger accepted, and the account that they belong to. Throws a `RequestError`. */
async function tryCredentials(
  messenger: Messenger,
  given: unknown,
): Promise<{ credentials: Credentials; identity: Identity }> {
  const read = messenger.readCredentials(given);
  if ('fields' in read) throw invalidRequest(read.fields);
  return { credentials: read.credentials, identity: await ask(messenger.connect(read.credentials)) };
}

function webhookUrlOf(
  { publicUrl }: ManageChannelsDeps,
  { origin }: HttpRequest,
  { transport, channelId }: Pick<Channel, 'transport' | 'channelId'>,
): string {
  return `${publicUrl ?? origin}/webhooks/${transport}/${channelId}`;
}

async function change(deps: ManageChannelsDeps, request: HttpRequest, actor: Actor): Promise<HttpResponse> {
  const wanted = readBody(channelChange, request.body, invalidRequest);
  const { name, credentials, enabled, takeOver } = wanted;
  if (name === undefined && credentials === undefined && enabled === undefined && !takeOver) {
    throw invalidRequest(['name', 'credentials', 'enabled'], 'Nothing to change: give name, credentials or enabled');
  }
  const channel = await ownChannel(deps, request, actor);
  const secrets =
    credentials || takeOver
      ? await newSecrets(deps, request, channel, credentials ?? channel.credentials, takeOver)
      : undefined;
  const changed = await deps.channels.change(channel.channelId, { name, enabled, secrets });
  if (!changed) throw channelNotFound();
  const now = { ...channel, ...secrets };
  const incoming = incomingOf(deps.messengerFor(changed.transport), now, webhookUrlOf(deps, request, changed));
  const connections = await deps.connections.ofNow(changed.channelId);
  return { status: 200, body: presentChannel(changed, connections, incoming) };
}

/** Tries and registers new credentials of the same account. The secret of the webhook stays. */
async function newSecrets(
  deps: ManageChannelsDeps,
  request: HttpRequest,
  channel: OpenChannel,
  given: Readonly<Record<string, unknown>>,
  takeOver: boolean,
): Promise<NonNullable<ChannelChange['secrets']>> {
  const messenger = deps.messengerFor(channel.transport);
  if (!messenger) throw new Error(`A channel names the transport "${channel.transport}", which is not there`);
  const { apiBaseUrl } = channel.credentials;
  // The address stays if no other is given. Secrets do not stay: they would be sent to an address that any caller can
  // give.
  const { credentials, identity } = await tryCredentials(messenger, { ...(apiBaseUrl && { apiBaseUrl }), ...given });
  if (channel.identity !== undefined && channel.identity !== identity.id) {
    const description =
      'These credentials are of another account, which has other clients: connect it as a new channel';
    throw invalidRequest(['credentials'], description);
  }
  const { webhookSecret } = channel;
  if (channel.setWebhook !== false) {
    await ask(messenger.register(credentials, webhookUrlOf(deps, request, channel), webhookSecret, { takeOver }));
  }
  return { credentials, webhookSecret, identity: identity.id };
}

async function list(deps: ManageChannelsDeps, { account }: Actor): Promise<HttpResponse> {
  const present = (await deps.channels.listOf(account)).filter(({ deletedAt }) => deletedAt === undefined);
  const shown = present.map(async (channel) =>
    presentListedChannel(channel, await deps.connections.ofNow(channel.channelId)),
  );
  return { status: 200, body: await Promise.all(shown) };
}

/** The account's own channel that the path names. Throws a `RequestError` 404. */
async function ownChannel(
  { channels }: ManageChannelsDeps,
  { params }: HttpRequest,
  { account }: Actor,
): Promise<OpenChannel> {
  const channel = await channels.get(params.channelId ?? '');
  if (!channel || channel.account !== account || channel.deletedAt !== undefined) throw channelNotFound();
  return channel;
}

async function disconnect(deps: ManageChannelsDeps, request: HttpRequest, actor: Actor): Promise<HttpResponse> {
  const channel = await ownChannel(deps, request, actor);
  await deps.channels.remove(channel.channelId);
  await silence(deps, channel);
  return { status: 200, body: { channelId: channel.channelId } };
}

/**
 * Removes the webhook if that works. A bot with a revoked token has to be deletable too, and its webhook gets a 404
 * anyway.
 */
async function silence({ messengerFor, log }: ManageChannelsDeps, channel: OpenChannel): Promise<void> {
  try {
    await messengerFor(channel.transport)?.unregister(channel.credentials);
  } catch (error) {
    log({ channelId: channel.channelId, unregister: 'failed', ...describeError(error) });
  }
}

async function ask<T>(question: Promise<T>): Promise<T> {
  try {
    return await question;
  } catch (error) {
    if (error instanceof CredentialsRefusedError) {
      throw new RequestError(400, 'CREDENTIALS_REFUSED', error.description, { fields: error.fields });
    }
    if (error instanceof ConnectedElsewhereError) {
      const { message, webhookHost } = error;
      const hint =
        webhookHost === undefined ? '' : '; with "takeOver": true it is removed, and nothing goes there any more';
      throw new RequestError(409, 'CONNECTED_ELSEWHERE', `${message}. Nothing was changed${hint}`, { webhookHost });
    }
    if (error instanceof MessengerUnreachableError) {
      throw new RequestError(503, 'MESSENGER_UNREACHABLE', `${error.message}. Nothing was stored; try again`);
    }
    throw error;
  }
}
