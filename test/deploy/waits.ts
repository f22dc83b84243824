import { deepEqual, equal, ok } from 'node:assert/strict';
import { eachAtOnce } from '#at-once';
import { startReceiver } from '#test/calls/receiver-double';
import type { Hands } from './hands.ts';
import type { Trial } from './spine.ts';
import { HEAD, MINUTES, openWaitingShop, type WaitingShop } from './waiting-shop.ts';

const ANNA = 'anna';
const BORIS = 'boris';
const [ONE, OTHER] = [801, 802] as const;

/**
 * Tries that nobody waits for ever, in real time: what is done after the least minutes that a channel may have. The shops
 * wait side by side, so all of it takes little more than those minutes.
 */
export async function playWaits(hands: Hands, trial: Trial): Promise<void> {
  const { report } = trial;
  const returning = await openWaitingShop(hands, trial, [ANNA, BORIS]);
  const lonely = await openWaitingShop(hands, trial, [ANNA], { awayAfterReturns: 1 });
  const generous = await openWaitingShop(hands, trial, [ANNA, BORIS]);
  const checks = {
    'a client whom nobody answers goes to the next user, and a reply after the warning keeps one': () =>
      playReturn(returning),
    'if nobody is left the client falls into the pool, the heads are told, and Konvert sets the user away': () =>
      playPool(lonely),
    'who goes away gives new clients back, and is on again by a word': () => playGiveBack(generous),
  };
  const all = Object.entries(checks);
  await eachAtOnce(all, all.length, ([what, run]) => report.check(what, run));
}

/** Two clients are late at the same time. One is answered after the warning, the other goes to the next seller. */
async function playReturn(shop: WaitingShop): Promise<void> {
  const keeps = await shop.write(ONE);
  const loses = await shop.write(OTHER);
  deepEqual([keeps, loses].sort(), [ANNA, BORIS]);
  await Promise.all([
    warned(shop, ONE, keeps).then(() => shop.reply(ONE, keeps)),
    warned(shop, OTHER, loses).then(() => ownedBy(shop, OTHER, keeps)),
  ]);

  deepEqual(await listed(shop, keeps), [String(OTHER)]);
  deepEqual(await listed(shop, loses), []);
  await shop.reply(OTHER, keeps);
  deepEqual(await shop.records(OTHER), [
    { userId: keeps, rule: 'returned', from: loses },
    { userId: loses, rule: 'round-robin' },
  ]);
  deepEqual(await shop.records(ONE), [{ userId: keeps, rule: 'round-robin' }]);

  const counted = () => shop.counted(['answered', 'letGo', 'received', 'newClients']);
  await shop.when('both waits are counted', async () => (await counted())[keeps]?.answered === 2);
  deepEqual(await counted(), {
    [keeps]: { answered: 2, letGo: 0, received: 1, newClients: 1 },
    [loses]: { answered: 0, letGo: 1, received: 0, newClients: 1 },
  });
  const route = `/v1/settings/channels/${shop.channelId}/would-return?returnAfterMinutes=${MINUTES}`;
  const { waits, wouldWarn, wouldReturn } = await shop.done('GET', route);
  deepEqual({ waits, wouldWarn }, { waits: 2, wouldWarn: 2 });
  // On a loaded machine the reply after the warning takes long, too.
  ok(wouldReturn >= 1, 'nobody would have been returned');
}

/** The only seller shows no sign of life, so nobody calls as her. */
async function playPool(shop: WaitingShop): Promise<void> {
  const receiver = await startReceiver();
  try {
    await shop.done('PATCH', '/v3/webhooks', { webhooksUri: receiver.url, subscriptions: { waiting: true } });
    equal(await shop.write(ONE), ANNA);
    const event = async () => receiver.kept.flatMap(({ body }) => body?.waiting ?? [])[0];
    const { since: _, ...told } = await shop.when('the receiver is told', event);
    deepEqual(told, { channelId: shop.channelId, chatType: 'telegram', chatId: String(ONE) });
    await shop.chatWhen(ONE, 'the client is in the pool', (chat) => chat.told !== undefined && !chat.responsibleUserId);
    deepEqual(await shop.records(ONE), [
      { userId: null, rule: 'returned', from: ANNA },
      { userId: ANNA, rule: 'round-robin' },
    ]);
    deepEqual(await shop.noticed(HEAD, 'late'), [ONE]);
    await shop.when('the user is set away', async () => (await shop.statuses())[ANNA]?.status === 'away');
    deepEqual(await shop.statuses(), { [ANNA]: { status: 'away', by: 'konvert' }, [HEAD]: { status: 'on' } });
    const { now } = await shop.done('GET', '/v1/statistics');
    equal(now.waiting, 1);
  } finally {
    await receiver.stop();
  }
}

/** A user who goes away gives back a client who wrote just now, and takes clients again once a head says so. */
async function playGiveBack(shop: WaitingShop): Promise<void> {
  const first = await shop.write(ONE);
  const next = first === ANNA ? BORIS : ANNA;
  const away = { status: 'away', reason: 'Lunch', return: true };
  equal((await shop.done('PUT', `/v1/users/${first}/status`, away, first)).status, 'away');
  deepEqual((await shop.statuses())[first], { status: 'away', by: 'user', reason: 'Lunch' });
  equal(await shop.write(OTHER), next, 'who is away gets nobody');
  await ownedBy(shop, ONE, next);
  await shop.reply(ONE, next);
  await shop.reply(OTHER, next);
  await shop.done('PUT', `/v1/users/${first}/status`, { status: 'on' }, HEAD);
  deepEqual((await shop.statuses())[first], { status: 'on' });
}

async function warned(shop: WaitingShop, client: number, userId: string): Promise<void> {
  await shop.armed(client);
  await shop.when('the user is warned', async () => (await shop.noticed(userId, 'leaving')).includes(client));
}

async function ownedBy(shop: WaitingShop, client: number, userId: string): Promise<void> {
  await shop.chatWhen(client, `${userId} has the client`, ({ responsibleUserId }) => responsibleUserId === userId);
}

async function listed({ done }: WaitingShop, userId: string): Promise<string[]> {
  const { chats } = await done('GET', '/v1/chats?view=unanswered', undefined, userId);
  return chats.map(({ chatId }: { chatId: string }) => chatId);
}
