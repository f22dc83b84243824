// Longer than 300 lines: one table, an entry for each code.

import * as z from 'zod/mini';

/**
 * The shape of an error's body: `plain` in most of the API; `message` in `POST /v3/message`, with `status` and
 * `requestId`; `code` in `POST /v3/iframe`, with the code in an object.
 */
export type ErrorShape = 'plain' | 'message' | 'code';

/** What a code of an error says. */
export interface ErrorMeaning {
  /** The statuses that it comes with, the usual one first. */
  readonly statuses: readonly [number, ...number[]];
  /** One plain sentence. */
  readonly meaning: string;
  /** The shape of its body, if it is not that of the route. */
  readonly shape?: ErrorShape;
  /** The `data` beside it. Absent if it never has any. */
  readonly data?: z.ZodMiniType;
}

const text = z.string();

/** The `data` of errors that several codes have. `wrongEntity`: a place in an array, and its wrong fields. */
export const errorData = {
  wrongFields: z.object({ fields: z.array(text) }),
  wrongEntity: z.object({ index: z.int(), fields: z.array(text) }),
  ofChannel: z.object({ channelId: text }),
  ofTransport: z.object({ channelId: text, transport: text }),
  messengerCode: z.object({ code: text }),
  wrongValues: z.object({ fields: z.array(text), earliest: z.optional(text) }),
  crmCode: z.object({ code: text }),
  otherProgram: z.object({ webhookHost: z.optional(text) }),
  wrongSettings: z.object({
    fields: z.array(text),
    unknownUsers: z.optional(z.array(text)),
    unknownPipelines: z.optional(z.array(text)),
    unknownStages: z.optional(z.array(text)),
  }),
  tooMany: z.object({ count: z.int(), limit: z.int() }),
  limitOfAccount: z.object({ limit: z.int() }),
  takenPhone: z.object({ phone: text }),
  storedVersion: z.object({ version: z.int() }),
  wrongMessenger: z.object({ channelId: text, transport: text, chatType: text }),
  repeatedMessage: z.object({ crmMessageId: text, messageId: z.optional(text) }),
  takenBy: z.object({ responsibleUserId: z.optional(text), name: z.optional(text) }),
  longWait: z.object({ retryAfterSeconds: z.int() }),
  testAnswer: z.object({ status: z.int() }),
  testFailure: z.object({ reason: text }),
};
const { wrongFields: fields, ofChannel: channelId, ofTransport, messengerCode } = errorData;
/** Empty if it is no array at all. */
const places = z.array(errorData.wrongEntity);

/**
 * Every code that an error of the API can have. It is a table for the description: functions import its type only, so
 * that none of them carries it.
 */
export const ERROR_CODES = {
  UNAUTHORIZED: { statuses: [401], meaning: 'The key, token or secret is missing, wrong, revoked or has ended.' },
  UNKNOWN_USER: {
    statuses: [401, 400],
    meaning: 'Nobody has that id: as 401 the user in Konvert-User, as 400 a user who may write in the channel.',
    data: z.optional(fields),
  },
  FORBIDDEN: { statuses: [403], meaning: 'This key, page or user may not do this.' },
  ACCOUNT_DISABLED: { statuses: [403], meaning: 'The operator has disabled the account.' },
  NOT_FOUND: { statuses: [404], meaning: 'There is no such route, or not in this installation.' },
  INVALID_REQUEST: {
    statuses: [400, 416, 417],
    meaning: 'Values are missing or wrong.',
    data: z.optional(errorData.wrongValues),
  },
  INVALID_JSON: { statuses: [400], meaning: 'The body is no JSON, or is nested too deeply, or has too many values.' },
  INVALID_BODY: { statuses: [400], meaning: 'The body is not compressed as Content-Encoding says.' },
  TOO_LARGE: { statuses: [413, 431], meaning: 'The body is too large; as 431, the headers are.' },
  UNSUPPORTED_MEDIA_TYPE: { statuses: [415], meaning: 'The coding or charset of the body is not known.' },
  TIMEOUT: { statuses: [408], meaning: 'The request took too long to arrive.' },
  INTERNAL_ERROR: { statuses: [500], meaning: 'Something broke on our side; sending the same again is safe.' },
  STARTING: { statuses: [503], meaning: 'The installation is not a minute old; try again soon.' },

  ACCOUNT_NOT_FOUND: { statuses: [404], meaning: 'The operator has made no such account.' },
  ACCOUNT_ENABLED: { statuses: [409], meaning: 'An account is disabled before it is closed.' },
  KEY_NOT_FOUND: { statuses: [404], meaning: 'The account has no such API key.' },
  CHECK_NOT_FOUND: { statuses: [404], meaning: 'There was no such check in the last 90 days.' },
  LAST_KEY: { statuses: [400], meaning: 'The last API key of an account cannot be revoked.' },

  CHANNEL_NOT_FOUND: {
    statuses: [404, 400],
    meaning: 'The channel was deleted, or the account never had it.',
    data: z.optional(channelId),
  },
  CREDENTIALS_REFUSED: {
    statuses: [400],
    meaning: 'The messenger refused the credentials; the description is in its words.',
    data: z.union([fields, channelId]),
  },
  CONNECTED_ELSEWHERE: {
    statuses: [409],
    meaning: 'Another program gets the updates of that bot.',
    data: errorData.otherProgram,
  },
  TOO_MANY_CHANNELS: { statuses: [409], meaning: 'The messenger account has as many channels as it may have.' },
  CHANGE_UNDER_WAY: { statuses: [409], meaning: 'Another request changes the webhook; try again in a minute.' },
  MESSENGER_UNREACHABLE: { statuses: [503], meaning: 'The messenger did not answer, or said neither yes nor no.' },
  INVALID_SETTINGS: {
    statuses: [400],
    meaning: 'The settings cannot be stored.',
    data: errorData.wrongSettings,
  },

  CRM_NOT_CONNECTED: { statuses: [404], meaning: 'The account has no CRM connected.' },
  CRM_CONNECTED: { statuses: [409], meaning: 'The account has a CRM already, or the credentials are of another one.' },
  INVALID_CREDENTIALS: { statuses: [400], meaning: 'Credentials of the CRM are missing or wrong.', data: fields },
  CRM_REFUSED: {
    statuses: [400],
    meaning: 'The CRM refused; the description is in its words.',
    data: errorData.crmCode,
  },
  CRM_UNREACHABLE: { statuses: [503], meaning: 'The CRM did not answer, or asks to wait.' },
  DIRECTORY_KEPT_BY_CONNECTOR: {
    statuses: [409],
    meaning: 'The connected CRM keeps users, contacts, deals and pipelines.',
  },

  INVALID_USERS_DATA: { statuses: [400], meaning: 'Users are missing or wrong; none was stored.', data: places },
  INVALID_CONTACTS_DATA: { statuses: [400], meaning: 'Contacts are missing or wrong; none was stored.', data: places },
  INVALID_DEALS_DATA: { statuses: [400], meaning: 'Deals are missing or wrong; none was stored.', data: places },
  INVALID_PIPELINES_DATA: {
    statuses: [400],
    meaning: 'Pipelines are missing, wrong or too large together; none was stored.',
    data: z.optional(places),
  },
  TOO_MANY_ENTITIES: {
    statuses: [400],
    meaning: 'The array is longer than one request may have.',
    data: errorData.tooMany,
  },
  USER_LIMIT_EXCEEDED: {
    statuses: [400],
    meaning: 'The account would have more users than it may.',
    data: errorData.limitOfAccount,
  },
  DUPLICATE_PHONE_NUMBER: {
    statuses: [400],
    meaning: 'Another user has that phone.',
    shape: 'message',
    data: errorData.takenPhone,
  },
  USER_NOT_FOUND: { statuses: [404], meaning: 'There is no such user.' },
  CONTACT_NOT_FOUND: { statuses: [404], meaning: 'There is no such contact.' },
  DEAL_NOT_FOUND: { statuses: [404], meaning: 'There is no such deal.' },

  CHAT_NOT_FOUND: { statuses: [404], meaning: 'There is no such chat, or the user does not see it.' },
  PERSON_NOT_FOUND: { statuses: [404], meaning: 'Nothing is stored of such a person.' },
  ERASURE_NOT_FOUND: { statuses: [404], meaning: 'There is no such erasure, or it is older than 90 days.' },
  CHAT_NO_ACCESS: { statuses: [403], meaning: 'The user may not write in the chat.' },
  INVALID_SEEN_UP_TO: {
    statuses: [400],
    meaning: 'seenUpTo is missing, or is not one that came with this chat.',
    data: fields,
  },
  NOTHING_TO_ANSWER: { statuses: [400], meaning: 'The client has written nothing that an answer could be owed to.' },
  NO_CONTACT: { statuses: [409], meaning: 'The client has no contact in the CRM yet.' },
  SETTINGS_CHANGED: {
    statuses: [409],
    meaning: 'Somebody else has changed the settings; data holds the version that is stored.',
    data: errorData.storedVersion,
  },
  QUICK_REPLIES_CHANGED: {
    statuses: [409],
    meaning: 'Somebody else has changed the quick replies; data holds the version that is stored.',
    data: errorData.storedVersion,
  },

  INVALID_MESSAGE_DATA: { statuses: [400], meaning: 'Values of the message are missing or wrong.', data: fields },
  WRONG_TRANSPORT: {
    statuses: [400],
    meaning: 'The channel belongs to another messenger than chatType says.',
    data: errorData.wrongMessenger,
  },
  CHANNEL_BLOCKED: { statuses: [400], meaning: 'The account has switched the channel off.', data: channelId },
  MESSAGE_CHANNEL_UNAVAILABLE: {
    statuses: [400],
    meaning: 'The messenger no longer takes the credentials of the channel, or no phone is linked to it.',
    data: channelId,
  },
  MESSAGE_NOTHING_TO_SEND: { statuses: [400], meaning: 'Neither text nor file nor template is there.', data: fields },
  MESSAGE_ONLY_TEXT_OR_CONTENT: { statuses: [400], meaning: 'Text and contentUri are both there.', data: fields },
  MESSAGES_ONLY_TEXT_OR_CONTENT: {
    statuses: [400],
    meaning: 'Text and contentUri are both there, or the message is a file and has no text.',
    data: z.union([fields, messengerCode]),
  },
  MESSAGES_TEXT_CAN_NOT_BE_BLANK: { statuses: [400], meaning: 'The text is blank.', data: fields },
  MESSAGES_CONTENT_CAN_NOT_BE_BLANK: { statuses: [400], meaning: 'The file is empty or missing.', data: fields },
  MESSAGE_DOWNLOAD_CONTENT_ERROR: {
    statuses: [400],
    meaning: 'The file at contentUri could not be fetched.',
    data: fields,
  },
  MESSAGE_WRONG_CONTENT_TYPE: { statuses: [400], meaning: 'The messenger takes no file of that type.', data: fields },
  MESSAGES_CONTENT_SIZE_EXCEEDED: {
    statuses: [400],
    meaning: 'The file is larger than 10 MB, or than the messenger takes.',
    data: fields,
  },
  MESSAGES_UNSUPPORTED_CONTENT_TYPE_INSTAPI: {
    statuses: [400],
    meaning: 'Instagram takes no file of that type.',
    data: fields,
  },
  MESSAGES_CONTENT_SIZE_EXCEEDED_TELEGRAM: {
    statuses: [400],
    meaning: 'The file is larger than Telegram takes.',
    data: fields,
  },
  MESSAGES_CONTENT_SIZE_EXCEEDED_WABA: {
    statuses: [400],
    meaning: 'The file is larger than WhatsApp takes.',
    data: fields,
  },
  MESSAGE_TEXT_TOO_LONG: {
    statuses: [400],
    meaning: 'The text is longer than WhatsApp by QR code, Messenger or MAX takes.',
    data: fields,
  },
  MESSAGES_TOO_LONG_AVITO: { statuses: [400], meaning: 'The text is longer than Avito takes.', data: fields },
  MESSAGES_TOO_LONG_INSTAGRAM: { statuses: [400], meaning: 'The text is longer than Instagram takes.', data: fields },
  MESSAGES_TOO_LONG_VIBER: { statuses: [400], meaning: 'The text is longer than Viber takes.', data: fields },
  MESSAGES_TOO_LONG_VK: { statuses: [400], meaning: 'The text is longer than VK takes.', data: fields },
  MESSAGES_TOO_LONG_TELEGRAM: { statuses: [400], meaning: 'The text is longer than Telegram takes.', data: fields },
  MESSAGES_TOO_LONG_WABA: { statuses: [400], meaning: 'The text is longer than WhatsApp takes.', data: fields },
  MESSAGES_TOO_LONG_WABA_HEADER: {
    statuses: [400],
    meaning: 'The header of the template is longer than WhatsApp takes.',
    data: fields,
  },
  MESSAGES_TOO_LONG_WABA_TEMPLATE: {
    statuses: [400],
    meaning: 'The template with its values is longer than WhatsApp takes.',
    data: fields,
  },
  REFERENCE_MESSAGE_NOT_FOUND: {
    statuses: [400],
    meaning: 'The chat has no message of the id in refMessageId.',
    data: fields,
  },
  TEMPLATE_REJECTED: {
    statuses: [400],
    meaning: 'The channel has no approved template of that id.',
    data: fields,
  },
  REPEATED_CRM_MESSAGE_ID: {
    statuses: [400],
    meaning: 'A message with that crmMessageId was accepted; a page is told its id.',
    data: errorData.repeatedMessage,
  },
  ALREADY_TAKEN: {
    statuses: [409],
    meaning: 'Somebody else has taken this client.',
    data: errorData.takenBy,
  },

  MESSAGES_NOT_FOUND: {
    statuses: [400],
    meaning: 'There is no such message, or none that left through Konvert and is still there.',
    data: z.optional(messengerCode),
  },
  MESSAGES_CONTAIN_BUTTONS: {
    statuses: [400],
    meaning: 'A message with buttons cannot be edited.',
    data: z.optional(messengerCode),
  },
  MESSAGES_EDITING_TIME_EXPIRED: {
    statuses: [400],
    meaning: 'The message is too old to be edited.',
    data: z.optional(messengerCode),
  },
  MESSAGES_DELETION_TIME_EXPIRED: {
    statuses: [400],
    meaning: 'The message is too old to be deleted.',
    data: z.optional(messengerCode),
  },
  CHANNEL_INVALID_TRANSPORT_FOR_EDITING: {
    statuses: [400],
    meaning: 'The messenger cannot edit messages.',
    data: ofTransport,
  },
  CHANNEL_INVALID_TRANSPORT_FOR_CONTENT_EDITING: {
    statuses: [400],
    meaning: 'The messenger cannot replace files.',
    data: ofTransport,
  },
  CHANNEL_INVALID_TRANSPORT_FOR_DELETION: {
    statuses: [400],
    meaning: 'The messenger cannot delete messages.',
    data: ofTransport,
  },
  BAD_CONTACT: {
    statuses: [400],
    meaning: 'The messenger cannot reach that person.',
    data: messengerCode,
  },
  UNKNOWN_ERROR: {
    statuses: [400],
    meaning: 'The messenger refused for a reason of its own; the description is in its words.',
    data: messengerCode,
  },
  TOO_MANY_EXT_REQS: {
    statuses: [429],
    meaning: 'The messenger asks to wait.',
    data: errorData.longWait,
  },

  uriNotValid: { statuses: [400], meaning: 'The address is none that can be called.' },
  testPostNotPassed: {
    statuses: [400],
    meaning: 'The address did not answer the test request with 200; data says what came instead.',
    data: z.union([errorData.testAnswer, errorData.testFailure]),
  },
  NO_RECEIVER: { statuses: [409], meaning: 'No address gets events.' },
  DELIVERY_NOT_FOUND: { statuses: [404], meaning: 'Nothing of that id waits or has failed.' },
  TARGET_NOT_FOUND: { statuses: [404], meaning: 'There is no such target.' },

  INVALID_USER: { statuses: [400], meaning: 'There is no such user: push the user first.' },
  LINK_USED: { statuses: [410], meaning: 'The link was used, has ended or never was.' },
  DEVICE_NOT_FOUND: { statuses: [404], meaning: 'No device of that id is signed in.' },

  UNREADABLE_WEBHOOK: { statuses: [400], meaning: 'The body is no webhook of this messenger.' },
  FILE_NOT_FOUND: { statuses: [404], meaning: 'There is no such file.' },
  FILE_GONE: { statuses: [410], meaning: 'The file was removed, or is too large to be kept.' },
  FILE_NOT_READY: { statuses: [503], meaning: 'The file is on its way from the messenger.' },
  RANGE_NOT_SATISFIABLE: { statuses: [416], meaning: 'The file has no such bytes.' },
} as const satisfies Readonly<Record<string, ErrorMeaning>>;

/** A code of an error. */
export type ErrorCode = keyof typeof ERROR_CODES;
