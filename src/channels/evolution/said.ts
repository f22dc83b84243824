import { defined, fieldsOf, isObject, listOf } from '#channels/fields';
import type { Received, ReceivedMessage } from '#channels/inbound';
import { receiveReaction, receiveRevoke, receiveWrittenEdit } from './changes.ts';
import { readContent, unwrap } from './content.ts';
import { messageIdOf } from './ids.ts';
import { timeOf } from './numbers.ts';
import { ignored, type Key, type Place, personOf, phoneOf, profileOf, type Source, writtenFrom } from './people.ts';

/** A message as the bridge tells it. */
export interface BridgeMessage {
  readonly key: unknown;
  readonly pushName: unknown;
  readonly message: unknown;
  readonly contextInfo: unknown;
  readonly messageTimestamp: unknown;
  /** What became of it since, in the list of all messages. */
  readonly MessageUpdate: unknown;
}

/** What a message reports. */
export function receiveMessage(value: unknown, source: Source): Received[] {
  const place = placeOf(value, source);
  if ('kind' in place) return [place];
  const unwrapped = unwrap(place.message);
  if (!unwrapped) return [ignored('nothing-said')];
  const { MessageUpdate } = fieldsOf<BridgeMessage>(value);
  // The list of all messages gives an edited one its new words and the time of the edit, so its own time is lost.
  if (wasEdited(MessageUpdate)) return [receiveWrittenEdit(place, unwrapped)];
  switch (unwrapped.name) {
    case 'reactionMessage':
      return [receiveReaction(unwrapped.value, place)];
    case 'protocolMessage':
      return [receiveRevoke(unwrapped.value, place)];
    default: {
      const { content, opens } = readContent(unwrapped, place.context, {
        providerId: place.providerId,
        mediaUrl: place.mediaUrl,
        phone: place.isOurs ? undefined : phoneOf(place.ids),
      });
      return [place.isOurs ? echoOf(place, content) : clientMessageOf(place, content, opens)];
    }
  }
}

function placeOf(value: unknown, source: Source): Place | Extract<Received, { kind: 'ignored' }> {
  const { key, message, contextInfo, messageTimestamp, pushName } = fieldsOf<BridgeMessage>(value);
  const ids = personOf(key, source.own);
  if ('kind' in ids) return ids;
  const { id, remoteJid, remoteJidAlt, fromMe } = fieldsOf<Key>(key);
  const providerId = messageIdOf(id);
  if (providerId === undefined) return ignored('no-message-id');
  return {
    message,
    context: contextInfo,
    mediaUrl: mediaUrlOf(message),
    providerId,
    time: timeOf(messageTimestamp),
    ids,
    isOurs: fromMe === true,
    jid: writtenFrom(remoteJid, remoteJidAlt),
    profile: fromMe === true ? {} : profileOf(pushName, ids),
    source,
  };
}

function clientMessageOf(
  { ids, providerId, time, profile, jid, source: { history } }: Place,
  content: ReceivedMessage['content'],
  opens: boolean,
): ReceivedMessage {
  return {
    kind: 'client',
    ...defined({ time, history, via: jid }),
    ids,
    providerId,
    opens: opens && !history,
    author: { id: ids[0].chatId, ...profile },
    content,
  };
}

/** Written on the phone, or by a program at the bridge. Which of them are ours, only their ids tell. */
function echoOf(
  { ids, providerId, time, source: { history, isSent } }: Place,
  content: ReceivedMessage['content'],
): ReceivedMessage {
  return {
    kind: 'echo',
    ...defined({ time, history }),
    ids,
    providerId,
    opens: false,
    author: {},
    content,
    ...(isSent && { by: 'automatic' }),
  };
}

function mediaUrlOf(message: unknown): string | undefined {
  const { mediaUrl } = fieldsOf<{ mediaUrl: unknown }>(message);
  return typeof mediaUrl === 'string' ? mediaUrl : undefined;
}

function wasEdited(updates: unknown): boolean {
  return listOf(updates).some((update) => isObject(update) && update.status === 'EDITED');
}
