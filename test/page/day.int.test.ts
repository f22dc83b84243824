import { describe, expect, test } from 'vitest';
import { DEMO_CLIENTS } from '#local/demo/kit/clients';
import { compareRanks, rankOf } from '../../web/core/order.ts';
import { useBrowser } from './browser.ts';
import { PlayedDay } from './day/day.ts';
import { WORD } from './day/eyes.ts';
import type { Line } from './day/ledger.ts';
import { CLIENT_NAMES, CLIENTS, PEOPLE } from './day/plan.ts';
import { useKonvert } from './konvert.ts';

// Two people and their clients work for five minutes by the clock of their pages. Meanwhile the server is killed, answers
// are lost, sockets hang and laptops sleep. No message is lost, doubled or covered by somebody who had not seen it.
// `DAY_SEEDS=20 DAY_ROUNDS=24 SEED=1 npx vitest run test/page/day.int.test.ts` plays twenty days.

/** `npm run long` plays 24. */
const ROUNDS = Number(process.env.DAY_ROUNDS ?? 12);
const first = Number(process.env.SEED ?? 15);
const seeds = Array.from({ length: Number(process.env.DAY_SEEDS ?? 1) }, (_, index) => first + index);

describe.each(seeds)('a day of two people and their clients, seed %i', (seed) => {
  const konvert = useKonvert();
  const chromium = useBrowser();

  test('loses, doubles and wrongly covers nothing, and at its end both pages show what is true', {
    timeout: 600_000,
  }, async () => {
    // Dan is somebody of the CRM, so both see him.
    const contactData = [{ chatType: 'telegram', chatId: String(DEMO_CLIENTS.dan.id) }];
    const contact = { id: 'dan', name: CLIENTS.dan, responsibleUserId: 'ivan', contactData };
    await konvert.api('POST', '/v3/contacts', { body: [contact] });
    const day = await PlayedDay.begin(seed, ROUNDS, konvert, chromium);

    await day.play();

    const wrong = await day.end();
    if (wrong.length > 0) console.log(day.rounds.map((round) => JSON.stringify(round)).join('\n'));
    expect(wrong).toEqual([]);
    for (const name of PEOPLE) {
      const person = day.people[name];
      const chats = await day.chats(name);
      // Two that wait since the same second may stand in either order.
      const sorted = chats.toSorted((one, other) => compareRanks(rankOf(one), rankOf(other)));
      const told = sorted.map((chat) => ({ name: chat.name, count: chat.unansweredCount }));
      await expect.poll(() => person.lines()).toEqual(told);
      const { counterV2 } = (await konvert.api('GET', `/v3/unanswered/${name}`)).body;
      await expect.poll(() => person.page.title()).toBe(counterV2 > 0 ? `(${counterV2}) Konvert` : 'Konvert');
      const drafts = await person.drafts();
      for (const client of CLIENT_NAMES.filter((one) => chats.some(({ name: of }) => of === CLIENTS[one]))) {
        const lines = await day.history(client, name);
        const words = lines.flatMap((line) => shownOf(line).match(WORD) ?? []);
        await expect.poll(async () => (await person.reads(client)).words).toEqual(words);
        expect((await person.reads(client)).draft).toBe(drafts.get(String(DEMO_CLIENTS[client].id)) ?? '');
      }
    }
  });
});

/** What a line of the history says. The reason of what was taken back is shown no more. */
function shownOf({ text, noReplyNeeded }: Line): string {
  return (noReplyNeeded?.withdrawnAt === null ? noReplyNeeded.reason : text) ?? '';
}
