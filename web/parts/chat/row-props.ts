import type { App, ChatId, ThreadModel } from '../../models.ts';

/** What a row of the history needs beside itself. */
export interface RowProps {
  readonly app: App;
  readonly thread: ThreadModel;
  /** Leads to a message of the history. */
  readonly goTo: (messageId: string, chat: ChatId) => void;
}

/** What makes an element an article of the feed. */
export interface Feed {
  readonly 'data-key': string;
  readonly tabIndex: number;
  readonly 'aria-posinset': number;
  readonly 'aria-setsize': number;
}
