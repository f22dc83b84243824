import type { Receipt, Received, ReceivedIdentity, ReceivedMessage } from '#channels/inbound';
import type { Clock } from '#clock';
import { type ClientMessage, type Echo, factKey, timeOfKey } from '#domain/fact';
import { withFileIds } from '#domain/file';
import { chatKey } from '#domain/message';
import type { NameInLog } from '#log';
import type { OmitEach } from '#schema-of';
import type { Channel } from '#store/accounts/channel-item';
import type { ChannelStates } from '#store/accounts/channel-states';
import type { TemplateNews } from '#store/accounts/template-news';
import type { Facts, NewFact } from '#store/chats/facts';
import type { Outcomes } from '#store/chats/outcomes';
import type { OwnEchoes } from '#store/chats/own-echoes';
import { type StoreReceiptDeps, storeReceipt } from './store-receipt.ts';

/** What is needed to store what a webhook reported. */
export interface StoreReceivedDeps extends StoreReceiptDeps {
  readonly states: Pick<ChannelStates, 'putConnection' | 'putReport'>;
  readonly templates: Pick<TemplateNews, 'tell'>;
  readonly facts: Pick<Facts, 'put' | 'putFromEdit' | 'putOnce'>;
  readonly ownEchoes: Pick<OwnEchoes, 'put' | 'note'>;
  readonly outcomes: StoreReceiptDeps['outcomes'] & Pick<Outcomes, 'recordEdit' | 'recordReaction' | 'recordDeletion'>;
  readonly nameInLog: NameInLog;
  /** Makes the id of a file. */
  readonly newFile: () => string;
  readonly clock: Clock;
}

type InChat = Extract<Received, { kind: 'client' | 'echo' | 'identity' | 'edit' | 'reaction' | 'deletion' }>;
type Edit = Extract<Received, { kind: 'edit' }>;

/** Stores the item and returns what the log may say of it. */
export async function storeReceived(
  deps: StoreReceivedDeps,
  channel: Pick<Channel, 'channelId' | 'account' | 'transport'>,
  item: Received,
): Promise<object> {
  switch (item.kind) {
    case 'ignored':
      return { kind: item.kind, reason: item.reason };
    case 'connection': {
      const { state } = item.connection;
      return { kind: item.kind, state, outcome: await deps.states.putConnection(channel, item.connection) };
    }
    case 'channel':
      return { kind: item.kind, outcome: await deps.states.putReport(channel, item) };
    case 'template':
      return { kind: item.kind, outcome: await deps.templates.tell(channel.account, item) };
    case 'receipt':
      return storeReceipt(deps, channel, item);
    default:
      return storeSaid(deps, channel, item);
  }
}

async function storeSaid(
  deps: StoreReceivedDeps,
  channel: Pick<Channel, 'channelId' | 'transport'>,
  item: InChat,
): Promise<object> {
  // Our own message come back is no fact: by its time it would cover what its writer had not seen.
  if (item.kind === 'echo' && item.by === 'us') return storeReceipt(deps, channel, receiptOf(item, deps.clock));
  const [person] = item.ids;
  const key = chatKey({ channelId: channel.channelId, ...person });
  const { echoesOwn = false } = (await deps.messengerFor(channel.transport))?.inbound ?? {};
  // Side by side: the first name of a process has to be read, and the messenger waits.
  const [stored, chat] = await Promise.all([
    storeInChat(deps, key, withFiles(item, deps.newFile), echoesOwn),
    deps.nameInLog(key),
  ]);
  return { kind: item.kind, chat, ...stored };
}

/** Our own message come back says that it was sent. */
function receiptOf({ ids, providerId, time }: ReceivedMessage, clock: Clock): Receipt {
  return { kind: 'receipt', of: { providerId }, ids, time: time ?? clock.now(), status: 'sent' };
}

/** Each file gets an id of ours. Of several deliveries the first put wins, so the id that is stored never changes. */
function withFiles(item: InChat, newFile: () => string): InChat {
  return 'content' in item ? { ...item, content: withFileIds(item.content, newFile) } : item;
}

async function storeInChat(deps: StoreReceivedDeps, key: string, item: InChat, echoesOwn: boolean): Promise<object> {
  const { facts, outcomes, clock } = deps;
  switch (item.kind) {
    case 'edit': {
      const line = item.message && lineOf(item, item.message, clock);
      await Promise.all([
        outcomes.recordEdit(key, item.providerId, { ...latest(item), content: item.content }, line?.key),
        ...(line ? [facts.putFromEdit(key, line)] : []),
      ]);
      if (line?.kind === 'echo' && echoesOwn) await deps.ownEchoes.note(key, item.providerId, line.key);
      return {};
    }
    case 'reaction':
      await outcomes.recordReaction(key, item.providerId, {
        ...latest({ ...item, time: item.time ?? clock.now() }),
        emojis: item.emojis,
      });
      return {};
    case 'deletion':
      await outcomes.recordDeletion(key, item.providerId);
      return {};
    case 'client':
    case 'echo':
    case 'identity': {
      const fact = toFact(item.kind === 'identity' ? lineOfIdentity(item) : item, clock);
      if (fact.kind === 'echo' && echoesOwn) return { outcome: await deps.ownEchoes.put(key, fact) };
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

/** A line of the history that opens nothing: the messenger told of the person, and nobody said anything. */
function lineOfIdentity({ kind: _, content, ...item }: ReceivedIdentity): Said {
  return { ...item, kind: 'client', opens: false, author: {}, content: { ...content, type: 'system' } };
}

type Said = ReceivedMessage & Pick<ReceivedIdentity, 'became'>;

function toFact(item: Said, clock: Clock): OmitEach<ClientMessage | Echo, 'storedAt'> {
  const { kind, ids, author, content, opens, via, topic, became, by, client, history, standby } = item;
  const [, ...others] = ids;
  const told = {
    key: factKey(item.time ?? clock.now(), item.providerId),
    author,
    content,
    ...(others.length > 0 && { ids: others }),
    ...(history && { history }),
    ...(standby && { standby }),
  };
  if (kind === 'echo') {
    // What holds the conversation in standby is a program, whatever the messenger says of its messages (U3).
    const isAutomatic = by === 'automatic' || standby;
    return { kind, ...told, ...(isAutomatic && { by: 'automatic' }), ...(client && { client }) };
  }
  return {
    kind,
    ...told,
    opens: opens && !history,
    ...(via !== undefined && { via }),
    ...(topic !== undefined && { topic }),
    ...(became && { became }),
  };
}
