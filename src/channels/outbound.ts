import type { Buttons } from '#domain/message';
import type { Pace } from '#domain/pace';
import type { Credentials, PersonIds, Refusal } from './terms.ts';

/** The kinds of files that messengers tell apart. */
export type FileKind = 'image' | 'audio' | 'voice' | 'video' | 'document';

/** A file to send. */
export interface OutgoingFile {
  readonly kind: FileKind;
  readonly mimeType: string;
  readonly name: string;
  /** In bytes. */
  readonly size: number;
  /** An address for anybody, good for an hour: it ends in the name and redirects nowhere. Absent if there is none. */
  readonly link?: string | undefined;
  /** Reads the file, anew for each try. */
  open(): Promise<AsyncIterable<Uint8Array>>;
}

/** A template to send, by its name at the messenger. */
export interface OutgoingTemplate {
  readonly type: 'template';
  readonly templateId: string;
  /** The values of its variables, in their order in header, body and buttons. */
  readonly values: readonly string[];
  /** The file of its header. */
  readonly file?: OutgoingFile | undefined;
  /** What its buttons give back, in their order. */
  readonly payloads?: readonly string[] | undefined;
}

/** What is sent. The text is as the team wrote it: if its marks stand for formatting, the messenger shows that. */
export type OutgoingContent =
  | { readonly type: 'text'; readonly text: string; readonly buttons?: Buttons | undefined }
  | { readonly type: 'file'; readonly file: OutgoingFile }
  | OutgoingTemplate;

/** A message to send. */
export interface Outgoing {
  /** The chat's own id first, then the person's others. The messenger takes the one that it can write to. */
  readonly to: PersonIds;
  readonly content: OutgoingContent;
  /** The provider id of the message that it quotes. */
  readonly quotes?: string | undefined;
  /** The connection to send it by. */
  readonly via?: string | undefined;
  /** The topic to send it into. If the messenger says that the topic is gone, the message is sent outside of it. */
  readonly topic?: string | undefined;
  /** The same in every try of one attempt, and another in the next attempt. */
  readonly key: string;
  /** At most 200 characters, given back in receipts if the messenger does that: the id of the chat. */
  readonly opaque: string;
  /** When the client last wrote or called (epoch ms), as far as it is known. Only for a window that ends in `human-agent`. */
  readonly clientAt?: number | undefined;
}

/** The result of sending a message. The caller decides by the kind whether to retry. */
export type Sent =
  | { readonly kind: 'sent'; readonly providerId: string }
  /** A retry does not help. */
  | { readonly kind: 'refused'; readonly refusal: Refusal }
  /** Refused, and so is everything else with these credentials. */
  | { readonly kind: 'unauthorized'; readonly refusal: Refusal }
  /** Try again after `retryAfterSeconds`, not sooner. `scope` says whether the whole channel has to wait. */
  | { readonly kind: 'throttled'; readonly retryAfterSeconds: number; readonly scope: 'chat' | 'channel' }
  /**
   * Nothing was sent, and nothing is wrong: the messenger has not finished with the file. Not counted as a try, and given up
   * after ten minutes.
   */
  | { readonly kind: 'notReady'; readonly retryAfterSeconds: number }
  /** No answer, or an answer that says nothing about the message (5xx). The message may have arrived. */
  | { readonly kind: 'unreachable'; readonly reason: string };

/** The result of a change of a message that was sent. It is tried while its request waits, so nothing is queued. */
export type Changed =
  /** It is so now, or was so already. `at`: when it was changed, by the messenger's clock (epoch ms), if it tells. */
  { readonly kind: 'done'; readonly at?: number } | Exclude<Sent, { readonly kind: 'sent' }>;

/** The result of acknowledging a press. It is tried once, so of a failure only a wait for others matters. */
export type Acknowledged =
  | { readonly kind: 'done' | 'refused' | 'unreachable' }
  | Extract<Sent, { readonly kind: 'throttled' }>;

/** A part of a template, in the words of the compatible API (section 4), which are the messenger's own. */
export interface TemplateComponent {
  readonly type: 'HEADER' | 'BODY' | 'FOOTER' | 'BUTTONS';
  readonly format?: string;
  readonly text?: string;
  readonly example?: readonly string[];
  readonly buttons?: readonly { readonly type: string; readonly text: string; readonly url?: string }[];
}

/** A text that the messenger has approved, or has to. It is all that may be sent outside the window. */
export interface Template {
  readonly templateId: string;
  readonly name: string;
  readonly language: string;
  readonly category: string;
  /** The messenger's own word, in lower case: `approved`, `pending`, `rejected`, `paused`, `disabled`, `archived`. */
  readonly status: string;
  readonly rejectedReason?: string;
  readonly components: readonly TemplateComponent[];
}

/** The codes of the compatible API (16.1) for content that a messenger cannot take. */
export type UnsendableCode =
  | 'INVALID_MESSAGE_DATA'
  | 'MESSAGE_WRONG_CONTENT_TYPE'
  | 'MESSAGES_UNSUPPORTED_CONTENT_TYPE_INSTAPI'
  | 'MESSAGES_CONTENT_CAN_NOT_BE_BLANK'
  | 'MESSAGES_CONTENT_SIZE_EXCEEDED'
  | 'MESSAGES_CONTENT_SIZE_EXCEEDED_TELEGRAM'
  | 'MESSAGES_CONTENT_SIZE_EXCEEDED_WABA'
  /** Of WhatsApp by a QR code, and of messengers that the compatible API has no code for (Messenger, MAX). */
  | 'MESSAGE_TEXT_TOO_LONG'
  | 'MESSAGES_TOO_LONG_AVITO'
  | 'MESSAGES_TOO_LONG_INSTAGRAM'
  | 'MESSAGES_TOO_LONG_TELEGRAM'
  | 'MESSAGES_TOO_LONG_VIBER'
  | 'MESSAGES_TOO_LONG_VK'
  | 'MESSAGES_TOO_LONG_WABA'
  | 'MESSAGES_TOO_LONG_WABA_HEADER'
  | 'MESSAGES_TOO_LONG_WABA_TEMPLATE';

/** Sends what the team writes. */
export interface Outbound {
  /**
   * The code of the compatible API (16.1) for content that the messenger cannot take; undefined if it can. It is asked
   * before anything is stored, so it knows all limits: characters, bytes, kinds and sizes. `template` is the one that
   * the content names, if it is known.
   */
  refuses(content: OutgoingContent, template?: Pick<Template, 'components'>): UnsendableCode | undefined;
  /** Whether a chat of that id may be there, although it is not known. Absent if every id may be somebody's. */
  reaches?(chatId: string): boolean;
  /**
   * How long after a client's message the team may write freely. Afterwards only a template may be sent, or what a person
   * wrote until seven days are over (`human-agent`), or nothing.
   */
  readonly window?: { readonly hours: number; readonly then: 'template' | 'human-agent' | 'nothing' };
  /** Absent if the messenger has no limit that is worth waiting for. */
  readonly pace?: Pace;
  /** It may take as long to answer a text as others take for a file: a phone is behind it. */
  readonly answersSlowly?: true;
  /** Sends one message and gives up when `signal` aborts. Returns every outcome and never throws. */
  send(credentials: Credentials, message: Outgoing, signal: AbortSignal): Promise<Sent>;
  /**
   * Gives a message that was sent another text or file. Absent if the messenger cannot. `editHours` and `removeHours` say how
   * long it can, if it says so.
   */
  edit?(credentials: Credentials, message: Outgoing, providerId: string, signal: AbortSignal): Promise<Changed>;
  readonly editHours?: number;
  /** Whether a message can become another file. */
  readonly editsFiles?: true;
  /** Deletes a message that was sent, for everybody. Absent if the messenger cannot. */
  remove?(
    credentials: Credentials,
    message: Pick<Outgoing, 'to' | 'via'>,
    providerId: string,
    signal: AbortSignal,
  ): Promise<Changed>;
  readonly removeHours?: number;
  /**
   * Tells the messenger that a pressed button was heard, by the provider id of the press. Absent if its clients do not
   * wait for that. Gives up when `signal` aborts. Returns every outcome and never throws.
   */
  acknowledge?(credentials: Credentials, providerId: string, signal: AbortSignal): Promise<Acknowledged>;
  /** All templates of the account, as they are now. Absent if the messenger has none. Throws as `connect` does. */
  templates?(credentials: Credentials, signal: AbortSignal): Promise<readonly Template[]>;
}
