import * as z from 'zod/mini';
import type { Clock } from '#clock';
import { readJsonFile, writeJsonFile } from '#local/json-file';
import { DEMO_CLIENTS } from './clients.ts';

const KEPT_MESSAGES = 500;

const messageSchema = z.object({
  message_id: z.number(),
  from: z.enum(['client', 'bot']),
  /** The id of the client in this chat. Files of early versions lack it: Anna was the only client. */
  chat: z._default(z.number(), DEMO_CLIENTS.anna.id),
  date: z.number(),
  text: z.string(),
});

const stateSchema = z.object({
  webhook: z.optional(z.object({ url: z.string(), secret: z.string() })),
  nextUpdateId: z.number(),
  nextMessageId: z.number(),
  /** The messages of clients and of the bot, oldest first. */
  messages: z.array(messageSchema),
});

type State = z.infer<typeof stateSchema>;

/** A message as a demo messenger keeps it. */
export type DemoMessage = z.infer<typeof messageSchema>;

/** The address that the bot has registered to be called, and its secret. */
export type DemoWebhook = NonNullable<State['webhook']>;

/** What a demo messenger knows: its webhook, its messages, and the ids that it gives next. */
export interface MessengerState {
  messages(): readonly DemoMessage[];
  webhook(): DemoWebhook | undefined;
  /** Replaces the webhook; `undefined` removes it. */
  setWebhook(webhook: DemoWebhook | undefined): Promise<void>;
  /** Adds a message to the chat of that client and forgets the oldest over 500. Resolves when it is on the disk. */
  addMessage(from: DemoMessage['from'], chat: number, text: string): Promise<DemoMessage>;
  /** An id that no update had before. */
  takeUpdateId(): Promise<number>;
}

/** Opens the state that the last run left in the file. Every change resolves once it is on the disk. */
export async function openMessengerState(file: string, clock: Clock): Promise<MessengerState> {
  const stored = await readJsonFile(file);
  const state: State = stored === undefined ? firstState() : stateSchema.parse(stored);
  let saved: Promise<void> = Promise.resolve();

  /** Writes run one after the other. Each stores the state as it is when its turn comes. */
  function save(): Promise<void> {
    const next = saved.then(() => writeJsonFile(file, state));
    saved = next.catch(() => {});
    return next;
  }

  return {
    messages: () => state.messages,

    webhook: () => state.webhook,

    async setWebhook(webhook) {
      if (webhook) state.webhook = webhook;
      else delete state.webhook;
      await save();
    },

    async addMessage(from, chat, text) {
      const message = { message_id: state.nextMessageId, from, chat, date: Math.floor(clock.now() / 1000), text };
      state.nextMessageId += 1;
      state.messages = [...state.messages, message].slice(-KEPT_MESSAGES);
      // Saved before the id is used, so that it is not given again after a restart.
      await save();
      return message;
    },

    async takeUpdateId() {
      const id = state.nextUpdateId;
      state.nextUpdateId += 1;
      await save();
      return id;
    },
  };
}

function firstState(): State {
  return { nextUpdateId: 1, nextMessageId: 1, messages: [] };
}
