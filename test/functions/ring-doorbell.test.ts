import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Desk, deskOf } from '#test/functions/company';
import { createPageWorld, type PageWorld } from '#test/functions/open-page/page-world';
import type { OpenedPage } from '#test/world';

let world: PageWorld;
let desk: Desk;
const ALL = { t: 'ring', all: true };

beforeEach(async () => {
  world = await createPageWorld();
  desk = deskOf(world);
  await desk.push('users', ...['anna', 'boris', 'control'].map((id) => ({ id, name: `Name of ${id}` })));
  await desk.give({
    anna: 'seller',
    boris: 'seller',
    seller: 'seller with switch',
    head: 'manager',
    control: 'auditor',
  });
  await world.pass(10_000);
});
afterEach(() => world.stop());

async function openAll<Name extends string>(...users: readonly Name[]): Promise<Record<Name, OpenedPage>> {
  const pages = await Promise.all(users.map(async (as) => [as, await world.openPage({ as })] as const));
  return Object.fromEntries(pages) as Record<Name, OpenedPage>;
}

/** The chat ids that the page was told of. */
function rung(page: OpenedPage): string[] {
  return page
    .said()
    .flatMap(({ chats }) => (chats as [string, string, string, number][]).map(([, , chatId]) => chatId));
}

const contact = (chatId: number, responsibleUserId: string) => ({
  id: `c${chatId}`,
  name: 'Client',
  responsibleUserId,
  contactData: [{ chatType: 'telegram', chatId: String(chatId) }],
});

describe('a change of a chat', () => {
  test('rings who sees it, with the version that a request answers with', async () => {
    await desk.push('contacts', contact(7, 'anna'));
    const { anna, boris, seller, head, control } = await openAll('anna', 'boris', 'seller', 'head', 'control');
    const crm = await world.openPage();

    await world.say(7, 'Good day');

    const { version } = await world.chat(7);
    const ring = { t: 'ring', chats: [[world.channel.channelId, 'telegram', '7', version]] };
    expect(anna.said().at(-1)).toEqual(ring);
    for (const page of [head, control, crm]) expect(page.said().at(-1)).toEqual(ring);
    expect([boris.said(), seller.said()]).toEqual([[], []]);
  });

  test('of a new client rings those who receive new clients', async () => {
    const { anna, seller } = await openAll('anna', 'seller');

    await world.say(8, 'I am new');

    expect(rung(seller)).toContain('8');
    expect(anna.said()).toEqual([]);
  });

  test('rings who loses sight of it once, and then no more', async () => {
    await desk.push('contacts', contact(7, 'anna'));
    await world.say(7, 'Good day');
    const { anna, boris } = await openAll('anna', 'boris');

    await desk.push('contacts', contact(7, 'boris'));
    await world.drain();
    expect([rung(anna), rung(boris)]).toEqual([['7'], ['7']]);

    await world.say(7, 'Hello?');
    expect(rung(anna)).toEqual([]);
    expect(rung(boris)).not.toEqual([]);
  });

  test('rings nobody of another account', async () => {
    const other = await world.openPage({ key: (await world.addAccount()).apiKey });

    await world.say(7, 'Good day');

    expect(other.said()).toEqual([]);
  });

  test('rings the page of a card for the card only', async () => {
    const link = await world.link(
      { user: { id: 'head', name: 'Head' }, scope: 'card', filter: [{ chatType: 'telegram', chatId: '7' }] },
      '/v3/iframe',
    );
    const { token } = (await world.spend(link)).body as { token: string };
    const page = await world.openPage({ key: token });

    await world.say(8, 'Somebody else');
    expect(page.said()).toEqual([]);
    await world.say(7, 'Good day');
    expect(rung(page)).toContain('7');
  });

  test('says nothing of a client but how to find the chat', async () => {
    const { head } = await openAll('head');

    await world.say(7, 'A secret of mine');

    const said = head.said();
    for (const ring of said) expect(Object.keys(ring)).toEqual(['t', 'chats']);
    expect(said[0].chats[0]).toEqual([world.channel.channelId, 'telegram', '7', expect.any(Number)]);
  });

  test('that comes with many others is told as one ring', async () => {
    const { head } = await openAll('head');

    for (let chatId = 100; chatId < 130; chatId += 1) await world.webhook(update(chatId));
    await world.drain();

    const said = head.said();
    expect(said.length).toBeLessThan(10);
    expect(said).toContainEqual(ALL);
  });

  function update(chatId: number) {
    const from = { id: chatId, is_bot: false, first_name: 'Client' };
    const date = Math.floor(world.clock.now() / 1_000);
    return {
      update_id: chatId,
      message: { message_id: chatId, date, from, chat: { ...from, type: 'private' }, text: 'Hi' },
    };
  }
});

describe('a change of roles', () => {
  test('makes every page of the account look again, at once and after ten seconds', async () => {
    const { anna, head } = await openAll('anna', 'head');
    const other = await world.openPage({ key: (await world.addAccount()).apiKey });

    await desk.give({ anna: 'manager', head: 'manager' });
    expect([anna.said(), head.said()]).toEqual([[ALL], [ALL]]);

    await world.pass(9_999);
    expect([anna.said(), head.said()]).toEqual([[], []]);
    await world.pass(1);
    expect([anna.said(), head.said()]).toEqual([[ALL], [ALL]]);
    expect(other.said()).toEqual([]);
  });

  test('counts for rings after ten seconds at the latest', async () => {
    await world.say(7, 'Good day');
    const { head } = await openAll('head');
    await world.say(7, 'Hello?');
    expect(rung(head)).not.toEqual([]);

    await desk.give({ anna: 'seller' });
    await world.pass(10_000);
    head.said();

    await world.say(7, 'Anybody?');
    expect(head.said()).toEqual([]);
  });

  test('comes with the deletion of a user, too', async () => {
    const { anna } = await openAll('anna');

    await desk.remove('users', 'boris');
    await world.drain();

    expect(anna.said()).toEqual([ALL]);
  });
});

describe('sockets', () => {
  test('of another process are known after two seconds', async () => {
    const { head } = await openAll('head');
    await world.say(7, 'So the sockets of the account are known');
    head.said();
    const late = await openElsewhere();

    await world.say(7, 'Not rung');
    expect(world.doorbells.said(late)).toEqual([]);

    world.clock.advance(2_000);
    await world.say(7, 'Rung');
    expect(world.doorbells.said(late)).not.toEqual([]);
  });

  /** Opens a socket by a process that shares no memory with the one that rings. */
  async function openElsewhere(): Promise<string> {
    const { body } = await world.call('POST', '/v1/doorbells', { key: world.account.apiKey });
    const { searchParams } = new URL((body as { url: string }).url);
    const requestContext = { eventType: 'CONNECT', connectionId: 'elsewhere' } as const;
    const queryStringParameters = Object.fromEntries(searchParams);
    await world.newProcess().socket({ requestContext, queryStringParameters, isBase64Encoded: false });
    world.doorbells.open.add('elsewhere');
    return 'elsewhere';
  }

  test('that are gone are forgotten, but not while their handshake may be under way', async () => {
    const page = await world.openPage({ as: 'head' });
    world.doorbells.open.delete(page.id);
    const stored = () => world.db.items('pages').filter(({ s, p }) => `${p}${s}`.includes(page.id)).length;

    world.clock.advance(10_000);
    await world.say(7, 'Too early to tell');
    expect(stored()).toBe(2);

    world.clock.advance(1);
    await world.say(7, 'It is gone');
    expect(stored()).toBe(0);
  });

  test('are not rung after two hours and ten minutes, whatever is stored', async () => {
    const page = await world.openPage();
    world.clock.advance(130 * 60_000);

    await world.say(7, 'Good day');

    expect(page.said()).toEqual([]);
    expect(await page.tell({ t: 'ping' })).toEqual({ t: 'bye', why: 'signed-out' });
  });

  test('of a disabled account are not rung', async () => {
    const page = await world.openPage();
    await world.call('PATCH', `/v1/accounts/${world.account.accountId}`, {
      key: 'operator-key-that-nobody-may-read',
      body: { enabled: false },
    });
    await world.pass(10_000);

    await world.say(7, 'Good day');

    expect(page.said()).toEqual([]);
  });

  test('that cannot be rung hold up nothing, and the log says so without a name', async () => {
    await openAll('head');
    world.doorbells.failing = true;

    await world.say(7, 'Good day');

    expect(world.logs).toContainEqual({ doorbell: 'ring', outcome: 'lost', error: 'Error', at: expect.any(String) });
    expect((await world.chat(7)).unansweredCount).toBe(1);
  });

  test('cost nothing while none is open: two reads in two seconds, whatever is written', async () => {
    await world.say(7, 'Good day');
    const asked: string[] = [];
    world.failing = ({ kind, input }) => {
      if (JSON.stringify(input).includes('"pages"')) asked.push(kind);
      return false;
    };

    for (let id = 1; id <= 20; id += 1) await world.say(7, `Message ${id}`);

    expect(asked.length).toBeLessThanOrEqual(1);
  });
});
