import { expect } from 'vitest';
import { PATIENCE_MS } from '#test/patience';
import type { Call, Step } from './row.ts';

type Fields = Readonly<Record<string, unknown>>;

/** Lets time pass. */
export function pass(ms: number): Step {
  return ({ shop }) => shop.pass(ms);
}

/** The client of the bot writes. */
export function clientWrites(text: string, chatId?: number): Step {
  return (playing) => playing.clientWrites(text, chatId);
}

/** The client of the number writes. */
export function clientWritesToNumber(text: string, fields?: Fields): Step {
  return (playing) => playing.clientWritesToNumber(text, fields);
}

/** Telegram answers the next call of that method with a refusal. */
export function telegramAnswers(method: string, code: number, description: string, more: Fields = {}): Step {
  const body = { ok: false, error_code: code, description, ...more };
  return ({ shop }) => shop.bot.answerNext(method, { status: code, body });
}

/** Everything that waits to leave has left. */
export const hasLeft: Step = ({ shop }) => shop.pump.idle();

/** One of the calls of that method of the Bot API has these fields. */
export function telegramWasTold(method: string, fields: Fields): Step {
  return (playing) =>
    eventually(async () => expectOne(await playing.toldTelegram(method), await playing.filled(fields)));
}

/** One of the messages that Meta has taken has these fields. */
export function metaWasTold(fields: Fields): Step {
  return (playing) => eventually(async () => expectOne(await playing.toldMeta(), await playing.filled(fields)));
}

/** One of the events that have come to `{hook}` has these fields. */
export function eventCame(fields: Fields): Step {
  return (playing) => eventually(async () => expectOne(playing.events(), await playing.filled(fields)));
}

/** One of the messages in the history of the chat has these fields: of Telegram's client, or of WhatsApp's. */
export function historyHas(chatId: string, fields: Fields): Step {
  return (playing) =>
    eventually(async () => {
      const { body } = await playing.call(`GET ${pathOf(chatId)}/messages`);
      expectOne(body.messages, await playing.filled(fields));
    });
}

/** The chat with that client waits for an answer, or does not, once everything that was said has been counted. */
export function unanswered(chatId: string, is: boolean): Step {
  return async (playing) => {
    await playing.shop.pump.idle();
    expect((await playing.call(`GET ${pathOf(chatId)}`)).body).toMatchObject({ unanswered: is });
  };
}

/** A line of the log has these fields. */
export function logged(fields: Fields): Step {
  return async (playing) => expectOne(playing.shop.logs, await playing.filled(fields));
}

/** A request that is not answered 2xx, and that has to be made before. */
export function inVain(call: Call): Step {
  return async (playing) => expect((await playing.call(call)).status).toBeGreaterThanOrEqual(400);
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

/** The ids of WhatsApp's clients are as long as phone numbers. */
function pathOf(chatId: string): string {
  return `/v1/chats/${chatId.length === 11 ? '{number}/whatsapp' : '{bot}/telegram'}/${chatId}`;
}

function expectOne(all: readonly unknown[], fields: Fields): void {
  const found = all.find((one) => {
    try {
      expect(one).toMatchObject(fields);
      return true;
    } catch {
      return false;
    }
  });
  // The failure shows what is there instead.
  if (found === undefined) expect(all).toContainEqual(fields);
}

/** Resolves when `check` throws no more. */
export async function eventually(check: () => Promise<void>): Promise<void> {
  for (const deadline = performance.now() + PATIENCE_MS; ; ) {
    try {
      return await check();
    } catch (error) {
      if (performance.now() > deadline) throw error;
    }
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}
