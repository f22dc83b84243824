import * as z from 'zod/mini';
import type { Clock } from '#clock';
import { DEMO_CLIENTS, type DemoClient } from './clients.ts';
import { type Refusals, refusalsIn } from './refusals.ts';
import { openSavedState } from './saved-state.ts';

const KEPT_MESSAGES = 500;

const messageSchema = z.object({
  /** 1, 2, 3, …: a messenger makes its own ids of it. */
  id: z.number(),
  from: z.enum(['client', 'company']),
  /** The client whose chat it is in. */
  client: z.enum(Object.keys(DEMO_CLIENTS) as DemoClient[]),
  /** In epoch milliseconds. No two messages have the same. */
  at: z.number(),
  text: z.string(),
  /** A file that came with it. */
  file: z.exactOptional(z.object({ id: z.string(), name: z.string(), type: z.string(), size: z.number() })),
  /** The labels of its buttons. */
  buttons: z.exactOptional(z.array(z.string())),
});

const stateSchema = z.object({
  webhook: z.optional(z.object({ url: z.string(), secret: z.string() })),
  nextId: z.number(),
  refusesNext: z.optional(z.boolean()),
  /** The messages of clients and of the company, oldest first. */
  messages: z.array(messageSchema),
});

/** A message as a demo messenger keeps it. */
export type DemoMessage = z.infer<typeof messageSchema>;

type Webhook = NonNullable<z.infer<typeof stateSchema>['webhook']>;

/** What a demo messenger keeps. Every change resolves once it is on the disk. */
export interface KindState extends Refusals {
  messages(): readonly DemoMessage[];
  webhook(): Webhook | undefined;
  /** Replaces the webhook; `undefined` removes it. */
  setWebhook(webhook: Webhook | undefined): Promise<void>;
  /** Adds a message and forgets the oldest over 500. */
  add(message: Omit<DemoMessage, 'id' | 'at'>): Promise<DemoMessage>;
}

/** Opens the state that the last run left in the file. */
export async function openKindState(file: string, clock: Clock): Promise<KindState> {
  const saved = await openSavedState(file, stateSchema, { nextId: 1, messages: [] });
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

    async add(given) {
      const at = Math.max(clock.now(), (state.messages.at(-1)?.at ?? 0) + 1);
      const message = { id: state.nextId, at, ...given };
      state.nextId += 1;
      state.messages = [...state.messages, message].slice(-KEPT_MESSAGES);
      // Saved before the id is used, so that it is not given again after a restart.
      await save();
      return message;
    },
  };
}
