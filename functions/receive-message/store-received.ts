import type { Received, ReceivedMessage } from '#channels/inbound';
import type { Clock } from '#clock';
import { type ClientMessage, type Echo, factKey, timeOfKey } from '#domain/fact';
import { chatKey } from '#domain/message';
import type { NameInLog } from '#log';
import type { OmitEach } from '#schema-of';
import type { Channel } from '#store/accounts/channel-item';
import type { ChannelStates } from '#store/accounts/channel-states';
import type { Facts, NewFact } from '#store/chats/facts';
import type { Outcomes } from '#store/chats/outcomes';

/** What is needed to store what a webhook reported. */
export interface StoreReceivedDeps {
  readonly states: Pick<ChannelStates, 'putConnection'>;
  readonly facts: Pick<Facts, 'put' | 'putFromEdit' | 'putOnce'>;
  readonly outcomes: Pick<Outcomes, 'recordEdit' | 'recordReaction' | 'recordDeletion'>;
  readonly nameInLog: NameInLog;
  readonly clock: Clock;
}

type InChat = Extract<Received, { kind: 'client' | 'echo' | 'edit' | 'reaction' | 'deletion' }>;
type Edit = Extract<Received, { kind: 'edit' }>;

/** Stores the item and returns what the log may say of it. */
export async function storeReceived(
  deps: StoreReceivedDeps,
  channel: Pick<Channel, 'channelId' | 'account'>,
  item: Received,
): Promise<object> {
  if (item.kind === 'ignored') return { kind: item.kind, reason: item.reason };
  if (item.kind === 'connection') {
    const { state } = item.connection;
    return { kind: item.kind, state, outcome: await deps.states.putConnection(channel, item.connection) };
  }
  if (!isInChat(item)) return { kind: item.kind, outcome: 'unknown' };
  const [chatId] = item.ids;
  const key = chatKey({ channelId: channel.channelId, ...chatId });
  // Side by side: the first name of a process has to be read, and the messenger waits.
  const [stored, chat] = await Promise.all([storeInChat(deps, key, item), deps.nameInLog(key)]);
  return { kind: item.kind, chat, ...stored };
}

function isInChat(item: Received): item is InChat {
  return ['client', 'echo', 'edit', 'reaction', 'deletion'].includes(item.kind);
}

async function storeInChat({ facts, outcomes, clock }: StoreReceivedDeps, key: string, item: InChat): Promise<object> {
  switch (item.kind) {
    case 'edit': {
      const line = item.message && lineOf(item, item.message, clock);
      await Promise.all([
        outcomes.recordEdit(key, item.providerId, { ...latest(item), content: item.content }, line?.key),
        ...(line ? [facts.putFromEdit(key, line)] : []),
      ]);
      return {};
    }
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
  if (kind === 'echo')
    return { kind, key, author, content, ...(by === 'automatic' && { by }), ...(client && { client }) };
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
