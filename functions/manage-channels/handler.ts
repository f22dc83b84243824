import type { Crm } from '#api/authenticate';
import {
  channelChange,
  newChannel,
  presentChannel,
  presentLink,
  presentListedChannel,
  presentNewChannel,
} from '#api/channel-routes';
import { createCrmRoutes } from '#api/crm-routes';
import type { Messenger, TypedIn } from '#channels/channel';
import { routedAccounts } from '#channels/routed-accounts';
import type { AccountAct, Act } from '#domain/audit';
import type { RingEvents } from '#flows/ring-events';
import { channelNotFound, invalidRequest, RequestError } from '#http/errors';
import { readBody } from '#http/read-body';
import type { HttpHandler, HttpRequest, HttpResponse } from '#http/route';
import { describeError, type Log } from '#log';
import type { Accounts } from '#store/accounts/accounts';
import type { ChannelChange, NewChannel, OpenChannel } from '#store/accounts/channel-item';
import type { Connections } from '#store/accounts/connections';
import type { OpenChannels } from '#store/accounts/open-channels';
import type { PageTokens } from '#store/pages/tokens';
import { ask, tryCredentials } from './ask-messenger.ts';
import {
  changedMeanwhile,
  incomingOf,
  newWebhookSecret,
  registerAnew,
  type WebhookDeps,
  webhookUrlOf,
} from './webhook.ts';

export interface ManageChannelsDeps extends WebhookDeps {
  readonly accounts: Pick<Accounts, 'byKey'>;
  readonly tokens: Pick<PageTokens, 'holderOf'>;
  readonly channels: WebhookDeps['channels'] & Pick<OpenChannels, 'create' | 'change' | 'get' | 'listOf' | 'remove'>;
  readonly connections: Pick<Connections, 'ofNow'>;
  readonly ringEvents: RingEvents;
  readonly newId: () => string;
  readonly log: Log;
}

/** So many channels a company may have of one number at a messenger of which one address serves many numbers. */
const MOST_OF_ONE = 5;

/** So long a bridge may take to make a QR code. */
const LINK_MS = 15_000;

/** Connects, lists, changes and deletes an account's channels. */
export function createHandler(deps: ManageChannelsDeps): HttpHandler {
  return createCrmRoutes(
    {
      'POST /v1/channels': (request, actor) => connect(deps, request, actor),
      'GET /v3/channels': (_request, actor) => list(deps, actor),
      'PATCH /v1/channels/{channelId}': (request, actor) => change(deps, request, actor),
      'POST /v1/channels/{channelId}/webhook-secret': (request, actor) => changeSecret(deps, request, actor),
      'GET /v1/channels/{channelId}/qr': (request, actor) => showLink(deps, request, actor),
      'DELETE /v1/channels/{channelId}': (request, actor) => disconnect(deps, request, actor),
    },
    deps,
  );
}

async function connect(deps: ManageChannelsDeps, request: HttpRequest, crm: Crm): Promise<HttpResponse> {
  const wanted = readBody(newChannel, request.body, invalidRequest);
  const messenger = await deps.messengerFor(wanted.transport);
  if (!messenger) throw invalidRequest(['transport'], `There is no transport "${wanted.transport}"`);
  const { credentials, identity } = await tryCredentials(messenger, wanted.credentials);
  const { transport } = messenger;
  const routed = routedAccounts(messenger, { identity: identity.id, credentials });
  if (routed.length > 0) await checkRoom(deps, crm, transport, identity.id);
  const channel: NewChannel = {
    channelId: deps.newId(),
    account: crm.account,
    transport,
    name: wanted.name,
    plainId: wanted.plainId ?? identity.plainId,
    identity: identity.id,
    setWebhook: wanted.setWebhook !== false,
    credentials,
    webhookSecret: newWebhookSecret(),
  };
  const webhookUrl = webhookUrlOf(deps, request, channel);
  await (messenger.setup.callsDuringRegister ? storeFirst : registerFirst)(deps, messenger, channel, {
    webhookUrl,
    takeOver: wanted.takeOver,
    connected: actOf(crm, 'channel-connected', channel),
    removed: actOf(crm, 'channel-deleted', channel),
    routed,
  });
  await deps.ringEvents(crm.account);
  return {
    status: 201,
    body: presentNewChannel(channel, await incomingOf(deps, channel, webhookUrl), typedIn(messenger, channel)),
  };
}

/**
 * Throws a `RequestError` 409 if the company has that number often enough. Each webhook about a number is judged with the
 * secrets of all its channels, those of other companies too, and who connects one proves nothing about it.
 */
async function checkRoom(
  { channels }: ManageChannelsDeps,
  { account }: Crm,
  transport: string,
  identity: string,
): Promise<void> {
  const same = (await channels.listOf(account)).filter(
    (there) => there.transport === transport && there.identity === identity && there.deletedAt === undefined,
  );
  if (same.length >= MOST_OF_ONE)
    throw new RequestError(409, 'TOO_MANY_CHANNELS', `There are ${MOST_OF_ONE} channels of it already: delete one`);
}

interface Connecting {
  readonly webhookUrl: string;
  readonly takeOver: boolean;
  readonly connected: AccountAct;
  readonly removed: AccountAct;
  /** The messenger's accounts that lead to the channel from the addresses of others. */
  readonly routed: readonly string[];
}

/** A failure leaves nothing here, and what comes in between is delivered again. */
async function registerFirst(
  { channels }: ManageChannelsDeps,
  messenger: Messenger,
  channel: NewChannel,
  { webhookUrl, takeOver, connected, routed }: Connecting,
): Promise<void> {
  if (channel.setWebhook) await ask(messenger.setup.register(channel, webhookUrl, { takeOver }));
  await channels.create(channel, connected, routed, tendedUrl(messenger, webhookUrl));
}

/** The messenger asks the address whether it knows the channel, so the channel has to be there. */
async function storeFirst(
  { channels }: ManageChannelsDeps,
  messenger: Messenger,
  channel: NewChannel,
  { webhookUrl, takeOver, connected, removed, routed }: Connecting,
): Promise<void> {
  await channels.create(channel, connected, routed, tendedUrl(messenger, webhookUrl));
  if (!channel.setWebhook) return;
  try {
    await ask(messenger.setup.register(channel, webhookUrl, { takeOver }));
  } catch (error) {
    await channels.remove(channel.channelId, removed, routed);
    throw error;
  }
}

/** The address that the channel is looked after at. Undefined if its messenger can be asked nothing. */
function tendedUrl({ setup, inbound }: Messenger, webhookUrl: string): string | undefined {
  return setup.inspect || setup.renew || inbound.recent ? webhookUrl : undefined;
}

async function change(deps: ManageChannelsDeps, request: HttpRequest, crm: Crm): Promise<HttpResponse> {
  const wanted = readBody(channelChange, request.body, invalidRequest);
  const { name, credentials, enabled, takeOver } = wanted;
  if (name === undefined && credentials === undefined && enabled === undefined && !takeOver) {
    throw invalidRequest(['name', 'credentials', 'enabled'], 'Nothing to change: give name, credentials or enabled');
  }
  const channel = await ownChannel(deps, request, crm);
  const secrets =
    credentials || takeOver ? await registerAnew(deps, request, channel, credentials, takeOver) : undefined;
  return save(deps, request, channel, { name, enabled, secrets }, actOf(crm, 'channel-changed', channel));
}

async function changeSecret(deps: ManageChannelsDeps, request: HttpRequest, crm: Crm): Promise<HttpResponse> {
  const channel = await ownChannel(deps, request, crm);
  const secrets = await registerAnew(deps, request, channel);
  return save(deps, request, channel, { secrets }, actOf(crm, 'webhook-secret-changed', channel));
}

/** Stores the change, and answers with the channel as it is then. */
async function save(
  deps: ManageChannelsDeps,
  request: HttpRequest,
  channel: OpenChannel,
  change: ChannelChange,
  act: AccountAct,
): Promise<HttpResponse> {
  const { channelId } = channel;
  const messenger = await deps.messengerFor(channel.transport);
  const webhookUrl = webhookUrlOf(deps, request, channel);
  const changed = await deps.channels.change(channelId, change, act, messenger && tendedUrl(messenger, webhookUrl));
  if (!changed) {
    const present = await deps.channels.getNow(channelId);
    throw present && present.deletedAt === undefined ? changedMeanwhile() : channelNotFound();
  }
  await deps.ringEvents(channel.account);
  const now = { ...channel, ...change.secrets };
  const incoming = await incomingOf(deps, now, webhookUrl);
  const connections = await deps.connections.ofNow(channelId);
  const toType = change.secrets && messenger && typedIn(messenger, now);
  return { status: 200, body: presentChannel(changed, connections, incoming, toType) };
}

/** What an operator has to type in at the messenger. Undefined if Konvert has registered everything. */
function typedIn({ setup }: Messenger, channel: NewChannel | OpenChannel): TypedIn | undefined {
  return channel.setWebhook === false || setup.registersInPart ? setup.typedIn(channel) : undefined;
}

async function list(deps: ManageChannelsDeps, { account }: Crm): Promise<HttpResponse> {
  const present = (await deps.channels.listOf(account)).filter(({ deletedAt }) => deletedAt === undefined);
  const shown = present.map(async (channel) =>
    presentListedChannel(channel, await deps.connections.ofNow(channel.channelId)),
  );
  return { status: 200, body: await Promise.all(shown) };
}

/** The code is a key to all messages: it is in this answer and nowhere else. */
async function showLink(deps: ManageChannelsDeps, request: HttpRequest, crm: Crm): Promise<HttpResponse> {
  const { transport, credentials } = await ownChannel(deps, request, crm);
  const { link } = (await deps.messengerFor(transport))?.setup ?? {};
  if (!link) throw invalidRequest(['channelId'], 'There is no phone behind this channel');
  return { status: 200, body: presentLink(await ask(link(credentials, deps.clock.deadline(LINK_MS)))) };
}

/** What the audit says of a change of a channel. */
function actOf({ account, keyId }: Crm, act: Act['act'], { channelId }: { readonly channelId: string }): AccountAct {
  return { account, actor: keyId, act, subject: channelId };
}

/** The account's own channel that the path names. Throws a `RequestError` 404. */
async function ownChannel(
  { channels }: ManageChannelsDeps,
  { params }: HttpRequest,
  { account }: Crm,
): Promise<OpenChannel> {
  const channel = await channels.get(params.channelId ?? '');
  if (!channel || channel.account !== account || channel.deletedAt !== undefined) throw channelNotFound();
  return channel;
}

async function disconnect(deps: ManageChannelsDeps, request: HttpRequest, crm: Crm): Promise<HttpResponse> {
  const channel = await ownChannel(deps, request, crm);
  const messenger = await deps.messengerFor(channel.transport);
  const routed = messenger ? routedAccounts(messenger, channel) : [];
  await deps.channels.remove(channel.channelId, actOf(crm, 'channel-deleted', channel), routed);
  await deps.ringEvents(crm.account);
  await silence(deps, channel, webhookUrlOf(deps, request, channel));
  return { status: 200, body: { channelId: channel.channelId } };
}

/**
 * Removes the webhook if that works. A bot with a revoked token has to be deletable too, and its webhook gets a 404
 * anyway.
 */
async function silence(
  { messengerFor, log }: ManageChannelsDeps,
  channel: OpenChannel,
  webhookUrl: string,
): Promise<void> {
  try {
    await (await messengerFor(channel.transport))?.setup.unregister(channel.credentials, webhookUrl);
  } catch (error) {
    log({ channelId: channel.channelId, unregister: 'failed', ...describeError(error) });
  }
}
