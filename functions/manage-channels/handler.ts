import { randomBytes } from 'node:crypto';
import type { Credentials, Messenger } from '#channels/channel';
import { CredentialsRefusedError, MessengerUnreachableError } from '#channels/errors';
import type { Actor } from '#domain/sight';
import { authenticate } from '#http/authenticate';
import { newChannel } from '#http/contract';
import { invalidRequest, notFound, RequestError } from '#http/errors';
import { readBody } from '#http/read-body';
import { createRoute, type HttpHandler, type HttpRequest, type HttpResponse } from '#http/route';
import { describeError, type Log } from '#log';
import type { Accounts } from '#store/accounts';
import type { OpenChannel, OpenChannels } from '#store/channels';

export interface ManageChannelsDeps {
  readonly accounts: Pick<Accounts, 'byKey'>;
  readonly channels: Pick<OpenChannels, 'create' | 'get' | 'listOf' | 'remove'>;
  readonly messengerFor: (transport: string) => Messenger | undefined;
  /** The base of webhook addresses, where it is not the address that the caller spoke to. */
  readonly publicUrl?: string | undefined;
  readonly newId: () => string;
  readonly log: Log;
}

/** An account's channels: connected, listed, deleted. */
export function createHandler(deps: ManageChannelsDeps): HttpHandler {
  const actions: Record<string, (request: HttpRequest, actor: Actor) => Promise<HttpResponse>> = {
    'POST /v1/channels': (request, actor) => connect(deps, request, actor),
    'GET /v3/channels': (_request, actor) => list(deps, actor),
    'DELETE /v1/channels/{channelId}': (request, actor) => disconnect(deps, request, actor),
  };
  return createRoute(async (request) => {
    const actor = await authenticate(request, deps.accounts);
    const act = actions[`${request.method} ${request.route}`];
    if (!act) throw notFound();
    return act(request, actor);
  }, deps);
}

async function connect(deps: ManageChannelsDeps, request: HttpRequest, { account }: Actor): Promise<HttpResponse> {
  const wanted = readBody(newChannel, request.body, invalidRequest);
  const messenger = deps.messengerFor(wanted.transport);
  if (!messenger) throw invalidRequest(['transport'], `There is no transport "${wanted.transport}"`);
  const read = messenger.readCredentials(wanted.credentials);
  if ('fields' in read) throw invalidRequest(read.fields);
  const identity = await ask(messenger.connect(read.credentials));
  const { transport } = messenger;
  const channel: OpenChannel = {
    channelId: deps.newId(),
    account,
    transport,
    name: wanted.name,
    plainId: wanted.plainId ?? identity.plainId,
    state: 'active',
    credentials: read.credentials,
    webhookSecret: randomBytes(32).toString('hex'),
  };
  const webhookUrl = `${deps.publicUrl ?? request.origin}/webhooks/${transport}/${channel.channelId}`;
  const registers = wanted.setWebhook !== false;
  // Registered before it is stored: what fails leaves nothing here, and what comes in between is delivered again.
  if (registers) await ask(messenger.register(read.credentials, webhookUrl, channel.webhookSecret));
  await deps.channels.create(channel);
  const { channelId, name, state } = channel;
  const typedIn = registers ? {} : { secretToken: channel.webhookSecret };
  return { status: 201, body: { channelId, transport, name, state, webhookUrl, ...typedIn } };
}

async function list({ channels }: ManageChannelsDeps, { account }: Actor): Promise<HttpResponse> {
  const present = (await channels.listOf(account)).filter(({ deletedAt }) => deletedAt === undefined);
  const body = present.map(({ channelId, transport, plainId, state, name }) => {
    return { channelId, transport, plainId, state, name };
  });
  return { status: 200, body };
}

async function disconnect(
  deps: ManageChannelsDeps,
  { params }: HttpRequest,
  { account }: Actor,
): Promise<HttpResponse> {
  const channel = await deps.channels.get(params.channelId ?? '');
  if (!channel || channel.account !== account || channel.deletedAt !== undefined) {
    throw new RequestError(404, 'CHANNEL_NOT_FOUND', 'There is no such channel');
  }
  await deps.channels.remove(channel.channelId);
  await silence(deps, channel);
  return { status: 200, body: { channelId: channel.channelId } };
}

/** Best done, but a bot whose token is revoked has to be deletable too: its webhook is 404 anyway. */
async function silence({ messengerFor, log }: ManageChannelsDeps, channel: OpenChannel): Promise<void> {
  try {
    await messengerFor(channel.transport)?.unregister(channel.credentials as Credentials);
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
    if (error instanceof MessengerUnreachableError) {
      throw new RequestError(503, 'MESSENGER_UNREACHABLE', `${error.message}. Nothing was stored; try again`);
    }
    throw error;
  }
}
