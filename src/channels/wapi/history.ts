import { fieldsOf, isObject, stringOf, writtenOf } from '#channels/fields';
import type { Received } from '#channels/inbound';
import { idsOf } from './ids.ts';
import { itemsOf } from './items.ts';
import { wordOf } from './parts.ts';
import { type FindPerson, profileOf } from './people.ts';
import { ignored, receiveEcho, receiveMessage, type Source } from './said.ts';

/** https://developers.facebook.com/documentation/business-messaging/whatsapp/webhooks/reference/history */
interface Chunk {
  readonly threads: unknown;
  readonly errors: unknown;
}

interface Thread {
  /** The client's number, if Meta tells it. */
  readonly id: unknown;
  readonly context: unknown;
  readonly messages: unknown;
}

interface ThreadContext {
  readonly wa_id: unknown;
  readonly user_id: unknown;
  readonly parent_user_id: unknown;
  readonly username: unknown;
}

/** The messages of the last half year, which a number that is in use on a phone brings along if its owner allows it. */
export function receiveChunk(value: unknown, source: Source): Received[] {
  const { threads, errors } = fieldsOf<Chunk>(value);
  const refused = itemsOf(errors).map((error) =>
    ignored(`history-${wordOf(writtenOf(fieldsOf<{ code: number }>(error).code))}`),
  );
  return [...refused, ...itemsOf(threads).flatMap((thread) => receiveThread(thread, source))];
}

function receiveThread(value: unknown, source: Source): Received[] {
  const { id, context, messages } = fieldsOf<Thread>(value);
  const { wa_id, user_id, parent_user_id, username } = fieldsOf<ThreadContext>(context);
  const known = new Set(idsOf(id, wa_id, user_id, parent_user_id).map(({ chatId }) => chatId));
  const profile = profileOf({ username });
  // A message may name an id that its thread does not.
  const find: FindPerson = ({ phone, userId, parentUserId }) => ({
    ids: idsOf(...known, phone, userId, parentUserId),
    profile,
  });
  return itemsOf(messages).flatMap((message) => {
    const { from, from_user_id } = isObject(message) ? message : {};
    // The team's number comes in several spellings, those of the person in one.
    const isClient = idsOf(from, from_user_id).some(({ chatId }) => known.has(chatId)) || stringOf(from_user_id) !== '';
    const inThread: Source = { ...source, history: true, find };
    return isClient ? receiveMessage(message, inThread) : receiveEcho(message, inThread);
  });
}

/**
 * The file of a message of which a placeholder came before it. It changes that message, and is no change that anybody
 * made.
 */
export function receiveFile(value: unknown, source: Source, receive: typeof receiveMessage): Received[] {
  return receive(value, { ...source, history: true }).flatMap((item) => {
    if (item.kind !== 'client' && item.kind !== 'echo') return [item];
    const { ids, providerId, time, content, account } = item;
    if (time === undefined) return [item];
    return [{ kind: 'edit', ids, providerId, time, content, ...(account !== undefined && { account }) }];
  });
}
