import { expect, onTestFinished, test } from 'vitest';
import { answer, type ReceivedCall, startReceiver } from '#test/calls/receiver-double';
import { callApi, freePort, until } from '#test/e2e/call-api';
import { makeFolder, startKonvert } from '#test/e2e/konvert-process';
import { needsThisMachine } from '#test/e2e/place';
import { connectTelegram } from '#test/e2e/played-telegram';
import { clientText, postUpdate } from '#test/e2e/telegram-update';

const CHATS = 8;
const TEXTS = 40;
/** How long the receiver takes for an answer, so that a kill finds calls under way. */
const ANSWERS_AFTER_MS = 40;
/** The lease of a holder that was killed ends after a minute, and a sweep finds its lane within another. */
const SETTLED_WITHIN_MS = 150_000;

function textsOf({ body }: ReceivedCall): string[] {
  return (body?.messages ?? []).map(({ text }: { text: string }) => text);
}

test('C1, I7 kill -9 while events are under way: all arrive, in order, and twice only by the same id', {
  timeout: 400_000,
}, async () => {
  needsThisMachine('kill -9');
  const receiver = await startReceiver();
  onTestFinished(() => receiver.stop());
  receiver.rule = () => ({ ...answer(200), delayMs: ANSWERS_AFTER_MS });
  const options = { folder: await makeFolder(), port: await freePort(), by: 'npm' as const };
  let konvert = await startKonvert(options);
  const { apiKey: key, webhook } = await connectTelegram(konvert);
  const subscriptions = { messagesAndStatuses: true };
  const body = { webhooksUri: receiver.url, subscriptions };
  expect(await callApi(konvert.url, 'PATCH', '/v3/webhooks', { key, body })).toMatchObject({ status: 200 });

  const said = Array.from({ length: CHATS }, (_, chat) =>
    Array.from({ length: TEXTS }, (_, index) => {
      const text = `${chat + 1}-${index}`;
      // Made once: what is posted again is the same update.
      return { text, update: clientText({ chat: chat + 1, id: index + 1, text }) };
    }),
  );
  const next = said.map(() => 0);
  /** Posts what is left, each chat in order. What got no answer is posted again by the next call. */
  const post = () =>
    Promise.all(
      said.map(async (texts, chat) => {
        for (let one = texts[next[chat]!]; one; one = texts[next[chat]!]) {
          const posted = await postUpdate(webhook, one.update).catch(() => undefined);
          if (posted?.status !== 200) return;
          next[chat]! += 1;
        }
      }),
    );

  const posting = post();
  await receiver.came(2);
  await konvert.kill();
  await posting;
  konvert = await startKonvert(options);
  await post();
  const all = said.flat().length;
  const arrived = () => new Set(receiver.calls.flatMap(textsOf)).size;
  await until('every text has arrived', async () => arrived() === all || undefined, SETTLED_WITHIN_MS);

  const texts = receiver.kept.flatMap(textsOf);
  for (const own of said) {
    const expected = own.map(({ text }) => text);
    expect(texts.filter((text) => expected.includes(text))).toEqual(expected);
  }
  const byId = Map.groupBy(receiver.calls, ({ id }) => id);
  for (const same of byId.values()) expect(new Set(same.map(({ raw }) => raw)).size).toBe(1);
  // A call that was under way at the kill had no answer.
  expect(receiver.calls.length - receiver.kept.length).toBeLessThanOrEqual(1);
});
