import { idOfKey, timeOfKey } from './fact.ts';
import { hash53 } from './hash.ts';

const CHAT_BITS = 42n;
const ID_BITS = 32n;

/**
 * The `messageId` of a fact. It is shaped like a UUID v4 and leads back to the fact without an index. 48 bits are the
 * time of the key, 42 a hash of the chat, 32 a hash of the id; the other 6 are the version and variant of every UUID.
 */
export function messageIdOf(chatKey: string, factKey: string): string {
  const payload =
    (BigInt(timeOfKey(factKey)) << (CHAT_BITS + ID_BITS)) | (chatHash(chatKey) << ID_BITS) | idHash(idOfKey(factKey));
  const bits = payload.toString(2).padStart(122, '0');
  const uuid = BigInt(`0b${bits.slice(0, 48)}0100${bits.slice(48, 60)}10${bits.slice(60)}`);
  const hex = uuid.toString(16).padStart(32, '0');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}

/** The time and the chat's hash in a message id. Undefined if the id is not one of ours. */
export function readMessageId(messageId: string): { time: number; chatHash: string } | undefined {
  if (!/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/i.test(messageId)) return undefined;
  const bits = BigInt(`0x${messageId.replaceAll('-', '')}`)
    .toString(2)
    .padStart(128, '0');
  const chat = BigInt(`0b${bits.slice(52, 64)}${bits.slice(66, 96)}`);
  return { time: Number(BigInt(`0b${bits.slice(0, 48)}`)), chatHash: chat.toString(36) };
}

/** The hash by which a message id names its chat. */
export function chatHashOf(chatKey: string): string {
  return chatHash(chatKey).toString(36);
}

function chatHash(chatKey: string): bigint {
  return BigInt.asUintN(Number(CHAT_BITS), BigInt(hash53(chatKey)));
}

function idHash(id: string): bigint {
  return BigInt.asUintN(Number(ID_BITS), BigInt(hash53(id)));
}
