import type { ChatId, Entry, Message, Sending } from '../models.ts';

/** What a request of a history answered. */
export interface Page {
  readonly messages: readonly Message[];
  readonly seenUpTo: string;
  readonly before?: string | undefined;
}

/** What is loaded of a history, the newest message last. */
export class History {
  #messages: readonly Message[] = [];
  #before: string | undefined;
  /** The number of the request that the newest page is from. */
  #asked = -1;

  get messages(): readonly Message[] {
    return this.#messages;
  }

  /** The cursor of the next older page. Undefined: everything is loaded. */
  get before(): string | undefined {
    return this.#before;
  }

  get isLoaded(): boolean {
    return this.#asked >= 0;
  }

  /** Takes the newest page. False: a later request has been answered already. */
  putNewest({ messages, before }: Page, asked: number): boolean {
    if (asked < this.#asked) return false;
    this.#asked = asked;
    const ids = new Set(messages.map(({ messageId }) => messageId));
    const first = this.#messages.findIndex(({ messageId }) => ids.has(messageId));
    if (first >= 0 && before !== undefined) {
      this.#messages = [...this.#messages.slice(0, first), ...messages];
    } else {
      // There is a gap between what was loaded and this page, so that its older pages have to be asked for again.
      this.#messages = messages;
      this.#before = before;
    }
    return true;
  }

  /** Takes the page that was asked for with the cursor. False: the history has moved on, so it has no place. */
  putOlder({ messages, before }: Page, cursor: string): boolean {
    if (cursor !== this.#before) return false;
    const ids = new Set(this.#messages.map(({ messageId }) => messageId));
    this.#messages = [...messages.filter(({ messageId }) => !ids.has(messageId)), ...this.#messages];
    this.#before = before;
    return true;
  }
}

/** A reply on its way. `messageId`: it was accepted as that message, which may not be in the history yet. */
export interface Bubble {
  readonly sending: Sending;
  readonly messageId?: string | undefined;
}

/** The lines of a history: its messages, then what is on its way. A bubble is gone once its message is there. */
export function entriesOf(chat: ChatId, messages: readonly Message[], bubbles: readonly Bubble[]): Entry[] {
  const sent = new Map(bubbles.flatMap(({ sending, messageId }) => (messageId ? [[messageId, sending.id]] : [])));
  const ownId = ({ messageId, crmMessageId }: Message) => crmMessageId ?? sent.get(messageId);
  const there = new Set(messages.map(ownId));
  return [
    // The same key as the bubble had, so that the line stays what it is on the screen.
    ...messages.map((message): Entry => ({ kind: 'message', key: ownId(message) ?? message.messageId, chat, message })),
    ...bubbles
      .filter(({ sending }) => !there.has(sending.id))
      .map(({ sending }): Entry => ({ kind: 'sending', key: sending.id, chat, sending })),
  ];
}

/** The answers that colleagues gave, as far as they are not among the known ones. Machines and oneself do not count. */
export function answersOfOthers(messages: readonly Message[], known: ReadonlySet<string>, userId: string): Message[] {
  return messages.filter(
    (message) =>
      message.isEcho &&
      !message.noReplyNeeded &&
      message.by !== 'automatic' &&
      message.authorId !== userId &&
      !known.has(message.messageId),
  );
}
