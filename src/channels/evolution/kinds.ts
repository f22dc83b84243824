import type { ContentType } from '#domain/message';
import * as business from './business.ts';
import * as parts from './parts.ts';

/** How an event of the bridge is handled. */
export type EventKind =
  /** A message of a client, or of the team on the phone or by the bridge. */
  | 'message'
  /** A message that a program sent by the bridge: Konvert, or another one. */
  | 'sent'
  /** Messages of the phone's past. */
  | 'history'
  /** What became of a message: taken, delivered, read, changed. */
  | 'update'
  | 'edit'
  | 'deletion'
  | 'call'
  /** The phone's own state. */
  | 'connection'
  | 'qr'
  | 'logout'
  | 'ignored';

/** One kind of message, known by the name of its field. */
export interface MessageKind {
  readonly type: ContentType;
  /** What the message is exactly, if `type` does not say it. */
  readonly kind?: string;
  /** Whether such a message from the client makes the chat unanswered (U6). */
  readonly opens: boolean;
  /** Reads the content of the field. Without it `raw` keeps the field. */
  readonly read?: parts.ReadPart;
  /** `raw` keeps the field as well, because not all of it is read. */
  readonly keeps?: true;
}

/**
 * How each event is handled. `register` asks for those that are not ignored. An event of a later bridge is ignored.
 * https://github.com/EvolutionAPI/evolution-api/blob/2.3.7/src/api/types/wa.types.ts
 */
export const EVENTS: Readonly<Record<string, EventKind>> = {
  'messages.upsert': 'message',
  'messages.set': 'history',
  'messages.update': 'update',
  'messages.edited': 'edit',
  'messages.delete': 'deletion',
  'send.message': 'sent',
  'send.message.update': 'edit',
  call: 'call',
  'connection.update': 'connection',
  'qrcode.updated': 'qr',
  'logout.instance': 'logout',

  'application.startup': 'ignored',
  'chats.delete': 'ignored',
  'chats.set': 'ignored',
  'chats.update': 'ignored',
  'chats.upsert': 'ignored',
  // The address book of the phone. It names people who never wrote.
  'contacts.set': 'ignored',
  'contacts.update': 'ignored',
  'contacts.upsert': 'ignored',
  'group.participants.update': 'ignored',
  'group.update': 'ignored',
  'groups.update': 'ignored',
  'groups.upsert': 'ignored',
  'instance.create': 'ignored',
  'instance.delete': 'ignored',
  'labels.association': 'ignored',
  'labels.edit': 'ignored',
  'messages.media-update': 'ignored',
  'messages.reaction': 'ignored',
  'messaging-history.set': 'ignored',
  'presence.update': 'ignored',
  'remove.instance': 'ignored',
  'status.instance': 'ignored',
  'typebot.change-status': 'ignored',
  'typebot.start': 'ignored',
};

/** The events to ask the bridge for, by its own names. */
export const WANTED_EVENTS: readonly string[] = Object.keys(EVENTS)
  .filter((event) => EVENTS[event] !== 'ignored' && event !== 'messages.set')
  .map((event) => event.replaceAll(/[.-]/g, '_').toUpperCase());

const reading = (type: ContentType, read: parts.ReadPart, kind?: string): MessageKind => ({
  type,
  opens: true,
  read,
  ...(kind !== undefined && { kind }),
});

/** What is not read whole, so that `raw` keeps it. */
const keeping = (type: ContentType, kind: string, read: parts.ReadPart): MessageKind => ({
  ...reading(type, read, kind),
  keeps: true,
});

const notice = (kind: string): MessageKind => ({ type: 'system', kind, opens: false });

/**
 * The kinds of messages, of clients and of the team: the fields of `Message` in the protocol. Wrappers and fields that
 * say nothing are below.
 * https://github.com/WhiskeySockets/Baileys/blob/v7.0.0-rc.9/WAProto/WAProto.proto
 */
export const MESSAGES: Readonly<Record<string, MessageKind>> = {
  conversation: reading('text', parts.readText),
  extendedTextMessage: reading('text', parts.readText),
  imageMessage: reading('image', parts.readMedia),
  videoMessage: reading('video', parts.readVideo),
  ptvMessage: reading('video', parts.readMedia, 'video_note'),
  audioMessage: reading('audio', parts.readAudio),
  documentMessage: reading('document', parts.readMedia),
  stickerMessage: reading('image', parts.readMedia, 'sticker'),
  locationMessage: reading('geo', parts.readLocation),
  liveLocationMessage: reading('geo', parts.readLocation, 'live_location'),
  contactMessage: reading('vcard', parts.readContact),
  contactsArrayMessage: reading('vcard', parts.readContacts),

  pollCreationMessage: keeping('text', 'poll', parts.readPoll),
  pollCreationMessageV2: keeping('text', 'poll', parts.readPoll),
  pollCreationMessageV3: keeping('text', 'poll', parts.readPoll),
  pollCreationMessageV5: keeping('text', 'poll', parts.readPoll),
  pollUpdateMessage: reading('text', parts.readVote, 'poll_vote'),
  pollResultSnapshotMessage: keeping('text', 'poll_result', business.readNamed),
  pollResultSnapshotMessageV3: keeping('text', 'poll_result', business.readNamed),

  // Pressed buttons, and lines of lists.
  buttonsResponseMessage: reading('text', parts.readPressed, 'button'),
  templateButtonReplyMessage: reading('text', parts.readPressed, 'button'),
  listResponseMessage: reading('text', parts.readPressed, 'button'),
  interactiveResponseMessage: keeping('text', 'button', business.readFlowAnswer),

  // What programs of other businesses write.
  buttonsMessage: keeping('text', 'interactive', business.readProgram),
  listMessage: keeping('text', 'interactive', business.readProgram),
  interactiveMessage: keeping('text', 'interactive', business.readProgram),
  templateMessage: keeping('text', 'template', business.readProgram),
  highlyStructuredMessage: { type: 'unsupported', kind: 'template', opens: true },

  orderMessage: keeping('text', 'order', business.readOrder),
  productMessage: keeping('text', 'product', business.readProduct),
  eventMessage: keeping('text', 'event', business.readEvent),
  scheduledCallCreationMessage: keeping('text', 'event', business.readEvent),
  groupInviteMessage: keeping('text', 'invitation', business.readNamed),
  newsletterAdminInviteMessage: keeping('text', 'invitation', business.readNamed),
  newsletterFollowerInviteMessageV2: keeping('text', 'invitation', business.readNamed),
  invoiceMessage: keeping('unsupported', 'invoice', business.readNamed),
  sendPaymentMessage: keeping('unsupported', 'payment', business.readNamed),
  requestPaymentMessage: keeping('unsupported', 'payment', business.readNamed),
  paymentInviteMessage: keeping('unsupported', 'payment', business.readNamed),
  stickerPackMessage: keeping('unsupported', 'sticker_pack', business.readNamed),
  commentMessage: { type: 'unsupported', kind: 'comment', opens: true },
  questionResponseMessage: keeping('text', 'answer', parts.readText),
  richResponseMessage: { type: 'unsupported', kind: 'rich', opens: true },
  callLogMesssage: { type: 'missing_call', opens: true, read: business.readCallLog },
  // WhatsApp hands such a message to the phone only: one that is viewed once, or a text that links may not show.
  placeholderMessage: { type: 'unsupported', kind: 'placeholder', opens: true },
  requestPhoneNumberMessage: { type: 'unsupported', kind: 'phone_requested', opens: true },

  declinePaymentRequestMessage: notice('payment_declined'),
  cancelPaymentRequestMessage: notice('payment_cancelled'),
  scheduledCallEditMessage: notice('event_changed'),
  encEventResponseMessage: notice('event_response'),
  // An edit of which the bridge has no key: what it says is never told (evo#2545).
  secretEncryptedMessage: { type: 'unsupported', kind: 'edit', opens: false },
};

/** A message of another kind. It makes the chat unanswered: better once too often (U6). */
export const UNKNOWN: MessageKind = { type: 'unknown', opens: true };

/** Fields with another message in them: it vanishes, is viewed once, has a caption, and so on. */
export const WRAPPERS: ReadonlySet<string> = new Set([
  'associatedChildMessage',
  'botForwardedMessage',
  'botInvokeMessage',
  'botTaskMessage',
  'deviceSentMessage',
  'documentWithCaptionMessage',
  'editedMessage',
  'ephemeralMessage',
  'eventCoverImage',
  'groupMentionedMessage',
  'groupStatusMentionMessage',
  'groupStatusMessage',
  'groupStatusMessageV2',
  'limitSharingMessage',
  'lottieStickerMessage',
  'pollCreationMessageV4',
  'pollCreationOptionImageMessage',
  'questionMessage',
  'questionReplyMessage',
  'statusAddYours',
  'statusMentionMessage',
  'viewOnceMessage',
  'viewOnceMessageV2',
  'viewOnceMessageV2Extension',
]);

/** Messages that change another one, or the chat. */
export const CHANGES: ReadonlySet<string> = new Set(['protocolMessage', 'reactionMessage']);

/** Fields that say nothing to a person: keys, what the apps tell each other, pins, the head of an album. */
export const SILENT: ReadonlySet<string> = new Set([
  'albumMessage',
  'bcallMessage',
  'call',
  'chat',
  'encCommentMessage',
  'encReactionMessage',
  'fastRatchetKeySenderKeyDistributionMessage',
  'keepInChatMessage',
  'messageContextInfo',
  'messageHistoryBundle',
  'messageHistoryNotice',
  'pinInChatMessage',
  'senderKeyDistributionMessage',
  'statusNotificationMessage',
  'statusQuestionAnswerMessage',
  'statusQuotedMessage',
  'statusStickerInteractionMessage',
  'stickerSyncRmrMessage',

  // The bridge's own, beside the message.
  'base64',
  'mediaUrl',
  'speechToText',
]);
