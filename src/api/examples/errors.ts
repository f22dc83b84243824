import type { ErrorCode, ErrorShape } from '#http/error-codes';
import { IVAN, OLGA, TELEGRAM_CHANNEL, WHATSAPP_CHANNEL } from './story.ts';

const TEXT = { fields: ['text'] };
const FILE = { fields: ['contentUri'] };
const WHATSAPP = { channelId: WHATSAPP_CHANNEL, transport: 'wapi' };

/** The `data` of errors. A code that has none is not here. */
export const dataExamples: Readonly<Partial<Record<ErrorCode, unknown>>> = {
  INVALID_REQUEST: { fields: ['name'] },

  CREDENTIALS_REFUSED: { fields: ['credentials.botToken'] },
  INVALID_CREDENTIALS: { fields: ['credentials.token'] },
  CRM_REFUSED: { code: 'invalid_grant' },
  CONNECTED_ELSEWHERE: { webhookHost: 'other.example' },
  INVALID_SETTINGS: { fields: ['userRoles.0.userId'], unknownUsers: ['99'] },

  INVALID_USERS_DATA: [{ index: 0, fields: ['name'] }],
  INVALID_CONTACTS_DATA: [{ index: 0, fields: ['responsibleUserId'] }],
  INVALID_DEALS_DATA: [{ index: 0, fields: ['contacts'] }],
  INVALID_PIPELINES_DATA: [{ index: 0, fields: ['stages.0.name'] }],
  TOO_MANY_ENTITIES: { count: 101, limit: 100 },
  USER_LIMIT_EXCEEDED: { limit: 1000 },
  DUPLICATE_PHONE_NUMBER: { phone: IVAN.phone },

  INVALID_SEEN_UP_TO: { fields: ['seenUpTo'] },
  SETTINGS_CHANGED: { version: 8 },
  QUICK_REPLIES_CHANGED: { version: 3 },

  INVALID_MESSAGE_DATA: { fields: ['chatType'] },
  WRONG_TRANSPORT: { ...WHATSAPP, chatType: 'telegram' },
  CHANNEL_BLOCKED: { channelId: TELEGRAM_CHANNEL },
  MESSAGE_CHANNEL_UNAVAILABLE: { channelId: TELEGRAM_CHANNEL },
  MESSAGE_NOTHING_TO_SEND: TEXT,
  MESSAGE_ONLY_TEXT_OR_CONTENT: { fields: ['text', 'contentUri'] },
  MESSAGES_ONLY_TEXT_OR_CONTENT: { fields: ['text', 'contentUri'] },
  MESSAGES_TEXT_CAN_NOT_BE_BLANK: TEXT,
  MESSAGE_TEXT_TOO_LONG: TEXT,
  MESSAGES_TOO_LONG_AVITO: TEXT,
  MESSAGES_TOO_LONG_INSTAGRAM: TEXT,
  MESSAGES_TOO_LONG_VIBER: TEXT,
  MESSAGES_TOO_LONG_VK: TEXT,
  MESSAGES_UNSUPPORTED_CONTENT_TYPE_INSTAPI: FILE,
  MESSAGES_TOO_LONG_TELEGRAM: TEXT,
  MESSAGES_TOO_LONG_WABA: TEXT,
  MESSAGES_TOO_LONG_WABA_HEADER: { fields: ['templateValues'] },
  MESSAGES_TOO_LONG_WABA_TEMPLATE: { fields: ['templateValues'] },
  MESSAGE_DOWNLOAD_CONTENT_ERROR: FILE,
  MESSAGE_WRONG_CONTENT_TYPE: FILE,
  MESSAGES_CONTENT_CAN_NOT_BE_BLANK: FILE,
  MESSAGES_CONTENT_SIZE_EXCEEDED: FILE,
  MESSAGES_CONTENT_SIZE_EXCEEDED_TELEGRAM: FILE,
  MESSAGES_CONTENT_SIZE_EXCEEDED_WABA: FILE,
  REFERENCE_MESSAGE_NOT_FOUND: { fields: ['refMessageId'] },
  TEMPLATE_REJECTED: { fields: ['templateId'] },
  REPEATED_CRM_MESSAGE_ID: { crmMessageId: 'crm-1042' },
  ALREADY_TAKEN: { responsibleUserId: OLGA.id, name: OLGA.name },
  CHANNEL_INVALID_TRANSPORT_FOR_EDITING: WHATSAPP,
  CHANNEL_INVALID_TRANSPORT_FOR_CONTENT_EDITING: WHATSAPP,
  CHANNEL_INVALID_TRANSPORT_FOR_DELETION: WHATSAPP,
  BAD_CONTACT: { code: '403' },
  UNKNOWN_ERROR: { code: '400' },
  TOO_MANY_EXT_REQS: { retryAfterSeconds: 30 },

  testPostNotPassed: { status: 404 },
};

/** The body of an error. `description` is what people read. */
export function errorExample(code: ErrorCode, description: string, status: number, shape: ErrorShape): unknown {
  const data = dataExamples[code];
  return {
    ...(shape === 'message' && { status, requestId: '0a1b2c3d4e5f60718293a4b5c6d7e8f9' }),
    error: shape === 'code' ? { code } : code,
    description,
    ...(data !== undefined && { data }),
  };
}
