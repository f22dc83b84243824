// Longer than 300 lines: one table, an entry for each name of the description.

import * as z from 'zod/mini';
import * as account from '#api/account-routes';
import * as assignment from '#api/assignment-routes';
import * as audit from '#api/audit-routes';
import * as channel from '#api/channel-routes';
import * as chat from '#api/chat-routes';
import * as check from '#api/check-routes';
import * as contact from '#api/contact-routes';
import * as crm from '#api/crm-connection-routes';
import { digits } from '#api/crm-fields';
import * as deal from '#api/deal-routes';
import * as delivery from '#api/delivery-routes';
import * as events from '#api/described-events';
import { type Component, type JsonSchema, refTo } from '#api/described-schemas';
import * as desk from '#api/desk-routes';
import { health } from '#api/docs-routes';
import * as event from '#api/event-bodies';
import * as exported from '#api/export-routes';
import { address, chatType, done, pageSize, time, toldChatType } from '#api/fields';
import * as accountHealth from '#api/health-routes';
import * as history from '#api/history-routes';
import * as button from '#api/message-buttons';
import * as change from '#api/message-change-routes';
import * as message from '#api/message-routes';
import * as notice from '#api/notice-routes';
import * as page from '#api/page-routes';
import * as people from '#api/people-routes';
import * as pipeline from '#api/pipeline-routes';
import * as receiver from '#api/receiver-routes';
import * as schedule from '#api/schedule-fields';
import * as settings from '#api/settings-routes';
import * as statistics from '#api/statistics-routes';
import * as team from '#api/team-routes';
import * as template from '#api/template-routes';
import * as upload from '#api/upload-routes';
import * as user from '#api/user-routes';
import * as waiting from '#api/waiting-fields';
import { errorData } from '#http/error-codes';

type FieldOf<S extends z.ZodMiniType> = Extract<keyof NonNullable<z.input<S>>, string>;

function named<S extends z.ZodMiniType>(
  schema: S,
  description: string,
  fields?: { readonly [F in FieldOf<S>]?: string },
): Component {
  return { schema, description, ...(fields && { fields: fields as Record<string, string> }) };
}

/** The `buttonsObject` of a message, which the handler reads by itself. */
export const buttonsObject = z.extend(button.keyboard, {
  buttons: z.optional(z.union([button.list, button.rows, button.payloads])),
});

/** What the schemas of handlers cannot say: they read texts of a query, and tolerate what nobody should send. */
export const WRITTEN: ReadonlyMap<z.ZodMiniType, JsonSchema> = new Map<z.ZodMiniType, JsonSchema>([
  [time, { type: 'string', format: 'date-time' }],
  [delivery.moment, { type: 'string', format: 'date-time' }],
  [toldChatType, refTo('ChatType')],
  [address, { type: 'string', format: 'uri' }],
  [pageSize, { type: 'integer', minimum: 1, maximum: 100 }],
  [digits, { type: 'integer', minimum: 0, maximum: 999_999_999 }],
  [user.phoneOrNothing, { type: 'string' }],
  [receiver.booleanOrWord, { type: 'boolean' }],
  [message.anythingInIt, refTo('ButtonsObject')],
]);

const MESSAGE_FIELDS = {
  dateTime: 'When it was said, by the messenger’s clock',
  type: 'text, image, audio, video, document, vcard, geo, wapi_template, missing_call, unsupported, …',
  kind: 'Only in Konvert. What it is more closely: voice, video_note, animation, sticker, live_photo, venue, live_location, poll, checklist, button, blocked, unblocked, …; of a notice, the messenger’s own word',
  isEcho: 'Whether the team wrote it',
  status: 'inbound, or of the team sent, delivered, read or error; absent until sent',
  authorId: 'The user who wrote it, if it was one',
  isDeleted: 'It was deleted at the messenger',
  media: 'Only in Konvert. The file',
  contentUri: 'Where the file is, good until it is removed',
  furtherMedia: 'Only in Konvert. The files after the first, of a message with several',
  location: 'Only in Konvert. The place',
  vcards: 'Only in Konvert. Cards of people',
  poll: 'Only in Konvert. A question to choose answers to',
  forwarded: 'Only in Konvert. It was forwarded',
  by: 'Only in Konvert. A machine wrote it in the team’s name (an away, greeting or scheduled message, another bot), so it answers nothing',
  isImported: 'Only in Konvert. It came by an import, so it opened nothing and told nothing',
  isStandby: 'Only in Konvert. Another program held the conversation then',
  albumId: 'Only in Konvert. The same in all the messages that the messenger shows as one album',
  referral: 'Only in Konvert. What the link carried by which the client came to the chat',
  pressed:
    'Only in Konvert. The button that the client pressed. An event has the payload as its text, a history the label',
  buttons: 'Only in Konvert. The buttons of a message of the team, in rows',
  template: 'Only in Konvert. The template that was sent; text holds its words',
} as const;

/** Every schema that has a name in the description. Only the description imports this. */
export const components: Readonly<Record<string, Component>> = {
  NewMessage: named(message.newMessage, 'A text, a file or a template for a client.', {
    chatType: 'The messenger of the chat; it has to be that of the channel',
    chatId: 'The messenger’s own id of the person: in WhatsApp the number in digits, of Avito the id of the chat',
    text: 'Formatting: `*bold*`, `_italic_`, `~strike~`, triple backquotes, and the tags b, i, u, s',
    contentUri: 'The address of a file. It is fetched before the answer',
    refMessageId: 'The message that this one quotes',
    crmUserId: 'The user who writes, if Konvert-User names none',
    crmMessageId: 'An id of yours. The same once more within 60 seconds is refused, from a page within 48 hours',
    clearUnanswered: 'false: the reply answers nothing, the chat stays unanswered',
    seenUpTo: 'What was on the screen, as it came with it. Without it the reply answers all that is stored',
    templateId: 'templateGuid of GET /v3/templates/whatsapp',
    templateValues: 'The values of its variables, in their order',
    buttonsObject: 'Buttons below the text',
  }),
  ChatType: named(chatType, 'A messenger, as chats name it.'),
  ButtonsObject: named(buttonsObject, 'Buttons, in the form of the messenger.', {
    replyMarkup: 'Telegram: below the message, or in the place of the keyboard',
    buttons: 'A list (WhatsApp), rows (Telegram), or the payloads of a template’s buttons',
    oneTimeKeyboard: 'Telegram: the keyboard is gone after a press',
    removeKeyboard: 'Telegram: takes the keyboard away',
  }),
  ListedButton: named(button.listed, 'A button of a WhatsApp message.', { payload: 'What a press gives back' }),
  RowButton: named(button.inRow, 'A button in a row, of Telegram.', {
    url: 'Where a press leads; an inline button has this or callbackData',
    callbackData: 'What a press gives back, at most 64 bytes',
  }),
  TemplateButton: named(button.payloadButton, 'A button of a template, by its place.', {
    payload: 'What a press gives back',
  }),
  SentMessage: named(message.newMessageAnswer, 'The reply that was accepted: stored, and about to leave.', {
    chatId: 'The chat’s own id, if the request named it by another',
  }),
  MessageChange: named(change.changedMessage, 'The new text, or another file.'),
  ChangedMessage: named(change.changedMessageAnswer, 'The message that was changed.'),

  Template: named(template.template, 'A template of WhatsApp.', {
    templateGuid: 'The templateId of POST /v3/message',
    channels: 'The channels that can send it',
    namespace: 'Always empty: Meta tells none any more',
    status: 'The messenger’s own word in lower case: approved, pending, rejected, paused, disabled, …',
    templateCode: 'A text that sends the template',
  }),
  TemplateComponent: named(template.templateComponent, 'A part of a template, as Meta has it.'),
  TemplateComponentButton: named(template.listedTemplateButton, 'A button of a template, as Meta has it.'),
  BusinessAccount: named(template.businessAccount, 'The WhatsApp business account of a template.'),

  NewUpload: named(upload.newUpload, 'A file that is to be uploaded.', { size: 'Its exact size in bytes' }),
  UploadTarget: named(upload.uploadTarget, 'Where and how the bytes are sent: PUT, within an hour.', {
    url: 'On one machine without its host: it is that of the API',
  }),
  Upload: named(upload.newUploadAnswer, 'Where the file goes.', {
    contentUri: 'Send it with a message after the upload. A file that no message took is removed after a day',
    upload: 'PUT the bytes to url with these headers and no others, within an hour',
  }),

  Chat: named(chat.chat, 'A conversation with a client in a channel.', {
    unansweredSince: 'When the oldest message came that nobody has answered',
    unansweredCount: 'Exact up to 200',
    noReplyNeeded: 'Who said that no reply is needed to the newest messages, and when',
    stillOwed: 'Who said that they still owe an answer, and when',
    preview: 'The beginning of the newest message, at most 100 characters, or its kind in square brackets',
    lastBy:
      'The team wrote the newest message, and if it was refused, the messenger did not take it; absent if it is the client’s',
    seenUpTo: 'What this answer shows. A reply sends it back',
    version: 'Grows with every change: an answer with an older one is stale',
    mayWrite: 'Whether the acting user may write there',
    channelDeleted:
      'The acting user might write there if its channel were not deleted, and may still say that no reply is needed; else absent',
    isOwn: 'Whether it is theirs to answer',
    thread: 'The same for all chats of one person',
  }),
  NoReplyMark: named(chat.noReplyMark, 'Who said that no reply is needed, and when.', {
    userId: 'null: the CRM itself',
  }),
  OwedMark: named(chat.owedMark, 'Who owes an answer, and since when.', { userId: 'null: the CRM itself' }),
  ChatList: named(chat.chatList, 'A page of chats, the longest waiting first.', {
    nextCursor: 'The cursor of the next page; the last page has none',
  }),
  NoReplyNeeded: named(chat.noReplyNeeded, 'Whether a reply is needed to what was seen.', {
    seenUpTo: 'Needed with true: what was on the screen',
  }),
  NewResponsible: named(chat.newResponsible, 'The user who becomes responsible.'),
  Counter: named(chat.counter, 'How many messages wait for a user.', {
    counterV2: 'After 500 waiting chats each further chat counts as one',
    type: 'red if the user has to answer one of the chats themselves',
    lastMsgDateTime: 'When the newest message came',
  }),
  StillOwed: named(desk.stillOwed, 'Whether an answer is still owed.'),
  ChatDeals: named(desk.briefcase, 'The deals of a chat’s contact, the open ones first.'),
  ChatDeal: named(desk.dealOfChat, 'A deal of a chat’s contact.', { link: 'Its card in the CRM' }),

  Message: named(history.message, 'An entry of a history: a message, or a decision of the team.', {
    ...MESSAGE_FIELDS,
    crmMessageId: 'Only in Konvert. The id with which a message of the team was sent, if it was sent with one',
    deliveryId: 'Only in Konvert. Of a message that failed: POST /v1/deliveries/{deliveryId}/retry sends it again',
    reactions: 'Only in Konvert. The client’s reactions to the message',
    noReplyNeeded: 'Only in Konvert. Somebody said that no reply is needed',
    stillOwed: 'Only in Konvert. Somebody of the team said that they still owe an answer to what the client wrote last',
  }),
  NoReplyEntry: named(history.noReplyEntry, 'The decision that no reply is needed.', {
    userId: 'null: the CRM itself',
    withdrawnAt: 'null while it holds',
  }),
  OwedEntry: named(history.owedEntry, 'The promise of an answer.', {
    userId: 'null: the CRM itself',
    withdrawnAt: 'null while it holds',
  }),
  MessageList: named(history.messageList, 'A page of a history, the newest entry last.', {
    seenUpTo: 'What this answer shows. A reply sends it back',
    before: 'The cursor of the older page; the oldest page has none',
  }),
  MessageContact: named(history.messageContact, 'The client, as far as the messenger tells.'),
  QuotedMessage: named(history.quotedMessage, 'What a message quotes.'),
  OldInfo: named(history.oldInfo, 'What a message said before it was changed.'),
  Media: named(history.media, 'A file.', { size: 'In bytes', emoji: 'That of a sticker' }),
  FurtherMedia: named(history.furtherMedia, 'A file after the first.'),
  Location: named(history.location, 'A place, in degrees.'),
  VCard: named(history.vcard, 'The card of a person.', {
    isSender: 'The messenger vouches that the card is the sender’s own',
    text: 'The vCard',
  }),
  Poll: named(history.poll, 'A question to choose answers to.'),
  Forwarded: named(history.forwarded, 'Who said it first, and when, as far as that is told.'),
  Button: named(history.shownButton, 'A button. A press gives back the payload, or else the text.'),
  PressedButton: named(history.pressedButton, 'A button that was pressed.', {
    text: 'Its label',
    payload: 'What it gives back',
  }),
  SendError: named(history.sendError, 'Why a message was not sent.', { reason: 'A word of the compatible API' }),
  SentTemplate: named(history.sentTemplate, 'A template, by its name at the messenger.'),

  Draft: named(desk.draft, 'One’s own unsent text.'),
  StoredDraft: named(desk.storedDraft, 'One’s own unsent text as it is stored; empty if there is none.'),
  QuickReplies: named(desk.quickReplies, 'All quick replies.', {
    version:
      'That of the answer before: if it is not the stored one, nothing is replaced. Without it the last one wins',
  }),
  QuickReply: named(desk.quickReply, 'A text that users put into their messages.', { id: 'Made by the caller' }),
  StoredQuickReplies: named(desk.quickRepliesAnswer, 'All quick replies, in their order.'),
  StoredQuickReply: named(desk.storedQuickReply, 'A quick reply.'),
  NamedChat: named(notice.namedChat, 'A chat by its ids.'),
  LeavingChat: named(notice.leavingChat, 'A chat that the user loses at `leavesAt`, unless somebody answers before.'),
  Notices: named(notice.notices, 'What a browser that was woken has to show.', {
    clients: 'How many people wait for the user',
    isMore: 'There are more than that',
    longest: 'The one who waits longest; absent if nobody waits',
    late: 'Chats that have waited too long; only a head is told of them',
    isSetAway: 'Konvert has set the user away',
    othersSetAway: 'Those whom Konvert has set away, for a head of one of their channels; absent if there are none',
  }),
  PushSubscription: named(desk.pushSubscription, 'Where a browser is woken by Web Push.'),
  StoredSubscription: named(desk.subscriptionAnswer, 'The subscription that was stored or ended.'),

  NewChannel: named(channel.newChannel, 'A messenger account to connect.'),
  ConnectedChannel: named(channel.newChannelAnswer, 'A channel, and how messages come in.', {
    webhookUrl: 'The address that the messenger calls',
    polling: 'Messages are fetched, because the messenger cannot reach this installation',
    secretToken: 'To be typed in at the messenger; shown this once',
    verifyToken: 'To be typed in at the messenger; shown this once',
    webhookFields: 'To be chosen at the messenger',
  }),
  ChannelChange: named(channel.channelChange, 'The fields that change.', {
    enabled: 'false: webhooks are acknowledged and dropped, sending is refused',
    takeOver: 'Registers the webhook anew, and removes that of another program; false unless it is given',
  }),
  DeletedChannel: named(channel.channelId, 'The channel that was deleted.'),
  Channel: named(channel.listedChannel, 'A connected messenger account.', {
    plainId: 'The name or number that people know',
  }),
  ChannelState: named(channel.shownStates, 'How a channel is; phoneUnavailable if no connection may reply.'),
  NewestMessage: named(channel.newestMessage, 'A message of a client.', {
    name: 'What the client is called',
    sentAt: 'The time of the messenger',
    storedAt: 'When Konvert stored it',
  }),
  NewestInChannel: named(channel.newestInChannel, 'Who wrote last in a channel.', {
    newest: 'null: no client has written',
  }),
  Deafness: named(channel.deafness, 'Why the messenger does not call a channel, and since when that is known.'),
  PhoneLink: named(channel.phoneLink, 'The link to the phone behind a channel.', {
    state: 'qridle: the code has to be scanned; init: there is none yet',
    qr: 'The text of the code, as long as there is one. A phone that scans it gets all messages',
  }),
  Connection: named(channel.listedConnection, 'A person’s own account that lets the channel hear their chats.'),

  User: named(user.user, 'A user of the CRM.', {
    phone: '7 to 15 digits; signs between them are removed, and a phone that is badly formed is dropped',
  }),
  StoredUser: named(user.userAnswer, 'A user of the CRM.', { phone: 'In digits' }),
  ListedUser: named(user.listedUser, 'A user of the CRM.'),
  NewContact: named(contact.contact, 'A contact as the CRM pushes it.', { uri: 'Its card in the CRM' }),
  ContactChange: named(contact.contactChange, 'The fields that change.', { id: 'If it is there, that of the path' }),
  NewContactAddress: named(contact.contactData, 'One way to reach a contact.', {
    chatId: 'Needed, but for Telegram a username or phone will do, for MAX a phone',
  }),
  Contact: named(contact.contactAnswer, 'A contact.'),
  ContactAddress: named(contact.contactAddress, 'One way to reach a contact.', {
    chatId: 'Empty if it is not known yet',
  }),
  ContactList: named(contact.contactList, 'A page of contacts.', { count: 'The number of all contacts' }),
  NewDeal: named(deal.deal, 'A deal as the CRM pushes it.', {
    contacts: 'The ids of its contacts, which need not exist yet',
    closed: 'false unless it is given',
  }),
  Deal: named(deal.dealAnswer, 'A deal.', { contacts: 'The ids of its contacts', uri: 'Empty if there is none' }),
  DealList: named(deal.dealList, 'A page of deals.', { count: 'The number of deals on this page' }),
  NewPipeline: named(pipeline.pipeline, 'A pipeline as the CRM loads it.'),
  NewStage: named(pipeline.stage, 'A stage of a pipeline as the CRM loads it.'),
  Pipeline: named(pipeline.storedPipeline, 'A pipeline.'),
  Stage: named(pipeline.storedStage, 'A stage of a pipeline.'),

  NewCrmConnection: named(crm.newCrmConnection, 'A CRM to connect.', {
    credentials: 'Fields of that CRM, as its page in the documentation names them',
  }),
  CrmConnectionChange: named(crm.crmConnectionChange, 'The fields that change.', {
    enabled: 'false: nothing is sent to the CRM and nothing is taken from it; what waits stays',
  }),
  ConnectedCrm: named(crm.connectedCrm, 'The connection that was made or changed.', {
    authorizeUrl: 'To be opened in a browser within ten minutes, by an administrator of the CRM',
    hooksUrl: 'The address that the CRM notifies of changes. It holds a secret',
    frameUrl: 'The address that the CRM opens in a frame',
    todo: 'What a person has to do by hand in the CRM',
  }),
  CrmConnection: named(crm.crmConnection, 'The CRM of the account, and how the connection stands.', {
    portal: 'The account of the CRM; null until it was reached for the first time',
    connectedAs: 'The user of the CRM as which Konvert calls it, with the rights of that user',
    since: 'When it was connected',
    waiting: 'How much waits to leave for the CRM, exact up to 100',
    failed: 'How much could not leave; GET /v1/deliveries lists it',
    refreshing: 'Whether users and pipelines are still to be loaded from the CRM',
    lastNewsAt: 'When the CRM notified Konvert last',
    lastProofAt: 'When Konvert last looked by itself whether anything was missed',
    hooksUrl: 'The address that the CRM notifies of changes. It holds a secret',
    frameUrl: 'The address that the CRM opens in a frame',
    todo: 'What a person has to do by hand in the CRM',
  }),
  CrmState: named(
    crm.crmState,
    'connecting: nobody has consented yet; degraded: it works, and a problem stands; unauthorized: the CRM has taken its consent back; blocked: the CRM takes no calls for now; disabled: it was switched off.',
  ),
  CrmNoAccess: named(crm.crmNoAccess, 'That the CRM lets Konvert in no more.', {
    because: 'What the CRM said',
  }),
  CrmHeld: named(crm.crmHeld, 'That the CRM is not called for now.'),
  CrmPortal: named(crm.crmPortal, 'An account of the CRM.', { host: 'Where it is reached' }),
  CrmProblem: named(crm.crmProblem, 'What does not work as it should.', {
    about: 'What it is about: the id of a channel, the name of a property',
    text: 'What it means, and what ends it',
  }),
  CrmTodo: named(crm.crmTodo, 'Something to do by hand in the CRM.', {
    code: 'What it is; the page of that CRM in the documentation says how',
    values: 'What to copy there, by the CRM’s own names',
  }),
  DisconnectedCrm: named(crm.disconnectedCrm, 'The connection that was ended.'),
  RefreshingCrm: named(crm.refreshingCrm, 'The CRM takes long, so loading goes on by itself.'),
  RefreshedCrm: named(crm.refreshedCrm, 'What was loaded from the CRM.', {
    pipelines: 'How many there are now',
    problems: 'Those that stand now',
  }),
  Registration: named(receiver.newRegistration, 'Where events go, and which.', {
    webhooksUri: 'Without it the address stays',
    crmKey: 'Goes with each event as Authorization: Bearer. Left out it stays, null removes it',
  }),
  WantedEvents: named(receiver.switchesSchema, 'Which events are wanted. A switch that is left out is off.', {
    templateStatuses: 'Another name of templateStatus',
    wabaTemplatesStatus: 'Another name of templateStatus',
  }),
  Registered: named(receiver.registrationAnswer, 'The address is registered.'),
  Receiver: named(receiver.receiverAnswer, 'Where events go, and which.', {
    endedAt: 'There if the receiver answered 410: nothing is sent until it is registered again',
  }),
  SubscribedEvents: named(receiver.subscribed, 'Which events are sent.', {
    wabaTemplatesStatus: 'Another name of templateStatus',
  }),
  ReceiverTest: named(receiver.receiverTest, 'What a receiver answered to a test.', {
    status: 'Absent if there was no answer',
    reason: 'Why there was no answer: TIMEOUT, PRIVATE_ADDRESS or the code of a failed connection',
  }),
  AnsweredCall: named(receiver.answeredCall, 'A call of a receiver, and what it answered.', {
    status: 'Absent if there was no answer',
    reason: 'Why there was no answer: TIMEOUT, PRIVATE_ADDRESS or the code of a failed connection',
    events: 'How many events were in the call; a test has none',
  }),
  AnsweredCalls: named(receiver.answeredCalls, 'The last answers of a receiver, the newest first.'),
  SigningSecret: named(receiver.newSecretAnswer, 'A secret that signs events; shown this once.', {
    formerSignsUntil: 'Until when the former one signs beside it; null if there was none',
  }),
  TestEvent: named(events.testBody, 'Nothing but a test.'),
  MessagesEvent: named(event.messagesBody, 'Messages and statuses. At least one of the arrays is there.'),
  ChannelsEvent: named(event.channelsBody, 'The states of channels.'),
  TemplateEvent: named(event.templateBody, 'The status of a template.'),
  AssignmentsEvent: named(event.assignmentsBody, 'Why users became responsible for clients.'),
  AssignmentEvent: named(event.assignmentEvent, 'Why a user became responsible for a client.', {
    contactId: 'Absent as long as the client has no contact',
    userId: 'Who is responsible from then on; absent if nobody is, and the client is in the pool',
    place: 'The place in the rotation, from 1, or in the order of returns; absent without a turn',
    from: 'Of a return: who was responsible, and did not answer',
    waitedMinutes: 'Of a return: after how many working minutes',
  }),
  WaitingEvent: named(event.waitingBody, 'Clients who wait too long.'),
  WaitingClient: named(event.waitingEvent, 'A client who has waited so long that heads are told.', {
    since: 'The time of the first message that nobody has answered',
    responsibleUserId: 'Absent if the client is in the pool',
  }),
  EventMessage: named(event.eventMessage, 'A message as receivers get it.', MESSAGE_FIELDS),
  EventStatus: named(event.eventStatus, 'What became of a message.', {
    text: 'Only in Konvert. What the message says after the edit',
  }),
  EventError: named(event.messageError, 'Why a message failed.'),
  ChannelUpdate: named(event.channelUpdate, 'The state of a channel.', {
    tier: 'The messenger’s own word for how many people the number may write to in a day',
    timestamp: 'In milliseconds',
  }),
  CreateContactEvent: named(event.createContactBody, 'A new client: make a contact, and answer it.'),
  ContactToMake: named(event.contactToMake, 'A contact that the CRM is asked to make.'),
  DealToMake: named(event.dealToMake, 'A deal that the CRM is asked to make.', { contacts: 'The ids of its contacts' }),
  CreationSource: named(event.creationSource, 'byUser if a user asked for it.'),
  KnownAddress: named(event.knownAddress, 'An address of a client, as far as it is known.'),
  CreateDealEvent: named(event.createDealBody, 'A client who needs a deal: make it, and answer it.'),
  MadeContact: named(events.madeContact, 'The contact that the CRM made; best with all fields.'),
  MadeDeal: named(events.madeDeal, 'The deal that the CRM made; best with all fields.'),

  Delivery: named(delivery.delivery, 'A reply or an event that failed for good or waits to leave.', {
    target: 'The key of a chat, or webhook for all events',
    name: 'What the client is called that it is about; absent if it is about a channel or a template',
    eventId: 'The same for ever',
    attempts: 'The calls so far',
  }),
  DeliveryKind: named(delivery.deliveryKind, 'What is delivered.'),
  DeliveryError: named(delivery.deliveryError, 'Why the last call failed.'),
  DeliveryList: named(delivery.deliveryList, 'A page of at most 50 deliveries. It may be empty and not the last.'),
  Retry: named(delivery.retryWanted, 'Everything that failed for a target.'),
  Replay: named(delivery.replayWanted, 'The events of a time.', { to: 'Not part of it; now unless it is given' }),
  SentAgain: named(delivery.sentAgain, 'How many wait to leave again.', { more: 'Others follow by themselves' }),
  RetriedDelivery: named(delivery.retried, 'The delivery that is tried again.'),

  AccountHealth: named(accountHealth.accountHealth, 'What waits in an account.', {
    lanes: 'What does not leave as it should, the longest waiting first; at most 20',
    moreLanes: 'More may wait to leave',
  }),
  OldestUnanswered: named(accountHealth.oldestUnanswered, 'The chat whose client has waited longest.'),
  WaitingWithoutAnybody: named(
    accountHealth.waitingWithoutAnybody,
    'Waiting chats of which nobody who is responsible could answer.',
    {
      since: 'Since when the first of them waits',
      atLeast: 'There are more than 1,000',
    },
  ),
  DeafChannel: named(accountHealth.deafChannel, 'A channel that its messenger does not call.'),
  WaitingLane: named(accountHealth.waitingLane, 'What waits to leave for a target.', {
    target: 'The key of a chat, or webhook for events',
    waiting: 'Up to 100',
    since: 'Since when the first of it waits',
    atLeast: 'More waits',
    setAside: 'Events of one client or channel that the receiver refused while it took others',
    nextAttemptAt: 'Absent while it is being tried',
  }),

  Assignment: named(assignment.assignment, 'Why a user became responsible for a client.', {
    name: 'What the client is called by now',
    place: 'The user’s place in the rotation, from 1; null without a turn',
    passedOver: 'The users who got no turn',
  }),
  PassedOver: named(assignment.passedOver, 'A user who got no turn.', {
    reason: 'SWITCHED_OFF, MAY_NOT_WRITE, AWAY, OUT_OF_HOURS, or of a return HAD_THIS_CLIENT',
  }),
  AssignmentList: named(assignment.assignmentList, 'A page of at most 50. It may be empty and not the last.'),

  Statistics: named(statistics.statistics, 'How long clients waited, and who answered them.', {
    zone: 'The time zone of the days, hours and weekdays',
    from: 'The first day, YYYY-MM-DD',
    to: 'The last day',
    exact: 'Whether the percentiles are exact. Above 50,000 waits they are within 2.5 percent',
    now: 'What waits now, in the channels that a head sees; absent for a seller',
  }),
  WaitingNow: named(statistics.waitingNow, 'What waits now.', {
    waiting: 'The number of chats',
    since: 'Since when the longest of them waits; null if none does',
  }),
  StatisticsRow: named(statistics.statisticsRow, 'What was counted for one key. Times are in seconds.', {
    key: 'A day YYYY-MM-DD, an hour 00 to 23, a weekday 1 (Monday) to 7, both as 1-09, the id of a channel or user; else what `kind` says',
    kind: 'What the key is. Of users also `crm` (answered without a user), `phone` (on a phone) and `nobody` (not answered)',
    waits: 'All waits that began then',
    answered: 'Those that an answer ended',
    noReplyNeeded: 'Those that the word ended that no reply is needed',
    auto: 'Those that a text ended which a phone sent by itself, as it seems',
    open: 'Those that have not ended',
    replyTime: 'From the first message of an answered wait to its answer',
    inHours: 'The same, in working time of the channel',
    firstReply: 'The same as replyTime, of clients whom nobody had answered before',
    ownTime: 'Of answers by the responsible user, since they got the client',
    letGo: 'Clients who went back from the user, because they did not answer',
    received: 'Clients who came to the user in that way',
    newClients: 'New clients that the user became responsible for: each counts once, for who had them first',
  }),
  Percentiles: named(statistics.percentiles, 'Seconds; null if there is nothing to count.', {
    p50: 'Half of them were not longer',
    p90: 'Nine of ten were not longer',
  }),
  WouldReturn: named(statistics.wouldReturn, 'What a setting of the timer would have done.', {
    days: 'Over how many days',
    waits: 'All waits that ended in them',
    wouldWarn: 'Waits in which a user would have been warned',
    wouldReturn: 'Waits whose client would have gone to another user',
    wouldPool: 'Waits whose client would have fallen into the pool',
    wouldTell: 'Waits of which heads would have been told',
    answered: 'Waits that an answer ended',
    byPhone: 'Those of them that were answered on a phone',
    warnings: 'What of the channel the setting does not go well with',
  }),

  NewChannelSettings: named(settings.newSettings, 'The settings of a channel.', {
    schedule: 'The name of one of the account’s schedules; null: always open. Absent: unchanged',
    waiting: 'What is done about clients who wait; null: nothing. Absent: unchanged',
    version: 'That which was read: if another one is stored, nothing is',
  }),
  NewClients: named(settings.newClients, 'What happens to new clients.', {
    pipelineId: 'Needed in round-robin',
    stageId: 'Needed in round-robin if the pipeline has stages',
  }),
  NewClientMode: named(settings.newClientMode, 'How new clients are given out.'),
  Role: named(settings.role, 'What a user may see and do in a channel.'),
  NewUserRole: named(settings.newRole, 'The role that a user gets in a channel.', {
    allowGetNewClients: 'false unless it is given',
  }),
  ChannelSettings: named(settings.settings, 'The settings of a channel.', {
    schedule: 'Absent: always open',
    waiting: 'Absent: nothing is done about clients who wait',
    warnings:
      'What of `waiting` is hardly meant so: heads are told before a client is returned, or some opening is shorter',
    version: 'Grows with each change; 0 if there was none',
  }),
  NewWaiting: named(waiting.newWaiting, 'What is done about clients who wait. Minutes are of working time.', {
    returnAfterMinutes: 'After so many minutes an unanswered client goes to the next user; null: never',
    returnsAtMost: 'So often in one wait',
    then: 'After the last user: into the pool, or stay',
    tellHeadsAfterMinutes: 'Then the heads are told; null: never',
    awayAfterReturns:
      'After so many returns in a row without a reply the user is set away, unless phones give more than a third of the answers; 0: never',
    outsideHours: 'New clients while the channel is closed: given out, or held until it opens',
  }),
  Waiting: named(waiting.storedWaiting, 'What is done about clients who wait.'),
  StoredNewClients: named(settings.storedNewClients, 'What happens to new clients.'),
  UserRole: named(settings.storedRole, 'The role of a user in a channel.'),
  ListedSettings: named(settings.settingsWithProblems, 'The settings of a channel, and what no longer holds of them.'),
  SettingsPreview: named(settings.preview, 'What a replacement of settings would change for people.', {
    givenOut: 'Waiting clients',
    losesSight: 'Those who lose most first',
    atLeast: 'The counting ended early: no figure is too large',
  }),
  SightLoss: named(settings.loss, 'A user who would see fewer chats of the channel.'),
  SettingsProblems: named(settings.problems, 'What cannot be stored, or no longer holds.'),
  AllSettings: named(
    settings.allSettings,
    'The options of the account, and the settings of its channels by their ids.',
    { version: 'That of the options; each channel has its own' },
  ),
  OptionsChange: named(settings.newOptions, 'The options that change.', {
    frameAncestors: 'Pages of these origins may show ours in a frame: https://host or https://*.host.example',
    retentionDays: 'After so many days messages are forgotten; null keeps them',
    schedules: 'By name. null takes one away; those that are not named stay',
    renameSchedules: 'New names by the present ones, without `schedules`. Channels and users keep the schedule',
    zone: 'The IANA name of the zone in which the account counts its days',
    version: 'That which was read: if another one is stored, nothing is',
  }),
  Options: named(settings.optionsAnswer, 'The options of the account.', {
    retentionDays: 'After so many days messages are forgotten; null keeps them',
    schedules: 'By name, as they hold now',
    zone: 'The IANA name of the zone in which the account counts its days',
    version: 'Grows with each change of them; 0 if there was none',
  }),
  Hours: named(schedule.hours, 'When a team works.', {
    zone: 'The IANA name of the zone of its wall clock',
    exceptions: 'By date, YYYY-MM-DD: they stand in the place of the day of the week; [] is a day off',
  }),
  StoredHours: named(schedule.storedHours, 'When a team works.', { exceptions: 'By date. [] is a day off' }),
  StoredWeek: named(schedule.storedWeek, 'The intervals of the days of a week. A day that is missing is off.'),
  Week: named(schedule.week, 'The intervals of the days of a week. A day that is missing is off.'),
  Interval: named(schedule.interval, 'From and to, `HH:MM`. An end before its start is on the next day.'),

  Team: named(team.team, 'The users that the caller may know of, by name.'),
  TeamMember: named(team.member, 'A user, and whether they receive clients.', {
    until: 'When the status ends; absent: when somebody says otherwise',
    by: 'Who said it, or `schedule`. Absent: on, because nobody said otherwise',
    schedule: 'Absent: none',
    channels: 'The channels in which they have a role',
    returnable:
      'How many of their clients would go to others with `return: true`, at most 50. Told to the user who asks, while they are away',
  }),
  UserDuty: named(
    team.duty,
    'What a user does while they are on: `receives` new clients, `answers` only those who are theirs, `watches` (quality control), or `none`, without a role.',
  ),
  UserStatus: named(team.status, 'Whether a user receives clients. `away` takes nothing from them.'),
  StatusBy: named(team.statusBy, 'By whom or what a status is in force.'),
  NewUserStatus: named(team.newStatus, 'Whether a user receives clients from now on.', {
    until: 'Later than now, and within 400 days',
    return: 'With `away`: waiting new clients go to the next user in 30 s, unless somebody replies before',
  }),
  NewUserSchedule: named(team.newSchedule, 'The schedule of a user.', { schedule: 'null: none' }),

  NewAccount: named(account.newAccount, 'An account to make.'),
  CreatedAccount: named(account.newAccountAnswer, 'An account with its first API key.', { apiKey: 'Shown this once' }),
  AccountChange: named(account.accountChange, 'Whether the account is enabled.'),
  Account: named(account.accountAnswer, 'Whether the account is enabled.'),
  NewKey: named(account.wantedKey, 'An API key to make.', { name: 'For people' }),
  CreatedKey: named(account.newKeyAnswer, 'An API key.', { apiKey: 'Shown this once' }),
  KeyList: named(account.keyList, 'The API keys of the account, the oldest first.'),
  Key: named(account.listedKey, 'An API key, without the key itself.', {
    createdAt: 'null for keys of the first version',
    lastUsedAt: 'Up to an hour too early; null before the first use',
  }),
  RevokedKey: named(account.keyId, 'The API key that was revoked.'),
  Audit: named(audit.auditPage, 'A page of at most 50 administrative acts, the newest first.'),
  BegunCheck: named(check.begunCheck, 'A check that was begun, or that was under way.'),
  Check: named(check.checkAnswer, 'A check of what is stored.', {
    mode: 'whole if it was asked for; daily recounts what is open, what has changed, and some of the rest',
    chats: 'So many were looked at',
    faults: 'What was found',
  }),
  CheckFault: named(check.checkFault, 'How often something was found.', {
    mended: 'So many of those are right by now',
  }),
  AuditEntry: named(audit.auditEntry, 'An administrative act.', {
    actor: 'The id of an API key, operator, user: and the id of a user, or konvert itself',
    subject: 'The id of what it was done to',
  }),

  ExportPage: named(exported.exportPage, 'A page of everything that is known of a person.', {
    next: 'For the next page; null on the last',
  }),
  ExportedPerson: named(
    exported.exportedPerson,
    'The person. All but the id that was asked for stands on the first page only.',
    { ids: 'All their ids', assignments: 'Why users became responsible, the newest first' },
  ),
  ExportedId: named(exported.exportedId, 'An id that a messenger has for the person.'),
  ExportedContact: named(exported.exportedContact, 'What the CRM keeps of the person.'),
  ExportedDeal: named(exported.exportedDeal, 'A deal of one of those contacts.'),
  ExportedChat: named(exported.exportedChat, 'A chat of the person, as it is now.', {
    ids: 'The other ids that its messages told',
  }),
  ExportedMessage: named(exported.exportedMessage, 'A message or a decision, as a history has it.', {
    raw: 'What the messenger told of a message of an unknown kind',
    isWaiting: 'It has not left yet',
  }),
  ExportedFile: named(exported.exportedFile, 'A file of one of these messages.'),
  BegunErasure: named(people.begunErasure, 'The erasure that has begun.', {
    erasureId: 'GET /v1/erasures/{erasureId} reports it',
  }),
  Erasure: named(people.erasure, 'An erasure. It names neither the person nor what was erased.', {
    kind: 'person, or account',
    state: 'pending, or done',
    doneAt: 'null while it is pending',
    erased: 'How much so far. What a run erased that was cut short may be missing',
  }),
  Erased: named(people.erased, 'How much was erased.', {
    deliveries: 'Replies, events and the like that had left or waited to',
  }),
  Erasures: named(people.erasureList, 'A page of at most 50 erasures, the newest first.', {
    next: 'The after of the next page; null if this is the last',
  }),

  ChatWindow: named(page.newFrame, 'Who looks, and at what.', {
    scope: 'All chats of the user, or those of the addresses in filter',
    filter: 'The addresses of one card. An item without chatId and phone is left out',
    activeChat: 'The chat to open',
  }),
  FrameUser: named(page.frameUser, 'The user who looks. The stored name is shown.'),
  FrameAddress: named(page.addressInCard, 'An address of a card.'),
  FrameChat: named(page.activeChat, 'The chat to open.'),
  FrameOptions: named(page.frameOptions, 'What the CRM’s page does itself.', {
    useDealsEvents: 'Deals are opened and made by the CRM’s page',
  }),
  NewPageLink: named(page.newPageLink, 'A link for one user, or for the settings.', {
    activeChat: 'The chat that the page of the user opens',
  }),
  PageLink: named(page.pageLink, 'An address that opens the page once.', {
    url: 'Good once; its secret is in the fragment',
  }),
  NewPageToken: named(page.newPageToken, 'The secret of a link.', {
    link: 'The 43 characters after #k=',
    device: 'The browser stays signed in by a cookie',
  }),
  Renewal: named(page.renewal, 'Who the page is open for.'),
  PageToken: named(page.pageToken, 'A bearer of the page, and what it opens.', {
    expiresAt: 'Twelve hours after the last use',
  }),
  PageScope: named(page.pageScope, 'What a page shows, as its link said.'),
  CardAddress: named(page.cardAddress, 'An address of a card.'),
  OpenedChat: named(page.openedChat, 'The chat that a page opens.'),
  Me: named(page.me, 'Who looks, and what there is to choose from.', {
    user: 'null on a page of settings',
    doorbell: 'true if POST /v1/doorbells gives an address',
    demo: 'The demo clients can be played here',
    pushKey: 'The key with which a browser subscribes to Web Push',
  }),
  PageChannel: named(page.channelInPage, 'A channel as a page sees it.', {
    role: 'The user’s own, null without one',
    writers: 'The ids of those who may write there, for those who have a role there themselves',
  }),
  Device: named(page.device, 'A browser that is signed in.', { isThis: 'It is the one that asks' }),
  DeviceList: named(page.deviceList, 'The browsers that are signed in.'),
  EndedDevice: named(page.endedDevice, 'The device that was ended.'),
  Doorbell: named(page.doorbell, 'The address of a socket.', { url: 'With a ticket for 60 seconds' }),

  Health: named(health, 'Konvert answers.'),
  Nothing: named(done, 'There is nothing to say.'),

  WrongFields: named(errorData.wrongFields, 'The fields that are missing or wrong.'),
  WrongEntity: named(errorData.wrongEntity, 'Where an array is wrong.'),
  OfChannel: named(errorData.ofChannel, 'The channel at fault.'),
  OfTransport: named(errorData.ofTransport, 'The channel at fault, and its messenger.'),
  MessengerCode: named(errorData.messengerCode, 'The messenger’s own code.'),
  WrongValues: named(errorData.wrongValues, 'The values at fault.', { earliest: 'The earliest time that would do' }),
  CrmCode: named(errorData.crmCode, 'The CRM’s own code, or Konvert’s word for it.'),
  OtherProgram: named(errorData.otherProgram, 'Which program gets the updates.', {
    webhookHost: 'The host of its webhook',
  }),
  WrongSettings: named(errorData.wrongSettings, 'The settings at fault.'),
  TooMany: named(errorData.tooMany, 'How many there are, and how many there may be.'),
  LimitOfAccount: named(errorData.limitOfAccount, 'How many an account may have.'),
  TakenPhone: named(errorData.takenPhone, 'The phone that somebody else has.'),
  StoredVersion: named(errorData.storedVersion, 'The version that is stored.'),
  WrongMessenger: named(errorData.wrongMessenger, 'The channel with its messenger, and the messenger that was named.'),
  RepeatedMessage: named(errorData.repeatedMessage, 'The message that was accepted before.', {
    messageId: 'Told to a page only',
  }),
  TakenBy: named(errorData.takenBy, 'Who has taken the client.'),
  LongWait: named(errorData.longWait, 'How long the messenger asks to wait.'),
  TestAnswer: named(errorData.testAnswer, 'What the address answered.'),
  TestFailure: named(errorData.testFailure, 'Why the address did not answer.', {
    reason: 'TIMEOUT, PRIVATE_ADDRESS, or the code of a failed connection',
  }),
};
