import { eachAtOnce } from '#at-once';
import type { Messenger } from '#channels/channel';
import { UnreadableWebhookError } from '#channels/errors';
import type { Received } from '#channels/inbound';
import { secretsOf } from '#domain/webhook-secret';
import { RequestError } from '#http/errors';
import { readJson } from '#http/json';
import { createRoute, type HttpHandler, type HttpRequest } from '#http/route';
import type { Log } from '#log';
import type { OpenChannel } from '#store/accounts/channel-item';
import type { OpenChannels } from '#store/accounts/open-channels';
import { type StoreReceivedDeps, storeReceived } from './store-received.ts';

export interface ReceiveMessageDeps extends StoreReceivedDeps {
  readonly channels: Pick<OpenChannels, 'get' | 'getAgain'>;
  readonly messengerFor: (transport: string) => Messenger | undefined;
  readonly log: Log;
}

/** One webhook may delete thousands of messages. */
const AT_ONCE = 16;
/** A line of the log has a limit. */
const MOST_NOTED = 20;

/** Serves the webhooks of messengers: stores what was said, and acknowledges it only then. */
export function createHandler(deps: ReceiveMessageDeps): HttpHandler {
  return createRoute(async (request) => {
    const { channel, messenger } = await findChannel(deps, request);
    if (!(await isVerified(deps, channel, messenger, request))) {
      throw new RequestError(401, 'UNAUTHORIZED', 'Wrong secret');
    }
    if (request.body.length > messenger.inbound.maxBodyBytes)
      throw new RequestError(413, 'TOO_LARGE', 'The body is too large');
    const received = parse(messenger, request.body, channel.identity);
    // A disabled channel acknowledges and stores nothing.
    const wanted = channel.state === 'disabled' ? [] : received;
    // A failure refuses the whole webhook. Its redelivery finds what was stored, and stores the rest.
    const stored: object[] = [];
    await eachAtOnce(wanted, AT_ONCE, async (item) => stored.push(await storeReceived(deps, channel, item)));
    const [items, more] = [stored.slice(0, MOST_NOTED), stored.length - MOST_NOTED];
    return { status: 200, text: 'ok', noted: { channelId: channel.channelId, items, ...(more > 0 && { more }) } };
  }, deps);
}

async function findChannel({ channels, messengerFor }: ReceiveMessageDeps, { params }: HttpRequest) {
  const channel = await channels.get(params.channelId ?? '');
  const messenger = messengerFor(params.transport ?? '');
  if (!channel || !messenger || channel.deletedAt !== undefined || channel.transport !== messenger.transport) {
    throw new RequestError(404, 'CHANNEL_NOT_FOUND', 'There is no such channel');
  }
  return { channel, messenger };
}

/** Another process may have changed the secret a moment ago, so a wrong one is looked up again. */
async function isVerified(
  { channels, clock }: ReceiveMessageDeps,
  channel: OpenChannel,
  messenger: Messenger,
  request: HttpRequest,
): Promise<boolean> {
  const accepts = ({ credentials, ...secrets }: OpenChannel) =>
    secretsOf(secrets, clock.now()).some((webhookSecret) =>
      messenger.inbound.verify(request, { credentials, webhookSecret }),
    );
  if (accepts(channel)) return true;
  const now = await channels.getAgain(channel.channelId);
  return now !== undefined && accepts(now);
}

function parse(messenger: Messenger, body: Uint8Array, identity: string | undefined): Received[] {
  try {
    return messenger.inbound.parse(readJson(body), { text: Buffer.from(body).toString('utf8'), identity });
  } catch (error) {
    if (!(error instanceof UnreadableWebhookError)) throw error;
    throw new RequestError(400, 'UNREADABLE_WEBHOOK', error.message);
  }
}
