import type { ReadonlySignal, Signal } from '@preact/signals';
import type { components } from '../clients/typescript/index.ts';
import type { SettingsModel } from './settings-models/settings.ts';
import type { StatisticsModel } from './settings-models/statistics.ts';
import type { Status, StatusNow } from './settings-models/team.ts';

// What the parts show, and what they may ask for. `web/data` makes these models. Parts never call the API themselves.

type Schemas = components['schemas'];

export type Me = Schemas['Me'];
export type Chat = Schemas['Chat'];
export type Message = Schemas['Message'];
export type Counter = Schemas['Counter'];
export type Assignment = Schemas['Assignment'];
export type Deal = Schemas['ChatDeal'];
export type QuickReply = Schemas['StoredQuickReply'];
export type Template = Schemas['Template'];

/** Names a chat. It may come from an address or a ring, so the messenger is any text. */
export type ChatId = Record<'channelId' | 'chatType' | 'chatId', string>;

/** One text for each chat, to be used as a key. */
export function keyOf({ channelId, chatType, chatId }: ChatId): string {
  return [channelId, chatType, chatId].map(encodeURIComponent).join('/');
}

/** The chat that a key names. */
export function chatOfKey(key: string): ChatId {
  const [channelId = '', chatType = '', chatId = ''] = key.split('/').map(decodeURIComponent);
  return { channelId, chatType, chatId };
}

/** One line of the list: the chats of one person in several channels, the most urgent first. There is at least one. */
export interface Line {
  /** `thread` of its chats. It stays the same while the line is there. */
  readonly key: string;
  readonly chats: readonly [Chat, ...Chat[]];
  /** It left the list while the list was frozen: it is dimmed and does not open. */
  readonly isLost?: true;
}

export type Tab = 'all' | 'unanswered';

/** The list in the order that is shown. It stands still under a pointer or a moving keyboard. */
export interface ListModel {
  readonly tab: Signal<Tab>;
  readonly state: ReadonlySignal<'loading' | 'ready' | 'failed'>;
  readonly lines: ReadonlySignal<readonly Line[]>;
  /** How many lines wait behind the pill, because the list is frozen. */
  readonly hidden: ReadonlySignal<number>;
  /** Whether there are more lines than are loaded. */
  readonly hasMore: ReadonlySignal<boolean>;
  loadMore(): void;
  /** The pointer or a finger is over the list, or has left it. */
  pointerOver(isOver: boolean): void;
  /** The pointer moved or a key moved the focus: the list stays frozen for another five seconds. */
  touched(): void;
  /** Shows the true order at once. */
  release(): void;
  /** The text of the draft of a chat, or an empty one. A part that reads it is shown again when it changes. */
  draftOf(chat: ChatId): string;
  /** Says that what the list shows of the chat needs no reply, by the row's own token, and tells it with an undo. */
  noReplyNeeded(chat: Chat): Promise<void>;
  retry(): void;
}

/** Results of a search. They stay when a chat is opened. */
export interface SearchModel {
  readonly text: Signal<string>;
  readonly state: ReadonlySignal<'idle' | 'searching' | 'ready' | 'failed'>;
  readonly lines: ReadonlySignal<readonly Line[]>;
}

/** A reply that is on its way, or that has come back. */
export interface Sending {
  /** The `crmMessageId` of the reply. */
  readonly id: string;
  readonly chat: ChatId;
  readonly text: string;
  readonly file?: { readonly name: string; readonly type: string; readonly size: number; readonly previewUrl?: string };
  readonly quoted?: Message;
  /** When the key was pressed (epoch ms). */
  readonly at: number;
  /** `waits`: an earlier one goes first, or there is no connection. `asks`: it is old, so its writer has to say again. */
  readonly state: 'uploading' | 'waits' | 'sending' | 'asks';
  /** Of the upload, 0 to 1. */
  readonly progress?: number;
}

/** A line of a history. `chat` is its channel's chat, which a merged history names. */
export type Entry =
  | { readonly kind: 'message'; readonly key: string; readonly chat: ChatId; readonly message: Message }
  | { readonly kind: 'sending'; readonly key: string; readonly chat: ChatId; readonly sending: Sending };

/** What stands above the composer and has to be dealt with. */
export type Notice =
  | { readonly kind: 'taken'; readonly by: string | null }
  | { readonly kind: 'answered-meanwhile'; readonly by: string; readonly at: number; readonly text: string }
  | { readonly kind: 'refused'; readonly code: string; readonly description: string }
  /** `unseen`: what still waits is on the page, and its end was not on the screen. `wrote-meanwhile`: it came since. */
  | { readonly kind: 'unseen' | 'wrote-meanwhile'; readonly count: number };

/** What is being written in one chat. It belongs to that chat, and never to another. */
export interface Draft {
  readonly text: Signal<string>;
  readonly quoted: Signal<Message | undefined>;
  readonly files: Signal<readonly File[]>;
}

/** One chat, in one channel. It is made once for each chat, and kept while the page lives. */
export interface ChatModel {
  readonly id: ChatId;
  readonly key: string;
  /** The chat as the list has it. Undefined before it is loaded, and for an address that never wrote. */
  readonly row: ReadonlySignal<Chat | undefined>;
  /** `empty`: nobody ever wrote. `lost`: it is out of sight now; what was shown and written stays on the screen. */
  readonly state: ReadonlySignal<'loading' | 'ready' | 'empty' | 'lost' | 'failed'>;
  readonly mayWrite: ReadonlySignal<boolean>;
  /** Lines about the chat that are no messages, in order of time. They stand among its entries. */
  readonly notes: Signal<readonly Entry[]>;
  readonly entries: ReadonlySignal<readonly Entry[]>;
  readonly hasOlder: ReadonlySignal<boolean>;
  loadOlder(): Promise<void>;
  /** Loads older pages until the message is there. False if it is in none. */
  loadUntil(messageId: string): Promise<boolean>;
  readonly draft: Draft;
  readonly notice: Signal<Notice | undefined>;
  /** Whether the end of the history is on the screen of a visible page. What is sent covers only what was (U3). */
  endInView(isInView: boolean): void;
  /** Sends the draft. The draft is empty at once, and comes back if it is refused. `anyway`: in spite of the notice. */
  send(anyway?: boolean): void;
  /** `file` is that of the template's header, if it has one. */
  sendTemplate(template: Template, values: readonly string[], file?: File): void;
  /** Says again that the old reply of the outbox is to be sent, or takes it back into the draft. */
  answerAsked(id: string, isToSend: boolean): void;
  cancelUpload(id: string): void;
  /** `POST /v1/deliveries/{id}/retry` of a failed message. */
  retry(message: Message): Promise<void>;
  noReplyNeeded(reason?: string): Promise<void>;
  undoNoReplyNeeded(): Promise<void>;
  setStillOwed(stillOwed: boolean): Promise<void>;
  handOver(userId: string): Promise<void>;
  /** Why the user became responsible: the newest records of the chat. */
  assignments(): Promise<readonly Assignment[]>;
  deals(): Promise<readonly Deal[]>;
  /** The name of a colleague who is writing in the chat now. */
  readonly writing: ReadonlySignal<string | undefined>;
  /** Tells colleagues that the user is writing. At most once in three seconds. */
  tellWriting(): void;
  refresh(): void;
}

/** The open conversation: the chats of one person, of which one is written in. */
export interface ThreadModel {
  readonly key: string;
  readonly name: ReadonlySignal<string>;
  readonly chats: ReadonlySignal<readonly ChatModel[]>;
  /** The chat that the composer writes in. */
  readonly active: Signal<ChatModel>;
  /** Whether the histories of all its chats are shown as one. */
  readonly isMerged: Signal<boolean>;
  /** The history that is shown: that of the active chat, or all of them in order of time. */
  readonly entries: ReadonlySignal<readonly Entry[]>;
  readonly hasOlder: ReadonlySignal<boolean>;
  loadOlder(): Promise<void>;
}

/** `asOf` is the time of what is shown (epoch ms), once there was no connection for ten seconds. */
export interface Connection {
  readonly state: 'connecting' | 'socket' | 'polling';
  readonly asOf?: number;
}

/** Something short that is told for a while, with a way to take it back. */
export interface Toast {
  readonly id: number;
  readonly text: string;
  readonly undo?: () => void;
}

/** Whether the page notifies while it is closed. `impossible`: in a frame, or where the browser has none. */
export type PushState = 'off' | 'on' | 'denied' | 'impossible';

/** What this device is told of. `names`: it may show who wrote, and what. */
export interface PushChoice {
  readonly notices: 'all' | 'mine' | 'none';
  readonly outsideHours: boolean;
  readonly names: boolean;
}

/** Notifications while the page is closed. */
export interface PushModel {
  readonly state: ReadonlySignal<PushState>;
  /** There while they are on. */
  readonly choice: ReadonlySignal<PushChoice | undefined>;
  /** Asks for the permission, so it is called by a press of the user. */
  turnOn(): Promise<void>;
  turnOff(): Promise<void>;
  /** False if it was not saved. */
  choose(wanted: Partial<PushChoice>): Promise<boolean>;
}

/** Whether the user receives clients (T10), and what calls them to those who wait. */
export interface PresenceModel {
  /** Undefined while it is not known. */
  readonly status: ReadonlySignal<StatusNow | undefined>;
  /** `givesBack`: those whom nobody has answered go to others in 30 s. What is refused throws the words for it. */
  set(status: Status, until?: number, givesBack?: boolean): Promise<void>;
  /** Called when a client is about to leave the user, or has come to them waiting. Gives what ends that. */
  onCall(heard: () => void): () => void;
}

/** The page of somebody who is signed in. */
export interface App {
  readonly me: Me;
  readonly list: ListModel;
  readonly search: SearchModel;
  readonly thread: ReadonlySignal<ThreadModel | undefined>;
  /** Opens the conversation of that chat, and that chat in it. Nothing else ever changes the open one. */
  open(chat: ChatId): void;
  close(): void;
  readonly counter: ReadonlySignal<Counter | undefined>;
  readonly connection: ReadonlySignal<Connection>;
  readonly toasts: ReadonlySignal<readonly Toast[]>;
  toast(text: string, undo?: () => void): void;
  dismiss(id: number): void;
  /** Called when a client has written: in the open chat, or in another one that is unanswered. */
  onClientMessage(heard: (chat: Chat, isOpen: boolean) => void): void;
  quickReplies(): Promise<readonly QuickReply[]>;
  saveQuickReplies(replies: readonly QuickReply[]): Promise<void>;
  templates(channelId: string): Promise<readonly Template[]>;
  /** A fresh link to this page, for a phone or a window of its own. */
  newLink(): Promise<string>;
  /** How long clients waited, as far as the user may know it. */
  statistics(): Promise<StatisticsModel>;
  signOut(): Promise<void>;
  /** Whether the server has a newer page, which `reload` gets. What was written is kept. */
  readonly isOld: ReadonlySignal<boolean>;
  reload(): void;
  readonly push: PushModel;
  /** It is loaded when it is first asked for, and then kept. */
  presence(): Promise<PresenceModel>;
  /** Asks the page around the frame to open a deal. */
  openDeal(chat: ChatId, deal: Deal): void;
  /** Asks the page around the frame to make a deal, else the server. A refusal is told as a toast. */
  createDeal(chat: ChatId): Promise<void>;
}

/** What stands in the place of the page while nobody is signed in. */
export type SignedOut =
  | { readonly kind: 'signing-in' }
  /** The link was used or is too old, and there is no session. `inFrame`: the CRM has to make another link. */
  | { readonly kind: 'link-expired'; readonly inFrame: boolean }
  /** `linkByKey` gives a link to the settings to who has the API key, which is sent once and kept nowhere. `hasEnded`: there was a session. */
  | { readonly kind: 'no-link'; readonly hasEnded?: boolean; linkByKey(key: string): Promise<string> }
  /** `description`: what the server said, if it answered at all. */
  | { readonly kind: 'failed'; readonly description?: string; retry(): void };

/** What there is to show: the page of somebody, or what stands in its place. `openPage` of web/data/page.ts gives it. */
export type PageState =
  | { readonly kind: 'signed-in'; readonly app: App }
  | { readonly kind: 'settings'; readonly settings: SettingsModel }
  | SignedOut;
