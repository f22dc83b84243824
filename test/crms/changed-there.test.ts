import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Ref } from '#domain/crm';
import { type HookedWorld, openHookedWorld, VENDORS } from './kit/hooked-world.ts';

const CLIENT = 501;
const OTHER = 502;

describe.each(VENDORS)('what is changed in %s', (vendor) => {
  let at: HookedWorld;

  beforeEach(async () => {
    at = await openHookedWorld(vendor);
  });

  afterEach(() => at.stop());

  const account = () => at.world.account.accountId;
  const seen = async () => ({ anna: await at.desk.seenBy(at.anna), boris: await at.desk.seenBy(at.boris) });
  const counts = () => [at.rig.hands.count('contact'), at.rig.hands.count('deal')];
  const contacts = async () => (await at.world.store.contacts.page(account(), 0, 100)).data;
  const deals = async () => (await at.world.store.deals.page(account(), 0, 100)).data;

  /** So many hours pass without a hook, and the schedule runs at their end. */
  async function hourly(hours = 1) {
    await at.post({ lost: true });
    await at.world.pass(hours * 3_600_000);
    await at.refresh();
    await at.wait(30_000);
  }

  /** Somebody gives the client with the deal to Boris. */
  function handOver({ contactId, dealId }: { contactId: string; dealId: string }) {
    const both: Ref[] = [
      { type: 'contact', id: contactId },
      { type: 'deal', id: dealId },
    ];
    for (const ref of both) at.rig.hands.setResponsible(ref, at.boris);
  }

  test.each([
    ['as they are', {}],
    ['twice', { twice: true }],
    ['the newest first', { reversed: true }],
  ])('takes the chat along, by hooks that come %s; the client is made once (R2, K1)', async (_how, onTheWay) => {
    const client = await at.client(CLIENT);
    expect(await seen()).toEqual({ anna: [String(CLIENT)], boris: [] });
    at.rig.hands.touch({ type: 'contact', id: client.contactId });
    handOver(client);

    for (const status of await at.post(onTheWay)) expect(status).toBe(200);

    expect(await seen()).toEqual({ anna: [], boris: [String(CLIENT)] });
    expect(counts()).toEqual([1, 1]);
    expect(await at.connection()).toMatchObject({ state: 'active', problems: [] });
  });

  test('is found within the hour, if every hook is lost (K19)', async () => {
    handOver(await at.client(CLIENT));
    expect(await at.post({ lost: true })).toEqual([]);

    await hourly();

    expect(await seen()).toEqual({ anna: [], boris: [String(CLIENT)] });
  });

  test('a contact that is deleted there is deleted here, and the client is new again', async () => {
    const { contactId } = await at.client(CLIENT);
    at.rig.hands.remove({ type: 'contact', id: contactId });

    await at.post();
    await at.wait(15_000);
    expect(await contacts()).toEqual([]);

    await at.client(CLIENT);
    expect((await contacts()).map(({ id }) => id)).not.toContain(contactId);
    expect(at.rig.hands.count('contact')).toBe(1);
  });

  test('a deal that is deleted there is deleted here', async () => {
    const { dealId } = await at.client(CLIENT);
    at.rig.hands.remove({ type: 'deal', id: dealId });

    await at.post();

    expect(await deals()).toEqual([]);
  });

  test('two clients who are merged there are one here, with the chats of both; nobody is made anew (K18)', async () => {
    const loser = await at.client(CLIENT);
    const winner = await at.client(OTHER);
    const heir = at.rig.hands.merge(loser.contactId, winner.contactId);

    await at.post({ reversed: true });
    await at.wait(20_000);

    expect((await contacts()).map(({ id }) => id)).toEqual([heir]);
    for (const chatId of [CLIENT, OTHER]) await at.client(chatId);
    expect(counts()).toEqual([1, 2]);
    const [kept] = await contacts();
    expect(kept?.contactData.map(({ chatId }) => chatId).sort()).toEqual([CLIENT, OTHER].map(String));
    await hourly(24);
    expect(await contacts()).toEqual([kept]);
  });

  test('a deal that is won there is closed here', async () => {
    const { dealId } = await at.client(CLIENT);
    at.rig.hands.close(dealId, 'won');

    await at.post();

    expect(await deals()).toMatchObject([{ id: dealId, closed: true }]);
  });

  test('a user who is gone leaves the chats to the pool; back again, with them and the role (K15, R3)', async () => {
    const client = await at.client(CLIENT);
    handOver(client);
    await at.post();
    at.rig.hands.dismissUser(at.boris);
    await hourly();
    expect((await at.world.store.users.list(account())).map(({ id }) => id)).not.toContain(at.boris);
    expect(await at.desk.seenBy(at.anna)).toEqual([String(CLIENT)]);

    at.rig.hands.rehireUser(at.boris);
    await hourly();

    expect(await seen()).toEqual({ anna: [], boris: [String(CLIENT)] });
    expect(await at.connection()).toMatchObject({ problems: [] });
  });

  test('without most of the users deletes none, and asks', async () => {
    for (const user of await at.world.store.users.list(account())) at.rig.hands.dismissUser(user.id);
    await hourly();

    expect(await at.world.store.users.list(account())).not.toEqual([]);
    expect(await at.connection()).toMatchObject({ problems: [{ code: 'USERS_SHRANK' }] });
  });

  test('stages and pipelines follow (C3); a stage that is gone is named with the channel that leads there', async () => {
    const { id, stages } = at.rig.hands.addPipeline({
      name: 'Wholesale',
      stages: [
        { name: 'New', kind: 'open' },
        { name: 'Talks', kind: 'open' },
      ],
    });
    const [first = '', second = ''] = stages;
    await hourly();
    await at.giveToAnna({ pipelineId: id, stageId: second });
    at.rig.hands.renameStage(id, first, 'Newest');
    at.rig.hands.removeStage(id, second);
    await hourly();

    const { body } = await at.desk.ask('GET', '/v3/pipelines');
    expect(body).toContainEqual({ id, name: 'Wholesale', stages: [{ id: first, name: 'Newest' }] });
    const problem = { code: 'STAGE_GONE', about: at.world.channel.channelId };
    expect(await at.connection()).toMatchObject({ problems: [problem] });
  });
});
