import { eachAtOnce } from '#at-once';
import type { Messenger, Received, ReceivedMessage } from '#channels/channel';
import { UnreadableWebhookError } from '#channels/errors';
import type { Clock } from '#clock';
import { type ClientMessage, type Echo, factKey, timeOfKey } from '#domain/fact';
import { chatKey } from '#domain/message';
import { secretsOf, type WebhookSecrets } from '#domain/webhook-secret';
import { RequestError } from '#http/errors';
import { readJson } from '#http/json';
import { createRoute, type HttpHandler, type HttpRequest } from '#http/route';
import type { Log, NameInLog } from '#log';
import type { OmitEach } from '#schema-of';
import type { Channel, OpenChannel } from '#store/accounts/channel-item';
import type { Connections } from '#store/accounts/connections';
import type { OpenChannels } from '#store/accounts/open-channels';
import type { Facts, NewFact } from '#store/chats/facts';
import type { Outcomes } from '#store/chats/outcomes';

export interface ReceiveMessageDeps {
  readonly channels: Pick<OpenChannels, 'get' | 'getAgain'>;
  readonly connections: Pick<Connections, 'put'>;
  readonly facts: Pick<Facts, 'put' | 'putFromEdit' | 'putOnce'>;
  readonly outcomes: Pick<Outcomes, 'recordEdit' | 'recordReaction' | 'recordDeletion'>;
  readonly messengerFor: (transport: string) => Messenger | undefined;
  readonly nameInLog: NameInLog;
  readonly clock: Clock;
  readonly log: Log;
}

/** One webhook may delete thousands of messages. */
const AT_ONCE = 16;
/** A line of the log has a limit. */
const MOST_NOTED = 20;

type Edit = Extract<Received, { kind: 'edit' }>;

/** Serves the webhooks of messengers: stores what was said, and acknowledges it only then. */
export function createHandler(deps: ReceiveMessageDeps): HttpHandler {
  return createRoute(async (request) => {
    const { channel, messenger } = await findChannel(deps, request);
    if (!(await isVerified(deps, channel, messenger, request))) {
      throw new RequestError(401, 'UNAUTHORIZED', 'Wrong secret');
    }
    if (request.body.length > messenger.maxBodyBytes) throw new RequestError(413, 'TOO_LARGE', 'The body is too large');
    const received = parse(messenger, request.body, channel.identity);
    // A disabled channel acknowledges and stores nothing.
    const wanted = channel.state === 'disabled' ? [] : received;
    // A failure refuses the whole webhook. Its redelivery finds what was stored, and stores the rest.
    const stored: object[] = [];
    await eachAtOnce(wanted, AT_ONCE, async (item) => stored.push(await store(deps, channel, item)));
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
  const accepts = (secrets: WebhookSecrets) =>
    secretsOf(secrets, clock.now()).some((secret) => messenger.verify(request, secret));
  if (accepts(channel)) return true;
  const now = await channels.getAgain(channel.channelId);
  return now !== undefined && accepts(now);
}

function parse(messenger: Messenger, body: Uint8Array, identity: string | undefined): Received[] {
  try {
    return messenger.parse(readJson(body), identity);
  } catch (error) {
    if (!(error instanceof UnreadableWebhookError)) throw error;
    throw new RequestError(400, 'UNREADABLE_WEBHOOK', error.message);
  }
}

/** Stores the item and returns what the log may say of it. */
async function store(deps: ReceiveMessageDeps, { channelId }: Channel, item: Received): Promise<object> {
  const { connections } = deps;
  if (item.kind === 'ignored') return { kind: item.kind, reason: item.reason };
  if (item.kind === 'connection') {
    const { state } = item.connection;
    return { kind: item.kind, state, outcome: await connections.put(channelId, item.connection) };
  }
  const key = chatKey({ channelId, ...item });
  // Side by side: the first name of a process has to be read, and the messenger waits.
  const [stored, chat] = await Promise.all([storeInChat(deps, key, item), deps.nameInLog(key)]);
  return { kind: item.kind, chat, ...stored };
}

type InChat = Exclude<Received, { kind: 'ignored' | 'connection' }>;

async function storeInChat({ facts, outcomes, clock }: ReceiveMessageDeps, key: string, item: InChat): Promise<object> {
  switch (item.kind) {
    case 'edit':
      await Promise.all([
        outcomes.recordEdit(key, item.providerId, { ...latest(item), content: item.content }),
        ...(item.message ? [facts.putFromEdit(key, lineOf(item, item.message, clock))] : []),
      ]);
      return {};
    case 'reaction':
      await outcomes.recordReaction(key, item.providerId, { ...latest(item), emojis: item.emojis });
      return {};
    case 'deletion':
      await outcomes.recordDeletion(key, item.providerId);
      return {};
    case 'client':
    case 'echo': {
      const fact = toFact(item, clock);
      const outcome = await (item.time === undefined ? facts.putOnce(key, fact) : facts.put(key, fact));
      return { outcome, agoMs: clock.now() - timeOfKey(fact.key) };
    }
    default:
      return item satisfies never;
  }
}

function latest({ time, sequence }: { readonly time: number; readonly sequence?: number }) {
  return { at: time, ...(sequence !== undefined && { sequence }) };
}

/** The line that stands for the message if it was never delivered. It opens nothing (U6). */
function lineOf(edit: Edit, message: NonNullable<Edit['message']>, clock: Clock): NewFact {
  return { ...toFact({ ...edit, ...message, opens: false }, clock), fromEdit: true };
}

function toFact(item: ReceivedMessage, clock: Clock): OmitEach<ClientMessage | Echo, 'storedAt'> {
  const { kind, author, content, opens, via, topic, by, client } = item;
  const key = factKey(item.time ?? clock.now(), item.providerId);
  if (kind === 'echo') return { kind, key, author, content, ...(by && { by }), ...(client && { client }) };
  return {
    kind,
    key,
    author,
    content,
    opens,
    ...(via !== undefined && { via }),
    ...(topic !== undefined && { topic }),
  };
}
