import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { eachAtOnce } from '#at-once';
import type { BotApiOptions } from '#test/channels/telegram/bot-api-double';
import { callApi, freePort, until } from '#test/e2e/call-api';
import { makeFolder, startKonvert } from '#test/e2e/konvert-process';
import { needsThisMachine } from '#test/e2e/place';
import { connectTelegram, type PlayedTelegram } from '#test/e2e/played-telegram';

// `npm run long` plays 300 chats with 10 messages each and a chat with 500, and kills Konvert in the middle.
const CHATS = Number(process.env.PACE_CHATS ?? 30);
const EACH = Number(process.env.PACE_EACH ?? 6);
const DEEP = Number(process.env.PACE_DEEP ?? 40);
const DEEP_CHAT = 1;
const FIRST_CHAT = 100;

/** What the double takes of a bot: https://core.telegram.org/bots/faq#my-bot-is-hitting-limits-how-do-i-avoid-this */
const PACE = { perSecond: 30, chatBurst: 4 };
const SEND_MS = 60;
const MESSAGES = CHATS * EACH;
const LEAST_MS = (MESSAGES / PACE.perSecond) * 1_000;
/** `npm run long` has the machine for itself. */
const KILLS = process.env.PACE_KILL !== undefined;
/** Starting, posting and the last second of a turn; and what else the machine does. */
const BESIDE_MS = KILLS ? 4_000 : 30_000;

/** What the bot took, and how often it was too fast. */
function createLedger() {
  const byChat = new Map<number, string[]>();
  const ledger = { byChat, taken: 0, floods: 0, firstAt: 0, lastAt: 0 };
  const onSend: BotApiOptions['onSend'] = (chat, text, isTaken) => {
    if (!isTaken) {
      ledger.floods += 1;
      return;
    }
    byChat.set(Number(chat), [...(byChat.get(Number(chat)) ?? []), String(text)]);
    if (chat === DEEP_CHAT) return;
    ledger.taken += 1;
    ledger.lastAt = performance.now();
    ledger.firstAt ||= ledger.lastAt;
  };
  return { ledger, onSend };
}

const textsOf = (count: number) => Array.from({ length: count }, (_, index) => `message ${index}`);

/** Posts the messages of all chats, those of one chat in their order. A call without an answer is repeated. */
async function post(urlOf: () => string, { apiKey: key, channelId }: PlayedTelegram): Promise<void> {
  const send = async (chatId: number, text: string) => {
    const body = { channelId, chatType: 'telegram', chatId: String(chatId), text, crmMessageId: `${chatId}-${text}` };
    await until(
      `${chatId} ${text} is stored`,
      async () => {
        const answer = await callApi(urlOf(), 'POST', '/v3/message', { key, body }).catch(() => undefined);
        const isStored = answer?.status === 201 || answer?.body?.error === 'REPEATED_CRM_MESSAGE_ID';
        return isStored || undefined;
      },
      30_000,
    );
  };
  const all = [
    ...textsOf(DEEP).map((text) => ({ chatId: DEEP_CHAT, text })),
    ...textsOf(EACH).flatMap((text) =>
      Array.from({ length: CHATS }, (_, chat) => ({ chatId: FIRST_CHAT + chat, text })),
    ),
  ];
  const byChat = [...Map.groupBy(all, ({ chatId }) => chatId).values()];
  await eachAtOnce(byChat, 16, async (ofChat) => {
    for (const { chatId, text } of ofChat) await send(chatId, text);
  });
}

test('all leave in order, once, in the pace of the messenger, whatever waits in one chat', {
  timeout: 400_000,
}, async () => {
  needsThisMachine('its figures are those of a quiet machine');
  const { ledger, onSend } = createLedger();
  const konvert = await startKonvert({ folder: await makeFolder(), port: await freePort(), by: 'node' });
  const telegram = await connectTelegram(konvert, undefined, { pace: PACE, sendMs: SEND_MS, onSend });

  await post(() => konvert.url, telegram);
  await until('all have left', async () => ledger.taken >= MESSAGES || undefined, 2 * LEAST_MS + 60_000);
  // A second copy would come now.
  await sleep(1_000);

  const ms = ledger.lastAt - ledger.firstAt;
  const deep = ledger.byChat.get(DEEP_CHAT) ?? [];
  ledger.byChat.delete(DEEP_CHAT);
  console.log(
    `${ledger.taken} messages to ${CHATS} chats in ${(ms / 1000).toFixed(1)} s, ${((LEAST_MS / ms) * 100).toFixed(0)} % of the pace, ` +
      `${ledger.floods} times 429; meanwhile ${deep.length} of ${DEEP} in one chat`,
  );
  expect([...ledger.byChat.values()]).toEqual(Array(CHATS).fill(textsOf(EACH)));
  expect(ms).toBeLessThan(LEAST_MS / 0.85 + BESIDE_MS);
  expect(ledger.floods).toBeLessThan(MESSAGES / 50);
  expect(deep).toEqual(textsOf(deep.length));
  // The others leave nothing of the bot's pace, so its share is that of each of them.
  expect(deep.length).toBeGreaterThanOrEqual(EACH);
});

test.runIf(KILLS)(
  'kill -9 in the middle loses none, and repeats no more than what was under way',
  {
    timeout: 400_000,
  },
  async () => {
    needsThisMachine('kill -9');
    const { ledger, onSend } = createLedger();
    const options = { folder: await makeFolder(), port: await freePort(), by: 'node' as const };
    let konvert = await startKonvert(options);
    const telegram = await connectTelegram(konvert, undefined, { pace: PACE, sendMs: SEND_MS, onSend });

    const posted = post(() => konvert.url, telegram);
    await until('a third has left', async () => ledger.taken >= MESSAGES / 3 || undefined, 60_000);
    await konvert.kill();
    konvert = await startKonvert(options);
    await posted;
    const all = () => [...ledger.byChat].filter(([chat]) => chat !== DEEP_CHAT);
    const distinct = () => all().reduce((sum, [, texts]) => sum + new Set(texts).size, 0);
    // The leases of the dead holders end after a minute, and the sweep rings their lanes.
    await until('all have left', async () => distinct() >= MESSAGES || undefined, 2 * LEAST_MS + 200_000);
    await sleep(1_000);

    const doubled = ledger.taken - distinct();
    console.log(`${ledger.taken} messages, ${doubled} of them twice, ${ledger.floods} times 429`);
    expect(doubled).toBeLessThanOrEqual(8);
    for (const [, texts] of all()) expect([...new Set(texts)]).toEqual(textsOf(EACH));
  },
);
