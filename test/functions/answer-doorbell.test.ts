import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Desk, deskOf } from '#test/functions/company';
import { createPageWorld, type PageWorld } from '#test/functions/open-page/page-world';

let world: PageWorld;
let desk: Desk;
const BYE = { t: 'bye', why: 'signed-out' };

beforeEach(async () => {
  world = await createPageWorld();
  desk = deskOf(world);
});
afterEach(() => world.stop());

const urlFor = async (token: string) => {
  const { body } = await world.as(token, 'POST', '/v1/doorbells');
  return (body as { url: string }).url;
};

describe('the address of a doorbell', () => {
  test('opens one socket', async () => {
    const url = await urlFor(await world.tokenOf('seller'));

    expect((await world.openPage({ url })).isOpen).toBe(true);
    expect((await world.openPage({ url })).isOpen).toBe(false);
  });

  test('opens one of two sockets at once', async () => {
    const url = await urlFor(await world.tokenOf('seller'));

    const pages = await Promise.all([world.openPage({ url }), world.openPage({ url }), world.openPage({ url })]);

    expect(pages.filter(({ isOpen }) => isOpen)).toHaveLength(1);
  });

  test.each([
    [59_999, true],
    [60_000, false],
  ])('after %i ms opens one: %o', async (ms, expected) => {
    const url = await urlFor(await world.tokenOf('seller'));
    world.clock.advance(ms);

    expect((await world.openPage({ url })).isOpen).toBe(expected);
  });

  test.each(['', '?ticket=', '?ticket=made-up', `?ticket=${'x'.repeat(10_000)}`, '?other=1'])(
    'opens none with %s in the place of a ticket',
    async (query) => {
      expect((await world.openPage({ url: `wss://doorbell.example/live${query}` })).isOpen).toBe(false);
    },
  );

  test('holds nothing that is stored, and the log does not know it', async () => {
    const url = await urlFor(await world.tokenOf('seller'));
    const ticket = new URL(url).searchParams.get('ticket')!;

    expect(ticket).toMatch(/^[0-9a-f]{64}$/);
    expect(JSON.stringify(world.db.items('pages'))).not.toContain(ticket);
    expect(JSON.stringify(world.logs)).not.toContain(ticket);
  });

  test('is not for a page of settings, which has no chats', async () => {
    const answer = await world.as(await world.tokenOf(undefined), 'POST', '/v1/doorbells');

    expect(answer.status).toBe(403);
  });
});

describe('a socket', () => {
  test('answers a ping, and nothing that it does not understand', async () => {
    const page = await world.openPage({ as: 'seller' });

    expect(await page.tell({ t: 'ping' })).toEqual({ t: 'pong' });
    for (const said of [
      '',
      'ping',
      '[]',
      'null',
      '{"t":"dance"}',
      '{"t":"writing"}',
      `{"t":"ping","x":"${'x'.repeat(1_100)}"}`,
    ]) {
      expect(await page.tell(said), said).toBeUndefined();
    }
  });

  test('that is closed leaves nothing behind', async () => {
    const before = world.db.items('pages').length;
    const page = await world.openPage({ as: 'seller' });
    expect(world.db.items('pages')).toHaveLength(before + 2);

    await page.close();

    expect(world.db.items('pages')).toHaveLength(before);
  });

  test('is told bye when its key is revoked, and its tickets open nothing any more', async () => {
    const { body } = await world.call('POST', '/v1/account/keys', { key: world.account.apiKey });
    const { apiKey: key, keyId } = body as { apiKey: string; keyId: string };
    const page = await world.openPage({ key, as: 'seller' });
    const other = await world.openPage({ as: 'seller' });
    const ticket = await world.call('POST', '/v1/doorbells', { key });

    await world.call('DELETE', `/v1/account/keys/${keyId}`, { key: world.account.apiKey });

    expect(page.said()).toEqual([BYE]);
    expect(await page.tell({ t: 'ping' })).toEqual(BYE);
    expect(other.said()).toEqual([]);
    expect(await other.tell({ t: 'ping' })).toEqual({ t: 'pong' });
    expect((await world.openPage({ url: (ticket.body as { url: string }).url })).isOpen).toBe(false);
  });
});

describe('a user with a hundred sockets', () => {
  test('gets no more, and takes none from anybody else', async () => {
    for (let count = 0; count < 100; count += 1) {
      expect((await world.openPage({ as: 'seller' })).isOpen).toBe(true);
    }

    expect((await world.openPage({ as: 'seller' })).isOpen).toBe(false);
    expect((await world.openPage({ as: 'head' })).isOpen).toBe(true);
    expect((await world.openPage()).isOpen).toBe(true);
    // Those that were never told of an end expire.
    world.clock.advance(131 * 60_000);
    expect((await world.openPage({ as: 'seller' })).isOpen).toBe(true);
  });
});

describe('writing', () => {
  const CHAT = 7;
  const writing = () => ({ t: 'writing', chat: [world.channel.channelId, 'telegram', String(CHAT)] });
  const told = () => ({ ...writing(), name: 'Name of seller' });

  beforeEach(async () => {
    await desk.push('users', { id: 'control', name: 'Quality' }, { id: 'second', name: 'Second' });
    await desk.give({
      seller: 'seller with switch',
      second: 'seller with switch',
      head: 'manager',
      control: 'auditor',
    });
    await world.say(CHAT, 'Good day');
  });

  test('is told to colleagues who see the chat, and not to who writes', async () => {
    const seller = await world.openPage({ as: 'seller' });
    const another = await world.openPage({ as: 'seller' });
    const pages = await Promise.all(['second', 'head', 'control', 'bare'].map((as) => world.openPage({ as })));
    const crm = await world.openPage();

    await seller.tell(writing());

    const [second, head, control, bare] = pages.map((page) => page.said());
    expect([second, head, control]).toEqual([[told()], [told()], [told()]]);
    expect([bare, seller.said(), another.said(), crm.said()]).toEqual([[], [], [], []]);
  });

  test('is told once in three seconds, by whatever page of the user', async () => {
    const [first, second] = [await world.openPage({ as: 'seller' }), await world.openPage({ as: 'seller' })];
    const head = await world.openPage({ as: 'head' });

    await first.tell(writing());
    await second.tell(writing());
    world.clock.advance(2_999);
    await first.tell(writing());
    expect(head.said()).toHaveLength(1);

    world.clock.advance(1);
    await second.tell(writing());
    expect(head.said()).toHaveLength(1);
  });

  test.each([
    ['quality control', 'control'],
    ['a user without a role', 'bare'],
    ['the CRM itself', undefined],
  ])('of %s is not told', async (_, as) => {
    const page = await world.openPage(as === undefined ? {} : { as });
    const head = await world.openPage({ as: 'head' });

    await page.tell(writing());

    expect(head.said()).toEqual([]);
  });

  test('in a chat of another account, or in none, is not told and leaves nothing', async () => {
    const seller = await world.openPage({ as: 'seller' });
    const before = world.db.items('pages').length;
    const other = await world.addAccount();
    const { channelId } = await world.addChannel(other);
    const page = await world.openPage({ key: other.apiKey });

    await seller.tell({ t: 'writing', chat: [channelId, 'telegram', '7'] });
    await seller.tell({ t: 'writing', chat: [world.channel.channelId, 'telegram', '8'] });

    expect(page.said()).toEqual([]);
    expect(world.db.items('pages')).toHaveLength(before + 2);
  });
});
