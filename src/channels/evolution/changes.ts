import { fieldsOf, isObject, stringOf } from '#channels/fields';
import type { Receipt, Received } from '#channels/inbound';
import { cut } from '#domain/cut';
import { readContent, type Unwrapped, unwrap } from './content.ts';
import { refusalOf } from './errors.ts';
import { idsOf, messageIdOf } from './ids.ts';
import { msOf } from './numbers.ts';
import { ignored, type Key, type Place, personOf } from './people.ts';

const MAX_EMOJI_LENGTH = 32;

/** Kinds of changes in the protocol, by name and by number. */
const REVOKE: readonly unknown[] = ['REVOKE', 0];
const EDIT: readonly unknown[] = ['MESSAGE_EDIT', 14];

/**
 * What became of a message of ours. The bridge says `SERVER_ACK` or `DELETED` also of a change that has no state, such
 * as an edit: the first is harmless, and the second is never a deletion, which has an event of its own (evo#2010).
 * https://github.com/EvolutionAPI/evolution-api/blob/2.3.7/src/utils/renderStatus.ts
 */
export const STATUSES: Readonly<Record<string, Receipt['status'] | 'nothing'>> = {
  ERROR: 'failed',
  PENDING: 'nothing',
  SERVER_ACK: 'sent',
  DELIVERY_ACK: 'delivered',
  READ: 'read',
  PLAYED: 'played',
  DELETED: 'nothing',
  EDITED: 'nothing',
};

interface Protocol {
  readonly key: unknown;
  readonly type: unknown;
  readonly editedMessage: unknown;
  readonly timestampMs: unknown;
}

interface Update {
  readonly keyId: unknown;
  readonly remoteJid: unknown;
  readonly remoteJidAlt: unknown;
  readonly fromMe: unknown;
  readonly status: unknown;
  readonly message: unknown;
  readonly messageStubParameters: unknown;
}

/** What became of a message: its state if it is ours, its new words in bridges that tell them. */
export function receiveUpdate(value: unknown, own: string | undefined, time: number | undefined): Received {
  const { keyId, remoteJid, remoteJidAlt, fromMe, status, message, messageStubParameters } = fieldsOf<Update>(value);
  const ids = personOf({ remoteJid, remoteJidAlt, fromMe }, own);
  if ('kind' in ids) return ids;
  const providerId = messageIdOf(keyId);
  if (providerId === undefined) return ignored('update-of-nothing');
  const { editedMessage } = fieldsOf<{ editedMessage: unknown }>(message);
  const words = unwrap(fieldsOf<{ message: unknown }>(editedMessage).message);
  if (words) {
    if (time === undefined) return ignored('no-time');
    return { kind: 'edit', ids, providerId, time, content: editedContent(words, providerId) };
  }
  if (fromMe !== true) return ignored('update-of-clients');
  const known = typeof status === 'string' && Object.hasOwn(STATUSES, status) ? STATUSES[status] : undefined;
  if (known === undefined || known === 'nothing') return ignored(known ?? 'unknown-status');
  const error = known === 'failed' ? refusalOf(failureOf(messageStubParameters)) : undefined;
  // The bridge's clock may be hours off, and a receipt has no time of its own.
  return { kind: 'receipt', of: { providerId }, ids, status: known, ...(error && { error }) };
}

/**
 * New words of a message. A client's edit names the chat as the client's phone sees it: the chat with us, by our own
 * number (evo#1367). So it does not say whose it is. The list of all messages does (`recent`), and later bridges say it
 * in `messages.update`.
 */
export function receiveEdit(value: unknown, own: string | undefined): Received {
  const { key, type, editedMessage, timestampMs } = fieldsOf<Protocol>(value);
  if (!EDIT.includes(type)) return ignored('other-change');
  const { remoteJid, id } = fieldsOf<Key>(key);
  const providerId = messageIdOf(id);
  const [self] = idsOf(own);
  const ids = personOf({ remoteJid, fromMe: true }, own);
  // Of a hidden address nobody can tell whether it is ours.
  if ('kind' in ids) return ids.reason === 'own-notes' ? ignored('edit-of-somebody') : ids;
  if (self === undefined || ids[0].chatId.endsWith('@lid')) return ignored('edit-of-somebody');
  const words = unwrap(editedMessage);
  const time = msOf(timestampMs);
  if (providerId === undefined || time === undefined || !words) return ignored('edit-of-nothing');
  return { kind: 'edit', ids, providerId, time, content: editedContent(words, providerId) };
}

/** A message of which the list tells the new words only. */
export function receiveWrittenEdit({ ids, providerId, time, context }: Place, words: Unwrapped): Received {
  if (time === undefined) return ignored('no-time');
  return { kind: 'edit', ids, providerId, time, content: editedContent(words, providerId, context) };
}

/** A message that was deleted for everybody. */
export function receiveDeletion(value: unknown, own: string | undefined): Received {
  const { key } = fieldsOf<{ key: unknown }>(value);
  const of = isObject(key) ? key : value;
  const ids = personOf(of, own);
  if ('kind' in ids) return ids;
  const providerId = messageIdOf(fieldsOf<Key>(of).id);
  return providerId === undefined ? ignored('deletion-of-nothing') : { kind: 'deletion', ids, providerId };
}

/** A change that came as a message of its own. The bridge reports most of them as events instead. */
export function receiveRevoke(value: unknown, { ids }: Place): Received {
  const { key, type } = fieldsOf<Protocol>(value);
  const providerId = messageIdOf(fieldsOf<Key>(key).id);
  if (!REVOKE.includes(type)) return ignored('other-change');
  return providerId === undefined ? ignored('deletion-of-nothing') : { kind: 'deletion', ids, providerId };
}

/** Without an emoji the client took the reaction back. */
export function receiveReaction(value: unknown, { ids, time, isOurs }: Place): Received {
  if (isOurs) return ignored('own-reaction');
  const { key, text, senderTimestampMs } = fieldsOf<{ key: unknown; text: unknown; senderTimestampMs: unknown }>(value);
  const providerId = messageIdOf(fieldsOf<Key>(key).id);
  const at = msOf(senderTimestampMs) ?? time;
  if (providerId === undefined || at === undefined) return ignored('reaction-to-nothing');
  const emojis = stringOf(text) === '' ? [] : [cut(stringOf(text), MAX_EMOJI_LENGTH)];
  return { kind: 'reaction', ids, providerId, time: at, emojis };
}

function editedContent(words: Unwrapped, providerId: string, context?: unknown) {
  return readContent(words, context, { providerId, ...noFurther }).content;
}

const noFurther = { mediaUrl: undefined, phone: undefined };

/** WhatsApp's own code, if the bridge passes it on. */
function failureOf(parameters: unknown) {
  const code = Array.isArray(parameters) ? stringOf(parameters[0]) : '';
  const isCode = /^\d{1,6}$/.test(code);
  const description = isCode ? `WhatsApp did not take the message: ${code}` : 'WhatsApp did not take the message';
  return { code: isCode ? code : 'ERROR', description };
}
