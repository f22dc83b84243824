import type { PostDataCallField, PostDataMessageField, ServerMessageTypes } from 'whatsapp-api-js/types';
import { PLACEHOLDER } from '#domain/fact';
import type { ContentType } from '#domain/message';
import { readInteractive } from './interactive.ts';
import * as parts from './parts.ts';
import { readTemplate } from './sent.ts';

/** How a field of a webhook is handled. */
export type FieldKind =
  /** Messages, echoes, statuses, calls and whatever else is about people. */
  'chats' | 'history' | 'standby' | 'handover' | 'account' | 'limit' | 'template' | 'ignored';

/** One kind of message, known by its `type`. */
export interface MessageKind {
  readonly type: ContentType;
  /** What the message is exactly, if `type` does not say it. */
  readonly kind?: string;
  /** Whether such a message from the client makes the chat unanswered (U6). */
  readonly opens: boolean;
  /** Reads the content from the field that is called as the type. Without it `raw` keeps that field. */
  readonly read?: parts.ReadPart;
}

/**
 * How each field of a webhook is handled. A field that Meta adds later is ignored. What the operator has to subscribe
 * is in `docs/messengers/whatsapp.md`.
 * https://developers.facebook.com/documentation/business-messaging/whatsapp/webhooks/overview
 */
export const FIELDS: Readonly<Record<string, FieldKind>> = {
  messages: 'chats',
  calls: 'chats',
  smb_message_echoes: 'chats',
  user_preferences: 'chats',
  // Meta took it back in August 2026. Providers pass it on.
  user_id_update: 'chats',
  history: 'history',
  standby: 'standby',
  messaging_handovers: 'handover',
  account_update: 'account',
  phone_number_quality_update: 'limit',
  business_capability_update: 'limit',
  message_template_status_update: 'template',

  account_alerts: 'ignored',
  account_review_update: 'ignored',
  account_settings_update: 'ignored',
  automatic_events: 'ignored',
  business_username_updates: 'ignored',
  flows: 'ignored',
  group_lifecycle_update: 'ignored',
  group_participants_update: 'ignored',
  group_settings_update: 'ignored',
  group_status_update: 'ignored',
  message_template_components_update: 'ignored',
  message_template_quality_update: 'ignored',
  partner_solutions: 'ignored',
  payment_configuration_update: 'ignored',
  phone_number_name_update: 'ignored',
  security: 'ignored',
  // The address book of the phone. It names people who never wrote.
  smb_app_state_sync: 'ignored',
  template_category_update: 'ignored',
  template_correct_category_detection: 'ignored',
} satisfies Readonly<Record<(PostDataMessageField | PostDataCallField)['field'], FieldKind>> &
  Readonly<Record<string, FieldKind>>;

/**
 * The kinds of messages, of clients and of the team. Changes of other messages (`edit`, `revoke`, `reaction`) have rows
 * for the case that nothing tells which message they change.
 * https://developers.facebook.com/documentation/business-messaging/whatsapp/webhooks/reference/messages
 */
export const MESSAGES: Readonly<Record<string, MessageKind>> = {
  text: { type: 'text', opens: true, read: parts.readText },
  image: { type: 'image', opens: true, read: parts.readMedia },
  video: { type: 'video', opens: true, read: parts.readMedia },
  audio: { type: 'audio', opens: true, read: parts.readAudio },
  document: { type: 'document', opens: true, read: parts.readMedia },
  sticker: { type: 'image', kind: 'sticker', opens: true, read: parts.readMedia },
  location: { type: 'geo', opens: true, read: parts.readLocation },
  contacts: { type: 'vcard', opens: true, read: parts.readContacts },
  button: { type: 'text', kind: 'button', opens: true, read: parts.readButton },
  interactive: { type: 'text', kind: 'interactive', opens: true, read: readInteractive },
  order: { type: 'text', kind: 'order', opens: true, read: parts.readOrder },
  // What WhatsApp does not hand over: a poll, a message that is viewed once, a message to a number of the same API.
  unsupported: { type: 'unsupported', opens: true, read: parts.readUnsupported },
  unknown: { type: 'unsupported', opens: true, read: parts.readUnsupported },

  // Notices about the chat.
  system: { type: 'system', opens: false, read: parts.readSystem },
  // The client opened the chat for the first time, and has not written.
  request_welcome: { type: 'system', kind: 'request_welcome', opens: false },
  // In imported history, a file that comes later or not at all.
  media_placeholder: { type: 'unsupported', kind: PLACEHOLDER, opens: false },

  edit: { type: 'unsupported', kind: 'edit', opens: false },
  revoke: { type: 'unsupported', kind: 'revoke', opens: false },
  reaction: { type: 'unsupported', kind: 'reaction', opens: false },

  // Of the team and its programs only.
  template: { type: 'text', kind: 'template', opens: false, read: readTemplate },
} satisfies Readonly<Record<ServerMessageTypes['type'], MessageKind>> & Readonly<Record<string, MessageKind>>;

/** A message of another kind. It makes the chat unanswered: better once too often (U6). */
export const UNKNOWN: MessageKind = { type: 'unknown', opens: true };
