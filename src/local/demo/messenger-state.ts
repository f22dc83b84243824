import * as z from 'zod/mini';
import type { Clock } from '#clock';
import { DEMO_CLIENTS } from './kit/clients.ts';
import { type Refusals, refusalsIn } from './kit/refusals.ts';
import { openSavedState } from './kit/saved-state.ts';

const KEPT_MESSAGES = 500;

const messageSchema = z.object({
  message_id: z.number(),
  from: z.enum(['client', 'bot']),
  /** The id of the client in this chat. Files of early versions lack it: Anna was the only client. */
  chat: z._default(z.number(), DEMO_CLIENTS.anna.id),
  date: z.number(),
  text: z.string(),
  /** A file that came with it. Its text is the caption then. */
  file: z.exactOptional(z.object({ id: z.string(), name: z.string(), type: z.string(), size: z.number() })),
  /** Buttons of the bot, as it sent them. */
  buttons: z.exactOptional(z.unknown()),
});

const stateSchema = z.object({
  webhook: z.optional(z.object({ url: z.string(), secret: z.string() })),
  nextUpdateId: z.number(),
  nextMessageId: z.number(),
  refusesNext: z.optional(z.boolean()),
  /** The messages of clients and of the bot, oldest first. */
  messages: z.array(messageSchema),
});

/** A message as a demo messenger keeps it. */
export type DemoMessage = z.infer<typeof messageSchema>;

/** A message that is not kept yet. */
export type NewDemoMessage = Omit<DemoMessage, 'message_id' | 'date'>;

/** The address that the bot has registered to be called, and its secret. */
export type DemoWebhook = NonNullable<z.infer<typeof stateSchema>['webhook']>;

/** What a demo messenger knows: its webhook, its messages, and the ids that it gives next. */
export interface MessengerState extends Refusals {
  messages(): readonly DemoMessage[];
  webhook(): DemoWebhook | undefined;
  /** Replaces the webhook; `undefined` removes it. */
  setWebhook(webhook: DemoWebhook | undefined): Promise<void>;
  /** Adds a message to the chat of that client and forgets the oldest over 500. Resolves when it is on the disk. */
  addMessage(message: NewDemoMessage): Promise<DemoMessage>;
  /** Gives a message of the bot another text. Undefined if there is none with that id. */
  editMessage(id: number, text: string): Promise<DemoMessage | undefined>;
  /** Removes a message of the bot, and answers whether there was one. */
  removeMessage(id: number): Promise<boolean>;
  /** An id that no update had before. */
  takeUpdateId(): Promise<number>;
}

/** Opens the state that the last run left in the file. Every change resolves once it is on the disk. */
export async function openMessengerState(file: string, clock: Clock): Promise<MessengerState> {
  const first = { nextUpdateId: 1, nextMessageId: 1, messages: [] };
  const saved = await openSavedState(file, stateSchema, first);
  const { state, save } = saved;

  return {
    ...refusalsIn(saved),

    messages: () => state.messages,

    webhook: () => state.webhook,

    async setWebhook(webhook) {
      if (webhook) state.webhook = webhook;
      else delete state.webhook;
      await save();
    },

    async addMessage(given) {
      const message = { message_id: state.nextMessageId, date: Math.floor(clock.now() / 1000), ...given };
      state.nextMessageId += 1;
      state.messages = [...state.messages, message].slice(-KEPT_MESSAGES);
      // Saved before the id is used, so that it is not given again after a restart.
      await save();
      return message;
    },

    async editMessage(id, text) {
      const found = state.messages.find(({ message_id, from }) => message_id === id && from === 'bot');
      if (!found) return undefined;
      found.text = text;
      await save();
      return found;
    },

    async removeMessage(id) {
      const left = state.messages.filter(({ message_id, from }) => message_id !== id || from !== 'bot');
      const isThere = left.length < state.messages.length;
      state.messages = left;
      if (isThere) await save();
      return isThere;
    },

    async takeUpdateId() {
      const id = state.nextUpdateId;
      state.nextUpdateId += 1;
      await save();
      return id;
    },
  };
}
