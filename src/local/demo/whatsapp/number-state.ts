import { randomBytes } from 'node:crypto';
import * as z from 'zod/mini';
import type { Clock } from '#clock';
import { type Refusals, refusalsIn } from '../kit/refusals.ts';
import { openSavedState } from '../kit/saved-state.ts';

const KEPT_MESSAGES = 500;

const messageSchema = z.object({
  /** WhatsApp's id of the message. */
  id: z.string(),
  from: z.enum(['client', 'number']),
  /** The client's phone number. */
  phone: z.string(),
  /** In epoch seconds. */
  timestamp: z.number(),
  text: z.string(),
  /** A file that came with it. Its text is the caption then. */
  file: z.exactOptional(z.object({ id: z.string(), name: z.string(), type: z.string(), size: z.number() })),
  /** The name of the template that it was made from. */
  template: z.exactOptional(z.string()),
  /** The labels of its buttons. */
  buttons: z.exactOptional(z.array(z.string())),
});

const stateSchema = z.object({
  webhook: z.optional(z.object({ url: z.string(), verifyToken: z.string() })),
  refusesNext: z.optional(z.boolean()),
  /** The messages of clients and of the number, oldest first. */
  messages: z.array(messageSchema),
});

/** A message as the demo number keeps it. */
export type NumberMessage = z.infer<typeof messageSchema>;

/** What the demo number knows: the address that it calls, and its messages. */
export interface NumberState extends Refusals {
  messages(): readonly NumberMessage[];
  webhook(): { readonly url: string; readonly verifyToken: string } | undefined;
  /** Replaces the address; `undefined` removes it. */
  setWebhook(webhook: { url: string; verifyToken: string } | undefined): Promise<void>;
  /** Adds a message, and forgets the oldest over 500. Resolves when it is on the disk. */
  addMessage(message: Omit<NumberMessage, 'id' | 'timestamp'>): Promise<NumberMessage>;
  /** When the client with that number wrote last, in epoch seconds; 0 if never. */
  wroteAt(phone: string): number;
}

/** Opens the state that the last run left in the file. Every change resolves once it is on the disk. */
export async function openNumberState(file: string, clock: Clock): Promise<NumberState> {
  const saved = await openSavedState(file, stateSchema, { messages: [] });
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
      const id = `wamid.${randomBytes(18).toString('base64')}`;
      const message = { id, timestamp: Math.floor(clock.now() / 1000), ...given };
      state.messages = [...state.messages, message].slice(-KEPT_MESSAGES);
      await save();
      return message;
    },

    wroteAt: (phone) =>
      state.messages.findLast((message) => message.from === 'client' && message.phone === phone)?.timestamp ?? 0,
  };
}
