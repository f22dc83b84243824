import type { Messenger } from '#channels/channel';
import type { Receipt } from '#channels/inbound';
import type { Refusal } from '#channels/terms';
import type { Clock } from '#clock';
import { cut } from '#domain/cut';
import { chatKey } from '#domain/message';
import type { NameInLog } from '#log';
import type { Channel } from '#store/accounts/channel-item';
import type { Outcomes } from '#store/chats/outcomes';

/** What we send along is never longer. Another program of the same account may send something else along. */
const MOST_OPAQUE = 200;
/** Of each part of a reason so many characters are kept. */
const MOST = 500;

/** What is needed to store receipts. */
export interface StoreReceiptDeps {
  readonly outcomes: Pick<Outcomes, 'recordReceipt' | 'recordFailure' | 'raiseWatermark'>;
  readonly messengerFor: (transport: string) => Promise<Messenger | undefined>;
  readonly nameInLog: NameInLog;
  readonly clock: Clock;
}

/**
 * Stores what became of a message of ours, and returns what the log may say of it. What our own record of the send says
 * already, that it was sent, is not stored.
 */
export async function storeReceipt(
  deps: StoreReceiptDeps,
  channel: Pick<Channel, 'channelId' | 'transport'>,
  receipt: Receipt,
): Promise<object> {
  const { kind, status } = receipt;
  if (status === 'sent') return { kind, status };
  const key = await chatOf(deps, channel, receipt);
  if (key === undefined) return { kind, status, outcome: 'no chat' };
  const [chat] = await Promise.all([deps.nameInLog(key), store(deps, key, receipt)]);
  return { kind, status, chat };
}

/** The chat that we named in the message, else that of the person. */
async function chatOf(
  { messengerFor }: StoreReceiptDeps,
  { channelId, transport }: Pick<Channel, 'channelId' | 'transport'>,
  { ids: [person], opaque }: Receipt,
): Promise<string | undefined> {
  const chatType = person?.chatType ?? (await messengerFor(transport))?.chatTypes[0];
  const isOurs = opaque !== undefined && opaque !== '' && opaque.length <= MOST_OPAQUE;
  const chatId = isOurs ? opaque : person?.chatId;
  return chatType === undefined || chatId === undefined ? undefined : chatKey({ channelId, chatType, chatId });
}

async function store(
  { outcomes, clock }: StoreReceiptDeps,
  key: string,
  { of, status, time = clock.now(), error }: Receipt,
): Promise<void> {
  const state = status === 'delivered' ? 'delivered' : 'read';
  if (!('providerId' in of)) {
    // It speaks of many messages, and not all of them can have failed.
    if (status === 'failed') return;
    const isByTime = 'upTo' in of;
    await outcomes.raiseWatermark(key, state, isByTime ? of.upTo : of.upToNumber, isByTime ? 'time' : 'number');
  } else if (status === 'failed') {
    await outcomes.recordFailure(key, of.providerId, { at: time, ...whyOf(error) });
  } else {
    await outcomes.recordReceipt(key, of.providerId, state);
  }
}

/** Why it failed. A messenger that does not say so still failed. */
function whyOf(error: Refusal | undefined) {
  const { code = 'FAILED', description = 'The messenger did not deliver it', reason = 'UNKNOWN_ERROR' } = error ?? {};
  return { code: cut(code, MOST), description: cut(description, MOST), reason: cut(reason, MOST) };
}
