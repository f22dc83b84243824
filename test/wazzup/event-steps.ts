import { expect } from 'vitest';
import { answer, type Behaviour, type ReceivedCall } from '#test/calls/receiver-double';
import { statusValue } from '#test/doubles/graph/told';
import { messageOf } from '#test/world';
import type { Step } from './row.ts';
import { eventually } from './steps.ts';

/** What `{hook}` of a row answers, by its path. */
const answers = new Map<string, Behaviour>();

/** Checks the probes of `{hook}`, oldest first. */
export function probes(check: (calls: readonly ReceivedCall[]) => void): Step {
  return (playing) => check(playing.received().filter(({ body }) => body?.test === true));
}

/** Checks the calls that brought messages or asked for something, oldest first, once they are as `check` wants them. */
export function calls(check: (calls: readonly ReceivedCall[]) => void): Step {
  return (playing) =>
    eventually(async () =>
      check(playing.received().filter(({ body }) => body?.test !== true && !('channelsUpdates' in body))),
    );
}

/** `{hook}` answers so from now on, in this row. */
export function receiverAnswers(
  status: number,
  headers: Readonly<Record<string, string>> = {},
  body: unknown = '',
): Step {
  return async (playing) => {
    const { pathname } = new URL(String(await playing.named('hook')));
    answers.set(pathname, answer(status, body, headers));
    playing.shop.receiver.rule = ({ path }) => answers.get(path.split('?')[0] ?? '');
  };
}

/** One of the entries that came to `{hook}` is exactly this: of `messages`, `statuses` and the like. */
export function told(list: 'messages' | 'statuses' | 'channelsUpdates', entry: object): Step {
  return (playing) =>
    eventually(async () => {
      const all = playing.events().flatMap((event) => event[list] ?? []);
      expect(all).toContainEqual(await playing.filled(entry));
    });
}

/** One of the bodies that came to `{hook}` is exactly this. */
export function toldAlone(body: object): Step {
  return (playing) => eventually(async () => expect(playing.events()).toContainEqual(await playing.filled(body)));
}

/** Nothing like this came to `{hook}` by the time at which everything has left. */
export function notTold(name: string): Step {
  return async (playing) => {
    await playing.shop.pump.idle();
    expect(playing.events().filter((event) => name in event)).toEqual([]);
  };
}

let lastSaid = 1000;

/** Telegram's client 501 sends something else than a text: the fields of a message of the Bot API. */
export function clientSends(fields: object, chatId = 501): Step {
  return (playing) => {
    lastSaid += 1;
    return playing.telegramReports({
      message: { ...messageOf(chatId, '', lastSaid, Date.now()), text: undefined, ...fields },
    });
  };
}

/** WhatsApp's client 79001112233 sends something else than a text: the type of a message of the Cloud API, and its part. */
export function clientSendsToNumber(type: string, part: unknown, more: object = {}): Step {
  return (playing) => playing.clientWritesToNumber('', { text: undefined, type, [type]: part, ...more });
}

/** What became of the newest message that left by the number. */
export function metaTells(status: 'delivered' | 'read' | 'failed', code?: number): Step {
  return async (playing) => {
    const { phoneNumberId } = await playing.whatsApp();
    const { graph, pump } = playing.shop;
    await pump.idle();
    const number = graph.numbers.find(({ id }) => id === phoneNumberId)!;
    const taken = graph.taken.findLast(({ numberId }) => numberId === phoneNumberId)!;
    await playing.metaReports('messages', statusValue(number, taken, status, Date.now() + 1_000, code));
  };
}

/** Meta tells something of the account of the number. */
export function metaSays(field: string, value: object): Step {
  return (playing) => playing.metaReports(field, value);
}
