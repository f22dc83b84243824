import type { MessageBody } from '@maxhub/max-bot-api/types';
import { cutText, pressedOf } from '#channels/bounds';
import { UnreadableWebhookError } from '#channels/errors';
import { defined, fieldsOf, isObject, rowOf, stringOf } from '#channels/fields';
import type { Received, ReceivedMessage } from '#channels/inbound';
import type { PersonIds } from '#channels/terms';
import { cut } from '#domain/cut';
import { readContent } from './content.ts';
import { CHAT_TYPE, isMessageId, toNoticeId, toPressId } from './ids.ts';
import { UPDATES, type UpdateKind } from './kinds.ts';
import { buttonsIn } from './parts.ts';
import { toAuthor, toProfile } from './people.ts';
import {
  type MaxMessage,
  type MaxUpdate,
  messageUpdateSchema,
  noticeSchema,
  pressSchema,
  readWebhook,
  removalSchema,
  updateSchema,
} from './schema.ts';

/** As long as the parameter of a link may be: https://dev.max.ru/docs-api/objects/Update */
const MAX_REFERRAL = 512;

type Receive = (update: MaxUpdate, kind: UpdateKind, botId: string | undefined) => Received;

const RECEIVE: Readonly<Record<UpdateKind['as'], Receive>> = {
  message: receiveNew,
  edit: receiveEdit,
  deletion: receiveRemoval,
  press: receivePress,
  notice: receiveNotice,
  ignored: ({ update_type }) => ignored(update_type),
};

/**
 * What an update reports, in Konvert's words. `botId` is the channel's bot. An update that cannot be read is ignored and
 * not refused: MAX would repeat it for eight hours, and end the subscription then. Throws `UnreadableWebhookError` for a
 * body that cannot be MAX's.
 */
export function mapUpdate(body: unknown, botId?: string): Received[] {
  const update = readWebhook(updateSchema, body);
  try {
    return [receive(update, botId)];
  } catch (error) {
    if (!(error instanceof UnreadableWebhookError)) throw error;
    return [ignored('unreadable-update')];
  }
}

function receive(update: MaxUpdate, botId: string | undefined): Received {
  const kind = rowOf(UPDATES, update.update_type);
  if (kind) return RECEIVE[kind.as](update, kind, botId);
  const read = isObject(update.message) ? messageUpdateSchema.safeParse(update) : undefined;
  return read?.success ? receiveMessage(read.data.message, botId) : ignored('unknown-update');
}

/**
 * A new message. Of a voice message from the newest apps MAX tells neither words nor sender, and would tell it again for
 * hours: https://github.com/max-messenger/max-bot-api-client-ts/issues/250
 */
function receiveNew(update: MaxUpdate, _kind: UpdateKind, botId: string | undefined): Received {
  if (update.message === undefined || update.message === null) return ignored('no-message');
  return receiveMessage(readWebhook(messageUpdateSchema, update).message, botId);
}

/** A message in a dialog: of the client, or of the bot, whoever wrote it. */
function receiveMessage(message: MaxMessage, botId: string | undefined): Received {
  const { sender, body } = message;
  const left = outsideDialog(message);
  if (left) return left;
  if (!sender) return ignored('no-sender');
  const isBots = isOfBot(sender, botId);
  const personId = isBots ? message.recipient.user_id : sender.user_id;
  if (personId === undefined || String(personId) === botId) return ignored('no-person');
  const { content, opens } = readContent(message, String(personId));
  // Without a body there is no id either: somebody said something that MAX does not hand over.
  const providerId = body?.mid ?? toNoticeId('message', message.timestamp);
  const common = { ids: idsOf(personId), providerId, time: message.timestamp, content };
  if (!isBots) return { kind: 'client', ...common, opens, author: toAuthor(sender) };
  // Nobody types in the name of a bot: it was this program, or another one with the same token.
  return { kind: 'echo', ...common, opens: false, author: toProfile(sender), by: 'automatic' };
}

function receiveEdit(update: MaxUpdate, _kind: UpdateKind, botId: string | undefined): Received {
  const { message, timestamp } = readWebhook(messageUpdateSchema, update);
  const original = receiveMessage(message, botId);
  if (original.kind === 'ignored') return original;
  if (original.kind !== 'client') return ignored('own-edit');
  if (!message.body) return ignored('no-message-id');
  const { ids, providerId, content, author } = original;
  const told: Pick<ReceivedMessage, 'kind' | 'author'> = { kind: 'client', author };
  return { kind: 'edit', ids, providerId, time: timestamp, content, message: { ...told, time: message.timestamp } };
}

/** Only ids are told. The chats of groups and channels have negative ones. */
function receiveRemoval(update: MaxUpdate, _kind: UpdateKind, botId: string | undefined): Received {
  const { message_id, chat_id, user_id } = readWebhook(removalSchema, update);
  if (chat_id < 0) return ignored('group');
  if (String(user_id) === botId) return ignored('own-deletion');
  if (!isMessageId(message_id)) return ignored('no-message-id');
  return { kind: 'deletion', ids: idsOf(user_id), providerId: message_id };
}

function receivePress(update: MaxUpdate, { opens }: UpdateKind, botId: string | undefined): Received {
  const { callback, message, timestamp } = readWebhook(pressSchema, update);
  const left = message && outsideDialog(message);
  if (left) return left;
  const { user, callback_id, payload } = callback;
  if (String(user.user_id) === botId) return ignored('own-press');
  const time = callback.timestamp ?? timestamp;
  const quoted = message?.body && quotedButtons(message);
  return {
    kind: 'client',
    ids: idsOf(user.user_id),
    providerId: toPressId(callback_id, time),
    time,
    opens,
    author: toAuthor(user),
    content: {
      type: 'text',
      kind: 'button',
      text: cutText(labelOf(message, payload)),
      ...pressedOf(payload),
      ...defined({ quoted }),
    },
  };
}

/** A line of the history, with the same id in every redelivery. */
function receiveNotice(update: MaxUpdate, { opens, kind }: UpdateKind): Received {
  const { update_type, timestamp, user, payload } = readWebhook(noticeSchema, update);
  if (user.is_bot) return ignored('own-notice');
  const isLink = update_type === 'bot_started' && payload !== undefined && payload !== '';
  return {
    kind: 'client',
    ids: idsOf(user.user_id),
    providerId: toNoticeId(update_type, timestamp),
    time: timestamp,
    opens,
    author: toAuthor(user),
    content: {
      type: 'system',
      kind: kind ?? update_type,
      ...(isLink && { referral: cut(payload, MAX_REFERRAL) }),
    },
  };
}

/** The label of a pressed button. If the message is gone, the payload is all that is known. */
function labelOf(message: MaxMessage | undefined, payload: string | undefined): string {
  const { attachments } = fieldsOf<MessageBody>(message?.body);
  const buttons = (Array.isArray(attachments) ? attachments : []).flatMap(buttonsIn);
  const pressed = buttons.find((button) => 'payload' in button && button.payload === payload);
  return stringOf(pressed?.text) || (payload ?? '') || '[button]';
}

function quotedButtons(message: MaxMessage) {
  const { content } = readContent({ ...message, link: undefined }, '');
  const { mid } = message.body ?? { mid: '' };
  const { text } = fieldsOf<MessageBody>(message.body);
  return defined({
    providerId: isMessageId(mid) ? mid : undefined,
    type: content.type,
    text: typeof text === 'string' && text !== '' ? cut(text, 4096) : undefined,
    authorName: message.sender && toProfile(message.sender).name,
  });
}

function isOfBot({ user_id, is_bot }: NonNullable<MaxMessage['sender']>, botId: string | undefined): boolean {
  return is_bot === true || String(user_id) === botId;
}

function idsOf(personId: number): PersonIds {
  return [{ chatType: CHAT_TYPE, chatId: String(personId) }];
}

function outsideDialog({ recipient }: MaxMessage): Received | undefined {
  if (recipient.chat_type === 'dialog') return undefined;
  return ignored(recipient.chat_type === 'channel' ? 'channel' : 'group');
}

function ignored(reason: string): Extract<Received, { kind: 'ignored' }> {
  return { kind: 'ignored', reason };
}
