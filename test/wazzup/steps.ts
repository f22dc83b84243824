import { expect } from 'vitest';
import type { Step } from './row.ts';

/** Lets time pass. */
export function pass(ms: number): Step {
  return ({ shop }) => shop.pass(ms);
}

/** The client of the bot writes. */
export function clientWrites(text: string, chatId?: number): Step {
  return (playing) => playing.clientWrites(text, chatId);
}

/** The client of the number writes. */
export function clientWritesToNumber(text: string, fields?: Readonly<Record<string, unknown>>): Step {
  return (playing) => playing.clientWritesToNumber(text, fields);
}

/** What the messenger was told last by that method of the Bot API has these fields. */
export function telegramWasTold(method: string, fields: unknown): Step {
  return async (playing) => {
    const told = await playing.until(`a call of ${method}`, async () => (await playing.toldTelegram(method)).at(-1));
    expect(told).toMatchObject((await playing.filled(fields)) as object);
  };
}

/** The message that Meta has taken last has these fields. */
export function metaWasTold(fields: unknown): Step {
  return async (playing) => {
    const told = await playing.until('a message at Meta', async () => (await playing.toldMeta()).at(-1));
    expect(told).toMatchObject((await playing.filled(fields)) as object);
  };
}

/** One of the events that have come to `{hook}` has these fields. */
export function eventCame(fields: unknown): Step {
  return async (playing) => {
    const wanted = expect.objectContaining((await playing.filled(fields)) as object);
    const isWanted = (event: unknown) => wanted.asymmetricMatch(event);
    await playing.until(`an event ${JSON.stringify(fields)}`, () => playing.events().find(isWanted));
  };
}

/** Events of every kind go to `{hook}`. */
export const subscribed = {
  ask: 'PATCH /v3/webhooks',
  body: {
    webhooksUri: '{hook}',
    subscriptions: {
      messagesAndStatuses: true,
      contactsAndDealsCreation: true,
      channelsUpdates: true,
      templateStatus: true,
    },
  },
} as const;
